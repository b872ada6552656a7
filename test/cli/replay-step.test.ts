/** `replay --step` without a screen: what comes next is told, and said by a line of standard input. */
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { collected, renego } from './run.ts';
import { serving } from './self-play.ts';

const MDN = fileURLToPath(new URL('../fixtures/ws/mdn-av.ndjson', import.meta.url));

test('tells what comes next, and says it when a line is given, whatever the pace was', async () => {
  const { url, outcome } = await serving(MDN);
  const { io, stdout } = collected();
  const [stdin, stderr] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  const told: string[] = [];
  stderr.on('data', (text: string) => {
    told.push(text);
    if (text.includes('Enter says it')) stdin.write('\n');
  });
  const code = await run(['replay', MDN, '--to', url, '--step', '--patience', '10s'], { ...io, stdin, stderr });
  expect(stdout()).toMatch(/The same as .*: 4 descriptions\.\n$/);
  expect(code).toBe(0);
  expect((await outcome).code).toBe(0);
  expect(told.join('')).toMatch(/^renego: next the offer of alice \(event 11\): Enter says it$/m);
  const asked = told.join('').match(/^renego: next .*$/gm) ?? [];
  expect(asked).toEqual([...new Set(asked)]);
  expect(told.join('')).toMatch(/^renego: next the bye of alice \(event \d+\): Enter says it$/m);
});

test('lines that are typed ahead are kept', async () => {
  const { url, outcome } = await serving(MDN);
  const stepped = await renego(['replay', MDN, '--to', url, '--step', '--patience', '10s'], { stdin: '\n'.repeat(60) });
  expect(stepped).toMatchObject({ code: 0, stderr: '' });
  expect((await outcome).code).toBe(0);
});
