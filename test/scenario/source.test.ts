import { expect, test } from 'vitest';
import { WORDS } from '../../src/cli/scenario/file.ts';
import { readScenario } from '../../src/scenario/read.ts';
import { defineScenario } from '../../src/scenario/source.ts';

const reading = { words: WORDS, env: {}, name: 'x' };

test('a module says with types what YAML says, and is read the same', () => {
  const source = defineScenario({
    peers: { alice: { media: ['data'] }, bob: {} },
    steps: [
      { lose: 'answer', of: 'bob', count: 2 },
      { alice: 'call', within: '3s' },
      { together: [{ alice: { do: 'stop', 'm-line': 0 } }, { bob: 'offer' }] },
      { wait: 'connected', peer: 'alice' },
      { 'drop-socket': 'bob' },
    ],
    expect: ['no glare', { golden: 'base.ndjson' }],
  });
  const { steps, expect: expected } = readScenario(source, reading);
  expect(steps.map(({ text }) => text)).toEqual([
    'lose answer of bob',
    'alice: call',
    'alice: stop m-line 0, bob: offer',
    'wait: connected of alice',
    'drop-socket: bob',
  ]);
  expect(expected.map(({ text }) => text)).toEqual(['no glare', 'the same as base.ndjson']);
});

test('a peer that there is not is refused by the types, and when it is read', () => {
  const source = defineScenario({
    peers: { alice: {} },
    // @ts-expect-error: there is no bob
    steps: [{ wait: 'connected', peer: 'bob' }],
  });
  expect(() => readScenario(source, reading)).toThrow(/there is no 'bob'/);
});
