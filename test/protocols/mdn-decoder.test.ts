import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mdn } from '../../src/protocols/mdn.ts';
import type { Frame } from '../../src/protocols/protocol.ts';

const incoming = (value: unknown): Frame => ({
  data: typeof value === 'string' ? value : JSON.stringify(value),
  encoding: 'text',
  direction: 'in',
});

const offer = (name: string, target: string | null, type = 'offer') => ({
  name,
  target,
  type: 'video-offer',
  sdp: { type, sdp: `v=0 from ${name}` },
});
const candidate = { type: 'new-ice-candidate', target: 'me', candidate: { candidate: 'candidate:1', sdpMid: '0' } };

describe('mdn decoder', () => {
  it.each<[string, Frame, string]>([
    ['binary', { data: 'AAEC', encoding: 'base64', direction: 'in' }, 'binary frame'],
    ['not JSON', incoming('{"type":'), 'not JSON'],
    ['null', incoming('null'), 'JSON, but not an object'],
    ['a list', incoming('[1]'), 'JSON, but not an object'],
    ['no type', incoming('{"a":1}'), 'JSON without a type'],
    ['a type of its own', incoming({ type: 'x'.repeat(99) }), `${'x'.repeat(40)}…`],
    ['an offer without SDP', incoming({ ...offer('ann', 'me'), sdp: {} }), 'video-offer without SDP'],
    ['a candidate without one', incoming({ ...candidate, candidate: 3 }), 'new-ice-candidate without a candidate'],
  ])('shows %s as what it is', (_title, frame, label) => {
    const decoder = mdn.decoder({ client: 'me', server: 'server' });
    expect(decoder.decode(frame).signals).toEqual([{ type: 'other', label }]);
  });

  it('believes the inner type of a description, like the browser', () => {
    const decoder = mdn.decoder({ client: 'me', server: 'server' });
    const answer = { ...offer('ann', 'me', 'pranswer'), type: 'video-answer' };
    expect(decoder.decode(incoming(answer)).signals).toMatchObject([{ type: 'pranswer', pc: 'ann+me' }]);
    expect(decoder.decode(incoming(offer('ann', 'me', 'rollback'))).signals).toEqual([
      { type: 'rollback', pc: 'ann+me' },
    ]);
  });

  it('ends every call of who hangs up without a target', () => {
    const decoder = mdn.decoder({ client: 'me', server: 'server' });
    for (const name of ['ann', 'bob']) decoder.decode(incoming(offer(name, 'me')));
    const own = { data: '{"type":"hang-up","name":"me","target":null}', encoding: 'text', direction: 'out' } as const;
    expect(decoder.decode(own).signals).toEqual([
      { type: 'bye', pc: 'ann+me' },
      { type: 'bye', pc: 'bob+me' },
    ]);
    expect(decoder.decode({ ...own, direction: 'in' }).signals).toEqual([
      { type: 'other', label: 'hang-up (own, echoed)' },
    ]);
  });
});

describe('mdn decoder, on a server that sends everything to everyone', () => {
  const outgoing = (value: object): Frame => ({ data: JSON.stringify(value), encoding: 'text', direction: 'out' });
  const nameless = (target: string) => ({ ...candidate, target });
  const room = (...users: string[]) => {
    const decoder = mdn.decoder({ client: 'client', server: 'server' });
    decoder.decode(outgoing({ type: 'username', name: 'me' }));
    decoder.decode(incoming({ type: 'userlist', users: ['me', ...users] }));
    return decoder;
  };

  it('takes its own description and candidate for what they are when they come back', () => {
    const decoder = room('ann', 'bob');
    const sent = [offer('me', 'ann'), nameless('ann')];
    for (const message of sent) decoder.decode(outgoing(message));
    expect(sent.map((message) => decoder.decode(incoming(message)))).toEqual([
      { from: 'me', to: 'ann', signals: [{ type: 'other', label: 'video-offer (own, echoed)' }] },
      { from: 'me', to: 'ann', signals: [{ type: 'other', label: 'new-ice-candidate (own, echoed)' }] },
    ]);
  });

  it('lets nobody send a candidate to himself', () => {
    const decoder = room('ann', 'bob');
    decoder.decode(incoming(offer('ann', 'bob')));
    expect(decoder.decode(incoming(nameless('ann')))).toMatchObject({ from: 'bob', signals: [{ pc: 'ann+bob' }] });
    expect(decoder.decode(incoming(nameless('me')))).toMatchObject({ from: 'ann', signals: [{ pc: 'ann+me' }] });
  });
});

describe('a captured call between two real pages', () => {
  const frames = readFileSync(new URL('../fixtures/ws/mdn-av.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { dir: string; conn: string; data: string });

  it.each(['a', 'b'])('is read without remainder on connection %s', (conn) => {
    const decoder = mdn.decoder({ client: 'client', server: 'server' });
    const seen = frames
      .filter((frame) => frame.conn === conn)
      .map(({ dir, data }) => ({
        direction: dir === 'c2s' ? ('out' as const) : ('in' as const),
        ...decoder.decode({ data, encoding: 'text', direction: dir === 'c2s' ? 'out' : 'in' }),
      }));
    const me = conn === 'a' ? 'alice' : 'bob';
    const peer = conn === 'a' ? 'bob' : 'alice';
    for (const { direction, from, to, signals } of seen) {
      for (const signal of signals) {
        if (signal.type === 'other') expect(signal.label).toMatch(/^(chat message|hang-up \(own, echoed\))$/);
        if (!('pc' in signal)) continue;
        expect(signal.pc).toBe('alice+bob');
        expect(from).toBe(direction === 'out' ? me : peer);
        if (signal.type !== 'bye') expect(to).toBe(direction === 'out' ? peer : me);
      }
    }
    const types = seen.flatMap(({ signals }) => signals.map(({ type }) => type));
    expect(types.filter((type) => type === 'offer' || type === 'answer')).toEqual([
      'offer',
      'answer',
      'offer',
      'answer',
    ]);
    expect(types).toContain('bye');
  });
});
