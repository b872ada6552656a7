import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mdn } from '../../src/protocols/mdn.ts';
import type { Client, ClientOutput, Frame } from '../../src/protocols/protocol.ts';

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

function joined(users: string[] = ['me']): Client {
  const client = mdn.client({ as: 'me', now: 5 });
  client.received(incoming({ type: 'id', id: 7 }));
  client.received(incoming({ type: 'userlist', users }));
  return client;
}

describe('mdn client', () => {
  it('waits for the id, answers with exactly that id, and is in with the user list', () => {
    const client = mdn.client({ as: 'me', now: 5 });
    expect(client.opened()).toEqual([]);
    expect(client.received(incoming('{"type":"id","id":1795243021225}'))).toEqual([
      { do: 'send', raw: '{"name":"me","date":5,"id":1795243021225,"type":"username"}' },
    ]);
    expect(client.received(incoming({ type: 'userlist', users: ['ann', 'me'] }))).toEqual<ClientOutput[]>([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: 'ann', change: 'join' },
    ]);
    expect(client.received(incoming({ type: 'userlist', users: ['me'] }))).toEqual([
      { do: 'presence', who: 'ann', change: 'leave' },
    ]);
  });

  it('goes by the name the server gave it when its own was taken', () => {
    const client = mdn.client({ as: 'me', now: 5 });
    client.received(incoming({ type: 'id', id: 7 }));
    expect(client.received(incoming({ type: 'rejectusername', id: 7, name: 'me1' }))).toMatchObject([
      { do: 'problem', code: 'NAME_TAKEN' },
    ]);
    expect(client.received(incoming({ type: 'userlist', users: ['me', 'me1'] }))).toEqual([
      { do: 'joined', as: 'me1' },
      { do: 'presence', who: 'me', change: 'join' },
    ]);
    expect(client.encode({ type: 'bye', pc: '' }, 'me')).toEqual(['{"name":"me1","target":"me","type":"hang-up"}']);
  });

  it('is refused when no name is left', () => {
    const client = mdn.client({ as: 'me', now: 5 });
    client.received(incoming({ type: 'id', id: 7 }));
    expect(client.received(incoming({ type: 'rejectusername', id: 7 }))).toMatchObject([{ do: 'refused' }]);
  });

  it.each([
    ['the only other user', ['me', 'ann'], []],
    ['who offered last', ['me', 'ann', 'bob'], [offer('bob', 'me'), offer('ann', 'me')]],
  ])('takes a candidate without a sender as from %s', (_title, users, before) => {
    const client = joined(users);
    for (const message of before) client.received(incoming(message));
    expect(client.received(incoming(candidate))).toMatchObject([{ do: 'signal', from: 'ann' }]);
  });

  it('takes a candidate as from whom we have called, before any answer', () => {
    const client = joined(['me', 'ann', 'bob']);
    client.encode({ type: 'offer', pc: '', sdp: 'v=0' }, 'bob');
    expect(client.received(incoming(candidate))).toMatchObject([{ do: 'signal', from: 'bob' }]);
  });

  it('does not guess among several', () => {
    expect(joined(['me', 'ann', 'bob']).received(incoming(candidate))).toMatchObject([
      { do: 'problem', code: 'SENDER_UNKNOWN' },
    ]);
  });

  it('hears what is for all, not what is for others or its own echo', () => {
    const client = joined(['me', 'ann', 'bob']);
    expect(client.received(incoming(offer('ann', null)))).toMatchObject([{ do: 'signal', from: 'ann' }]);
    expect(client.received(incoming(offer('ann', 'bob')))).toEqual([]);
    expect(client.received(incoming({ name: 'me', target: null, type: 'hang-up' }))).toEqual([]);
  });
});

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
