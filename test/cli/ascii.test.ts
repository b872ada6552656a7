/** `--ascii` of every command that prints for people. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { renego } from './run.ts';

const SESSION = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));
const FRAMES = fileURLToPath(new URL('../fixtures/frames/gst-simple-server.ndjson', import.meta.url));
const UTF8 = { env: { LANG: 'C.UTF-8' } };

test.each([
  ...[SESSION, FRAMES].flatMap((path) => [
    ['show', path],
    ['show', path, '--filter', 'offer'],
    ['diff', path],
    ['diff', path, '--raw'],
    ['diff', path, '--agreement'],
    ['check', path],
  ]),
  ['protocols'],
  ['explain'],
  ['explain', 'glare'],
  ['config', '--keys'],
  ['--help'],
  ...COMMANDS.map(({ name }) => [name, '--help']),
])('%s %s', async (...args) => {
  const { stdout } = await renego(['--ascii', ...args], UTF8);
  expect(stdout).not.toBe('');
  expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
});
