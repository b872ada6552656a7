/** Real descriptions, one file each: test/fixtures/sdp/<who>-<version>-<what>.sdp. */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../fixtures/sdp/', import.meta.url);

export const fixtureNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sdp'))
  .map((file) => file.slice(0, -'.sdp'.length))
  .sort();

export function fixture(name: string): string {
  return readFileSync(new URL(`${name}.sdp`, folder), 'utf8');
}
