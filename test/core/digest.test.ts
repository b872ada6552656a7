import { describe, expect, test } from 'vitest';
import { createDigest, digestLadderRow, isNews } from '../../src/core/digest.ts';
import type { EventBody, Signal, SignalEvent } from '../../src/core/event.ts';
import type { Model } from '../../src/core/model.ts';
import { recorded } from '../recording.ts';
import { answer, candidate, conversation, offer } from './conversation.ts';

function digestOf({ events }: Pick<Model, 'events'>) {
  const digest = createDigest();
  for (const event of events) digest.append(event);
  return digest;
}

const shown = (model: Model) => digestOf(model).rows.map(({ seqs }) => digestLadderRow(model, seqs)?.label);
const end = { type: 'end-of-candidates', mid: '0' } as const;
const state = (of: 'ice' | 'signaling' | 'gathering' | 'connection' | 'dtls' | 'data' | 'media', value: string) =>
  ({ kind: 'state', pc: 'a+b', of, value }) as const;
const says = (signal: Signal): EventBody => ({
  kind: 'message',
  protocol: 'p',
  encoding: 'text',
  raw: '',
  signals: [signal],
});
const applied: EventBody = { kind: 'apply', pc: 'a+b', op: 'candidate', ok: true };

describe('what is news', () => {
  test.each<[string, EventBody, boolean]>([
    ['an apply that succeeded', applied, false],
    ['an apply that failed', { ...applied, ok: false }, true],
    ['a call', { kind: 'call', pc: 'p', name: 'createOffer' }, false],
    ['a call that succeeded', { kind: 'call', pc: 'p', name: 'createOffer', ok: true }, false],
    ['a call that failed', { kind: 'call', pc: 'p', name: 'createOffer', ok: false }, true],
    ['the signaling state', state('signaling', 'stable'), false],
    ['gathering', state('gathering', 'complete'), false],
    ['media', state('media', 'audio 0 flows'), false],
    ['DTLS', state('dtls', 'connected'), false],
    ['DTLS that failed', state('dtls', 'failed'), true],
    ['ICE', state('ice', 'checking'), true],
    ['ICE that has not begun', state('ice', 'new'), false],
    ['the connection', state('connection', 'connected'), true],
    ['a connection under way, which ICE tells', state('connection', 'connecting'), false],
    ['an open data channel', state('data', 'open'), true],
    ['a problem', { kind: 'problem', code: 'X', detail: '' }, true],
    ['an action', { kind: 'action', action: { do: 'offer' } }, true],
    ['a connection to the server', { kind: 'link', change: 'open' }, true],
    ['a receipt', says({ type: 'response', method: 'trickle', ok: true }), false],
    ['a refusal', says({ type: 'response', method: 'trickle', ok: false }), true],
    ['an HTTP response', says({ type: 'response', method: 'POST', ok: true, status: 201 }), true],
    ['a mark', { kind: 'mark', text: '' }, true],
    ['a line of an unknown kind', { kind: 'other', label: 'x', raw: '' }, true],
  ])('%s: %j', (_, body, news) => {
    expect(isNews({ seq: 1, t: 0, from: 'a', to: 'a', ...body } as SignalEvent)).toBe(news);
  });
});

test('a state is told when it is reached, not again while it lasts', () => {
  const talk = conversation();
  for (const value of [
    'checking',
    'completed',
    'connected',
    'completed',
    'disconnected',
    'connected',
    'failed',
    'failed',
  ])
    talk.inside('a', state('ice', value));
  talk.inside('b', state('ice', 'connected'));
  expect(digestOf(talk.model).rows.map(({ seqs }) => seqs[0])).toEqual([1, 2, 5, 6, 7, 8, 9]);
});

