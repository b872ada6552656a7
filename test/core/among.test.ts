import { expect, test } from 'vitest';
import { among } from '../../src/core/among.ts';
import type { EventBody, SignalEvent } from '../../src/core/event.ts';

const stand = (body: EventBody, link?: string): SignalEvent =>
  among(
    { seq: 1, t: 5, from: 'app', to: 'server', ...(link !== undefined && { link }), ...body },
    { name: 'client', seq: 9, t: 105, of: (seq) => (seq < 5 ? seq + 100 : undefined) },
  );

test('parties and connections are those of their recording, frames and what they mean stay', () => {
  const raw = '{"type":"offer"}';
  const signals = [
    { type: 'offer', pc: 'x', sdp: 'v=0' },
    { type: 'presence', who: 'bob', change: 'join' },
    { type: 'other', label: 'ack', of: 3 },
  ] as const;
  const http = { method: 'POST', url: 'http://a/', exchange: '1' };
  expect(stand({ kind: 'message', protocol: 'mdn', encoding: 'text', raw, signals, http }, 'l')).toEqual({
    ...{ seq: 9, t: 105, from: 'app@client', to: 'server@client', link: 'l@client' },
    ...{ kind: 'message', protocol: 'mdn', encoding: 'text', raw },
    signals: [
      { type: 'offer', pc: 'x@client', sdp: 'v=0' },
      { type: 'presence', who: 'bob@client', change: 'join' },
      { type: 'other', label: 'ack', of: 103 },
    ],
    http: { ...http, exchange: '1@client' },
  });
});

test('what one event says of another is said of the same event; of one that is not there nothing is', () => {
  expect(stand({ kind: 'mark', text: 'see', of: 2 })).toMatchObject({ of: 102 });
  expect(stand({ kind: 'mark', text: 'see', of: 7 })).not.toHaveProperty('of');
  expect(stand({ kind: 'state', pc: 'x', of: 'ice', value: 'new' })).toMatchObject({ pc: 'x@client', of: 'ice' });
  expect(stand({ kind: 'action', action: { do: 'drop', of: 2 } })).toMatchObject({ action: { of: 102 } });
});

test('an action is done to those of its recording', () => {
  expect(stand({ kind: 'action', action: { do: 'call', to: 'bob' } })).toMatchObject({ action: { to: 'bob@client' } });
  const inject = { do: 'inject', to: 'server', link: 'l', raw: 'x' } as const;
  expect(stand({ kind: 'action', action: inject })).toMatchObject({ action: { ...inject, link: 'l@client' } });
});

test('nobody stays nobody', () => {
  const problem = { seq: 1, t: 0, from: '', to: '', kind: 'problem', code: 'X', detail: 'y' } as const;
  expect(among(problem, { name: 'client', seq: 1, t: 0, of: () => undefined })).toEqual(problem);
});
