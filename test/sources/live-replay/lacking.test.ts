import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyModel, reduce } from '../../../src/core/reduce.ts';
import { readSession } from '../../../src/importers/index.ts';
import { planOf } from '../../../src/sources/live-replay/intent.ts';
import { lackingCodecs, lackingSentences } from '../../../src/sources/live-replay/lacking.ts';

const model = emptyModel();
const fixture = '../../fixtures/negotiations/s04b-hold__chromium-chromium.ndjson';
for (const event of readSession(readFileSync(new URL(fixture, import.meta.url), 'utf8')).events) reduce(model, event);
const plan = planOf(model);
const said = [...model.sessions.values()].flatMap(({ descriptions }) => descriptions);

test('an engine that says all codecs lacks none; one that says nothing lacks all, and those preferred are told', () => {
  if (plan === undefined) throw new Error('the fixture has no plan');
  expect(lackingCodecs(plan, said)).toEqual(new Set());
  const lacking = lackingCodecs(plan, []);
  expect(lacking).toContain('h264');
  expect(lackingSentences(plan, lacking)).toEqual([
    'The engine has no OPUS, which offer #1 of a prefers: another codec takes its place.',
    'The engine has no VP8, which offer #1 of a prefers: another codec takes its place.',
  ]);
  expect(lackingSentences(plan, new Set(['h264']))).toEqual([]);
});
