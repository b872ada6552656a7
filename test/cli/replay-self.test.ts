/** Captures of real systems played against themselves: whoever replays both ends sees what was recorded, and nothing else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { red, selfPlay } from './self-play.ts';

const fixture = (name: string): URL => new URL(`../fixtures/${name}`, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'renego-self-play-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const captures = brotliDecompressSync(readFileSync(fixture('healthy/servers.ndjson.br')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly name: string; readonly text: string });

test.each(captures)('$name', async ({ name, text }) => {
  const path = join(folder, `${name}.ndjson`);
  writeFileSync(path, text);
  // A recording has the digest of a password, not the password.
  const played = await selfPlay(path, ['--password', 'any']);
  expect(red(played)).toEqual([]);
  expect([played.client.code, played.server.code]).toEqual([0, 0]);
});
