/** Captures of real systems played against themselves: whoever replays both ends sees what was recorded, and nothing else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { renego } from './run.ts';
import { red, selfPlay } from './self-play.ts';

const fixture = (name: string): URL => new URL(`../fixtures/${name}`, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'renego-self-play-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const captures = brotliDecompressSync(readFileSync(fixture('healthy/servers.ndjson.br')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly name: string; readonly text: string });

// The first of them loads what replays need, which takes its time on a busy machine.
const PATIENT = { timeout: 120_000 };

test.each(captures)('$name', PATIENT, async ({ name, text }) => {
  const path = join(folder, `${name}.ndjson`);
  writeFileSync(path, text);
  // A recording has the digest of a password, not the password.
  const played = await selfPlay(path, ['--password', 'any']);
  expect(red(played)).toEqual([]);
  expect([played.client.code, played.server.code]).toEqual([0, 0]);
});

test.each(['janus-echotest', 'peerjs', 'sip-kamailio-jssip'])('%s without its secrets', PATIENT, async (name) => {
  const [whole, shared] = ['whole', 'shared'].map((kind) => join(folder, `${name}.${kind}.ndjson`)) as [string, string];
  writeFileSync(whole, captures.find((capture) => capture.name === name)?.text ?? '');
  expect(await renego(['convert', whole, shared, '--redact'])).toMatchObject({ code: 0 });
  const [all, some] = [await selfPlay(whole, ['--password', 'any']), await selfPlay(shared, ['--password', 'any'])];
  expect(red(some)).toEqual([]);
  const count = ({ client }: typeof some) => /: \d+ descriptions\.\n$/.exec(client.stdout)?.[0];
  expect(count(some)).toBe(count(all));
});
