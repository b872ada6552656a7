/** What may go wrong between real peers: with each fault an expectation comes out otherwise than without it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const call = { alice: 'call' };
const connected = { wait: 'connected' };
const negotiated = { wait: 'negotiated' };
const restart = [connected, { alice: 'restart-ice' }, negotiated];

interface Case {
  /** What goes wrong, and what is done then. */
  readonly wrong: readonly object[];
  /** The same without it. */
  readonly right: readonly object[];
  /** Holds where it goes wrong and nowhere else; with `no` or `every`, the other way round. */
  readonly expected: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'a lost answer': {
    wrong: [{ lose: 'answer', of: 'bob' }, call, { wait: 'offer' }],
    right: [call, connected],
    expected: 'every offer answered',
  },
  'a duplicate answer': {
    wrong: [{ duplicate: 'answer', of: 'bob' }, call, connected],
    right: [call, connected],
    expected: 'finding description-repeated',
  },
  'a candidate first': {
    wrong: [{ reorder: 'offer', of: 'alice' }, call, connected],
    right: [call, connected],
    expected: 'no finding candidate-before-description',
  },
  'a reordered pair': {
    wrong: [{ reorder: 'answer', of: 'bob' }, call, connected],
    right: [call, connected],
    expected: 'finding candidate-before-description',
  },
  'stale candidates': {
    wrong: [
      { delay: 'candidate', of: 'bob', by: '3s', count: 2 },
      ...[call, ...restart, { wait: 'finding candidate-stale' }],
    ],
    right: [call, ...restart],
    expected: 'no finding candidate-stale',
  },
  glare: {
    wrong: [call, connected, { together: [{ alice: 'add-audio' }, { bob: 'add-video' }] }, negotiated],
    right: [call, connected, { alice: 'add-audio' }, negotiated],
    expected: 'glare',
  },
};

async function played(steps: readonly object[], expected: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'renego-')), 'fault.json');
  const peers = { alice: { media: ['data'] }, bob: { media: ['audio', 'data'] } };
  writeFileSync(path, JSON.stringify({ timeout: '60s', peers, steps, expect: [expected] }));
  const renego = start(['run', path]);
  await renego.ended();
  return renego.stdout();
}

withParts(['wrtc'], 'faults between real peers', () => {
  test.each(Object.entries(CASES))('%s', async (_name, { wrong, right, expected }) => {
    const holds = (text: string) => /^(ok|not ok) \d+ - expect: /m.exec(text)?.[1];
    const bad = !/^(?:no|every) /.test(expected);
    expect(holds(await played(wrong, expected))).toBe(bad ? 'ok' : 'not ok');
    expect(holds(await played(right, expected))).toBe(bad ? 'not ok' : 'ok');
  });

  test('the socket cut at a state: the offer goes out again when it is back', async () => {
    const cut = [{ 'drop-socket': 'alice' }, connected, ...restart];
    const text = await played(
      [call, { wait: 'have-local-offer', peer: 'alice' }, ...cut],
      'restart answered with new credentials within 60 s',
    );
    expect(text).toMatch(/^# 1 of 1 scenarios passed$/m);
  });
});
