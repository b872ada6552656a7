import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { candidateOf } from '../../src/rules/example.ts';
import { seeded } from '../helpers/seeded.ts';
import { candidateMutators, descriptionMutators } from './mutate.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/sdp/${name}.sdp`, import.meta.url), 'utf8');
const TEXTS = ['offer-av-data', 'answer-av-data', 'offer-simulcast'].map((name) => fixture(`chromium-156-${name}`));

test.each(Object.entries(descriptionMutators))(
  '%s changes a description, the same way with the same seed',
  (name, mutate) => {
    const changed = TEXTS.filter((text) => [1, 2, 3].some((seed) => (mutate(text, seeded(seed)) ?? text) !== text));
    expect(changed.length > 0).toBe(name !== 'nothing');
    for (const text of TEXTS) expect(mutate(text, seeded(7))).toBe(mutate(text, seeded(7)));
  },
);

test.each(Object.entries(candidateMutators))('%s changes a candidate', (name, mutate) => {
  const init = { candidate: candidateOf('a'), sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'aUf1' };
  expect(JSON.stringify(mutate(init, seeded(1))) !== JSON.stringify(init)).toBe(name !== 'nothing');
});