describe('candidates', () => {
  test('that go the same way share a row, whatever is applied or reached in between', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', candidate('a001'));
    talk.says('b', 'a', candidate('b001'));
    talk.inside('a', applied);
    talk.inside('a', state('ice', 'checking'));
    talk.says('a', 'b', candidate('a001', '1'));
    talk.says('b', 'a', end);
    talk.says('a', 'b', end);
    expect(shown(talk.model)).toEqual([
      'offer #1 · audio',
      'answer #1',
      'candidates ×2 host udp · mid 0 1 · end',
      'candidate host udp · mid 0 · end',
      'state ice checking',
    ]);
  });

  test.each<[string, EventBody]>([
    ['a failure', { ...applied, ok: false }],
    ['a state that failed', state('ice', 'failed')],
    ['an action', { kind: 'action', action: { do: 'restart-ice' } }],
    ['a connection', { kind: 'link', change: 'close' }],
  ])('do not go on over %s', (_, body) => {
    const talk = conversation();
    talk.says('a', 'b', candidate());
    talk.inside('a', body);
    talk.says('a', 'b', candidate());
    expect(digestOf(talk.model).rows).toHaveLength(3);
  });

  test('do not go on over a description, nor over a long silence', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate());
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', candidate('a001'), 1000);
    talk.says('a', 'b', candidate('a001'), 2000);
    talk.says('a', 'b', candidate('a001'), 9000);
    expect(digestOf(talk.model).rows.map(({ seqs }) => seqs)).toEqual([[1], [2], [3, 4], [5]]);
  });

  test('alone are told like everywhere', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate(undefined, '7'));
    expect(shown(talk.model)).toEqual(['candidate mid 7 host udp 192.0.2.1:5000']);
  });

  test('that only end are told as ends', () => {
    const talk = conversation();
    talk.says('a', 'b', end);
    talk.says('a', 'b', { ...end, mid: '1' });
    expect(shown(talk.model)).toEqual(['end of candidates · mid 0 1']);
  });

  test('that cannot be read, or belong to replaced credentials, are counted', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', offer({ by: 'a', ufrag: 'new0', version: 2 }));
    talk.says('b', 'a', answer({ by: 'b', ufrag: 'new1', version: 2 }));
    talk.says('a', 'b', candidate('a001'));
    talk.says('a', 'b', { type: 'candidate', candidate: 'candidate:\u001b[2J' });
    expect(shown(talk.model).at(-1)).toMatch(/^candidates ×2 host udp · mid 0 · 1 unreadable · 1 stale$/);
  });

  test('are read for their label once, not whenever it is asked for', () => {
    const talk = conversation();
    for (let i = 0; i < 100; i++) talk.says('a', 'b', candidate());
    let reads = 0;
    const { events } = talk.model;
    const counted = Object.create(events, {
      at: {
        value: (index: number) => {
          reads += 1;
          return events.at(index);
        },
      },
    });
    const model: Model = { ...talk.model, events: counted };
    const [row] = digestOf(talk.model).rows;
    const label = () => digestLadderRow(model, row?.seqs ?? [])?.label;
    expect(label()).toMatch(/^candidates ×100/);
    reads = 0;
    expect(label()).toMatch(/^candidates ×100/);
    expect(reads).toBeLessThan(10);
  });

  test('fill a row up to a limit', () => {
    const talk = conversation();
    for (let i = 0; i < 250; i++) talk.says('a', 'b', candidate());
    expect(digestOf(talk.model).rows.map(({ seqs }) => seqs.length)).toEqual([100, 100, 50]);
  });
});

describe('a digest', () => {
  test.each(['ice-restart.ndjson'])('of %s has each event once or counts it as hidden', (name) => {
    const { model } = recorded(name);
    const digest = digestOf(model);
    const seqs = digest.rows.flatMap((row) => row.seqs);
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(seqs.length + digest.hidden).toBe(model.events.length);
    expect(digest.rows.length).toBeLessThan(model.events.length / 2);
    for (const [index, row] of digest.rows.entries()) for (const seq of row.seqs) expect(digest.rowOf(seq)).toBe(index);
  });

  test('knows the row before a hidden event', () => {
    const talk = conversation();
    talk.inside('a', applied);
    talk.says('a', 'b', candidate());
    talk.inside('a', applied);
    const digest = digestOf(talk.model);
    expect([1, 2, 3].map((seq) => digest.rowOf(seq))).toEqual([-1, 0, 0]);
    expect(digest.hidden).toBe(2);
  });
});
