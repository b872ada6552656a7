import { expect, test } from 'vitest';
import { a, anAnswer, anOffer, b, candidateOf, edit } from '../../src/rules/example.ts';
import { currentGeneration, gatheredFor, isFinished } from '../../src/rules/gathered.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from './conversation.ts';

function gatheredByA(...lines: TranscriptLine[]) {
  const [session] = [...hear(lines).model.sessions.values()];
  const side = session?.sides.get('a');
  const generation = side && currentGeneration(side);
  if (!side || !generation) throw new Error('nothing settled');
  return { generation, gathered: gatheredFor(side, generation) };
}

const IN_SDP = ['a=setup', 'a=candidate:9 1 udp 1 192.0.2.99 50000 typ host\r\na=setup'] as const;

test('trickled candidates and those inside the description are counted once each', () => {
  const { gathered } = gatheredByA(
    a.offers(edit(anOffer(), IN_SDP)),
    b.answers(anAnswer()),
    a.sends(candidateOf('a', { address: '2001:db8::1' })),
    a.sends(candidateOf('a', { address: '203.0.113.1', type: 'relay raddr 0.0.0.0 rport 0' })),
    a.sends(candidateOf('a', { address: '0.0.0.0' })),
    a.sends(candidateOf('a', { address: 'h.local' })),
    a.sends(candidateOf('a', { transport: 'tcp', port: 9, type: 'host tcptype active' })),
  );
  expect(gathered).toMatchObject({ total: 6, usable: 5, relay: 1, hidden: 1, udp6: 1, udp4: 3, tcpActive: 1 });
  expect(gathered.publicHosts).toBe(3);
});

test('after a restart only the new generation counts', () => {
  const restart = { version: 3, generation: 2 };
  const { generation, gathered } = gatheredByA(
    a.offers(anOffer()),
    b.answers(anAnswer()),
    a.sends(candidateOf('a')),
    a.offers(anOffer(undefined, restart)),
    b.answers(anAnswer(undefined, restart)),
  );
  expect([generation.ufrag, gathered.total]).toEqual(['aUf2', 0]);
});

test('gathering is finished by its end or by silence, but never before a candidate', () => {
  const open = gatheredByA(a.offers(anOffer(), 0), b.answers(anAnswer(), 10), a.sends(candidateOf('a'), { t: 20 }));
  expect(isFinished(open.generation, open.gathered, 5019)).toBe(false);
  expect(isFinished(open.generation, open.gathered, 5020)).toBe(true);
  const ended = gatheredByA(a.offers(anOffer()), b.answers(anAnswer()), a.sends(candidateOf('a')), a.endsCandidates());
  expect(isFinished(ended.generation, ended.gathered, 0)).toBe(true);
  const none = gatheredByA(a.offers(anOffer()), b.answers(anAnswer()), a.endsCandidates());
  expect(isFinished(none.generation, none.gathered, 99_999)).toBe(false);
});
