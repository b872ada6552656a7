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
    expect(client.opened()).toMatchObject([{ do: 'wake' }]);
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

  it('says after a while that nobody has greeted: a silent server may be of another system', () => {
    const [timer] = mdn.client({ as: 'me', now: 5 }).opened();
    const id = timer?.do === 'wake' ? timer.id : '';
    expect(mdn.client({ as: 'me', now: 5 }).woken?.(id)).toEqual([
      { do: 'note', text: expect.stringMatching(/said nothing for 10 seconds.*--protocol/) as string },
    ]);
    expect(joined().woken?.(id)).toEqual([]);
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
    expect(client.encode({ type: 'bye', pc: '' }, 'me')).toEqual([
      { do: 'send', raw: '{"name":"me1","target":"me","type":"hang-up"}' },
    ]);
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
