/** Which renego this is. */
import { createRequire } from 'node:module';

/** The version in package.json, two folders up from here in `src` and in `dist` alike. */
export function version(): string {
  return (createRequire(import.meta.url)('../../package.json') as { version: string }).version;
}
