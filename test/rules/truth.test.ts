/**
 * The rules against the verdicts of real browsers. To see the table, or to judge another file:
 * `TRUTH=path/to/broken.ndjson npx vitest run --config test/vitest.config.ts --project unit test/rules/truth`
 * (`TRUTH_GROUP='bundle|port 0'` limits it to groups, `TRUTH_ALL=1` shows what is right, too).
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BrokenRow, type Expected, judgeRows, shareRight, table } from './truth.ts';

const FIXTURE = new URL('../fixtures/broken/broken.ndjson.br', import.meta.url);

function rowsOf(text: string): BrokenRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BrokenRow);
}

const file = process.env.TRUTH;
const verdicts = judgeRows(
  rowsOf(file ? readFileSync(file, 'utf8') : brotliDecompressSync(readFileSync(FIXTURE)).toString('utf8')),
);

/** Reached so far; never lowered. */
const FLOOR: readonly (readonly [Expected, number])[] = [
  ['refused', 335 / 337],
  ['silent', 1],
  ['clean', 1],
];

/** Groups in which every verdict is right. */
const COMPLETE = [
  'bundle',
  'blank line',
  'candidate',
  'codec legal change',
  'codec mismatch',
  'control',
  'empty',
  'extmap',
  'fingerprint',
  'fingerprint change',
  'ice options',
  'ice restart',
  'ice-ufrag/pwd',
  'line endings',
  'local munging',
  'm-line order',
  'media type changed',
  'mid changed',
  'mid duplicated',
  'missing m-line',
  'origin',
  'payload type',
  'port 0',
  'revive',
  'setup',
  'ssrc',
  'trailing garbage',
];

test.runIf(file)('table', () => {
  const groups = new RegExp(process.env.TRUTH_GROUP ?? '');
  console.log(
    table(
      verdicts.filter((v) => groups.test(v.group)),
      process.env.TRUTH_ALL === undefined,
    ),
  );
});

test.skipIf(file).each(FLOOR)('%s: at least %f right', (expected, floor) => {
  expect(verdicts.filter((v) => v.expected === expected).length).toBeGreaterThan(10);
  expect(shareRight(verdicts, expected)).toBeGreaterThanOrEqual(floor);
});

test.skipIf(file).each(COMPLETE)('all verdicts right: %s', (group) => {
  const asked = verdicts.filter((verdict) => verdict.group === group);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter(({ right }) => !right).map((verdict) => table([verdict], true))).toEqual([]);
});

test.skipIf(file)('what counts as unseen does not grow', () => {
  expect(verdicts.filter(({ expected }) => expected === 'unseen')).toHaveLength(37);
});

test('no rule throws and every row is judged', () => {
  expect(verdicts.length).toBeGreaterThan(0);
});
