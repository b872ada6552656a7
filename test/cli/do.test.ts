import { describe, expect, test } from 'vitest';
import { parseDo, parseState, reaches } from '../../src/cli/do.ts';
import type { SignalEvent } from '../../src/core/event.ts';

const once = (type: string, nth: number) => ({ when: 'description', type, nth });

describe('--do', () => {
  test.each([
    ['restart-ice', { do: 'restart-ice' }, { when: 'possible' }],
    [
      'restart-ice@connected',
      { do: 'restart-ice' },
      { when: 'state', state: { of: ['connection'], value: 'connected' } },
    ],
    ['add-video@+3s', { do: 'add', media: 'video' }, { when: 'time', t: 3000 }],
    ['hangup@+500ms', { do: 'hangup' }, { when: 'time', t: 500 }],
    ['stop:1@stable', { do: 'stop', mid: '1' }, { when: 'state', state: { of: ['signaling'], value: 'stable' } }],
    ['direction:recvonly', { do: 'direction', direction: 'recvonly' }, { when: 'possible' }],
    ['call:bob', { do: 'call', to: 'bob' }, { when: 'possible' }],
    ['mark:mail a@b.c', { do: 'mark', text: 'mail a@b.c' }, { when: 'possible' }],
    ['send:{"to":"a@b"}@+1s', { do: 'send', raw: '{"to":"a@b"}' }, { when: 'time', t: 1000 }],
    ['restart-ice:createOffer@answer', { do: 'restart-ice', how: 'createOffer' }, once('answer', 1)],
    ['add-video@answer#2', { do: 'add', media: 'video' }, once('answer', 2)],
    ['offer@offer', { do: 'offer' }, once('offer', 1)],
    ['send:{"to":"a@b"}@offer#12', { do: 'send', raw: '{"to":"a@b"}' }, once('offer', 12)],
    ['mark:a@answer', { do: 'mark', text: 'a' }, once('answer', 1)],
    ['offer@ice=completed', { do: 'offer' }, { when: 'state', state: { of: ['ice'], value: 'completed' } }],
  ])('%s', (text, action, trigger) => {
    expect(parseDo(text)).toEqual({ text, action, trigger });
  });

  test.each([
    ['dance', /no action 'dance'/],
    ['constructor', /no action 'constructor'/],
    ['', /no action ''/],
    ['hangup:now', /no action 'hangup:now'/],
    ['hangup@', /no state ''/],
    ['hangup@nirvana', /no state 'nirvana'/],
    ['hangup@+soon', /is no time/],
    ['hangup@answer#0', /no state 'answer#0'/],
    ['hangup@offer#', /no state 'offer#'/],
    ['restart-ice:hard', /no action 'restart-ice:hard'/],
  ])("'%s' is refused", (text, message) => {
    expect(() => parseDo(text)).toThrow(message);
  });
});

const state = (of: 'connection' | 'ice' | 'signaling', value: string): SignalEvent => ({
  seq: 1,
  t: 0,
  kind: 'state',
  from: 'a',
  to: 'a',
  pc: 'a+b',
  of,
  value,
});

describe('a state is reached', () => {
  test.each([
    ['connected', state('connection', 'connected'), true],
    ['connected', state('ice', 'connected'), false],
    ['ice=connected', state('ice', 'connected'), true],
    ['completed', state('ice', 'completed'), true],
    ['stable', state('signaling', 'stable'), true],
    ['stable', state('signaling', 'closed'), false],
  ])('%s by %o: %s', (text, event, expected) => {
    expect(reaches(event, parseState(text, '--exit-when'))).toBe(expected);
  });
});
