import { describe, expect, it } from 'vitest';
import { advance, createLedgerCursor, enteringRounds, ledgerOf } from '../../src/core/ledger.ts';
import type { Session } from '../../src/core/model.ts';
import { a, anAnswer, anOffer, b, edit } from '../../src/rules/example.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from '../rules/conversation.ts';

function sessionOf(...lines: readonly TranscriptLine[]): Session {
  const [session] = hear(lines, []).model.sessions.values();
  if (!session) throw new Error('no session');
  return session;
}

const FIRST = [a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))] as const;

describe('a finished round', () => {
  const ledger = ledgerOf(sessionOf(...FIRST));
  it('gives every m-line its tenant', () => {
    expect(ledger.slots.map(({ tenants }) => tenants.map(({ mid, kind }) => `${kind} ${mid}`))).toEqual([
      ['audio 0'],
      ['video 1'],
    ]);
  });
  it('binds extension ids', () => expect(ledger.extensions.get('3')?.uri).toBe('urn:3gpp:video-orientation'));
  it('binds payload types per section', () => {
    expect(ledger.payloads.get('0')?.get('111')?.codec).toBe('opus');
    expect(ledger.payloads.get('1')?.get('96')?.codec).toBe('VP8');
  });
  it('names the BUNDLE tag and members', () => expect(ledger.bundle).toMatchObject({ tag: '0', mids: ['0', '1'] }));
  it('knows the DTLS client', () => expect(ledger.dtls).toMatchObject({ client: 'b', server: 'a', since: 2 }));
  it('has no breach', () => expect(ledger.breaches).toEqual([]));
});

describe('the first message that contradicts it is pointed at', () => {
  const answered = b.answers(anAnswer(['audio', 'video'], { version: 3 }));
  it.each([
    [
      'extmap',
      'an id with another URI',
      anOffer(['audio', 'video'], { version: 3 }),
      'extmap:3 urn:3gpp:video-orientation',
      'extmap:3 urn:x',
    ],
    [
      'payload',
      'a number with another codec',
      anOffer(['audio', 'video'], { version: 3 }),
      'a=rtpmap:96 VP8',
      'a=rtpmap:96 VP9',
    ],
    ['slot', 'another section at the m-line', anOffer(['audio', 'video'], { version: 3 }), 'a=mid:1', 'a=mid:7'],
  ] as const)('%s: %s', (kind, _what, offer, find, replace) => {
    const { breaches } = ledgerOf(sessionOf(...FIRST, a.offers(edit(offer, [find, replace])), answered));
    expect(breaches.map(({ ledger, seq }) => [ledger, seq])).toContainEqual([kind, 3]);
  });
  it('dtls: the roles flip', () => {
    const flipped = b.answers(anAnswer(['audio', 'video'], { version: 3, setup: 'passive' }));
    const { breaches, dtls } = ledgerOf(
      sessionOf(...FIRST, a.offers(anOffer(['audio', 'video'], { version: 3 })), flipped),
    );
    expect(breaches).toMatchObject([{ ledger: 'dtls', seq: 4 }]);
    expect(dtls?.client).toBe('a');
  });
});

it('shows how things stood before an event', () => {
  const session = sessionOf(...FIRST);
  expect(advance(createLedgerCursor(), session, 2).dtls).toBeUndefined();
  expect(advance(createLedgerCursor(), session, 3).dtls).toBeDefined();
});

it('is worked out in parts', () => {
  const more = (version: number) => [
    a.offers(anOffer(['audio', 'video'], { version })),
    b.answers(anAnswer(['audio', 'video'], { version })),
  ];
  const session = sessionOf(...more(3), ...more(4), ...more(5));
  // Each round is a step of its own, apart from those that its descriptions take.
  expect([...enteringRounds(session)].length).toBeGreaterThanOrEqual(3);
  expect([...enteringRounds(session)]).toEqual([]);
  expect(ledgerOf(session)).toEqual(ledgerOf(sessionOf(...more(3), ...more(4), ...more(5))));
});

it('does not know what was offered but never answered', () => {
  const session = sessionOf(...FIRST, a.offers(anOffer(['audio', 'video', 'data'], { version: 3 })));
  expect(ledgerOf(session).slots).toHaveLength(2);
});

it('a recycled slot keeps its former tenant', () => {
  const stopped = ['audio', { kind: 'video', rejected: true } as const] as const;
  const reused = ['audio', { kind: 'video', mid: '2' } as const] as const;
  const session = sessionOf(
    ...FIRST,
    a.offers(anOffer(stopped, { version: 3 })),
    b.answers(anAnswer(stopped, { version: 3 })),
    a.offers(anOffer(reused, { version: 4 })),
    b.answers(anAnswer(reused, { version: 4 })),
  );
  const { slots, breaches } = ledgerOf(session);
  expect(slots[1]?.tenants.map(({ mid, rejectedBy }) => [mid, rejectedBy])).toEqual([
    ['1', 4],
    ['2', undefined],
  ]);
  expect(breaches.filter(({ ledger }) => ledger === 'slot')).toEqual([]);
});
