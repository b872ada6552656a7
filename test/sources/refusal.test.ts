import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/core/event.ts';
import type { TransceiverInfo } from '../../src/engines/engine.ts';
import { mdn } from '../../src/protocols/mdn.ts';
import { finalRefusalOf, newestSection, nextDirection, refusalOf, type Situation } from '../../src/sources/refusal.ts';

const section = (mid: string | null, more: Partial<TransceiverInfo> = {}): TransceiverInfo => ({
  mid,
  kind: 'audio',
  direction: 'sendrecv',
  currentDirection: 'sendrecv',
  sending: true,
  stopped: false,
  ...more,
});
const call = {
  remote: 'bob',
  signaling: 'stable',
  localSdp: 'm=audio 9 x\r\nm=application 9 y\r\n',
  busy: false,
  transceivers: [section('0')],
};
const fine: Situation = {
  over: false,
  linkOpen: true,
  joined: true,
  others: ['bob'],
  calls: ['bob'],
  capabilities: mdn.capabilities,
  call,
};

describe('an action is refused', () => {
  it.each<[string, Action, Partial<Situation>, RegExp]>([
    ['after the end', { do: 'offer' }, { over: true }, /over/],
    ['without a link to send into', { do: 'send', raw: 'x' }, { linkOpen: false }, /not open/],
    ['when a call is there', { do: 'call' }, {}, /call with bob/],
    ['when that one is called already', { do: 'call', to: 'bob' }, {}, /call with bob/],
    ['when nobody is there', { do: 'call' }, { call: undefined, others: [] }, /no one to call/],
    ['without a call', { do: 'add', media: 'video' }, { call: undefined }, /no call yet/],
    [
      'when our offer is open',
      { do: 'restart-ice' },
      { call: { ...call, signaling: 'have-local-offer' } },
      /roll it back/,
    ],
    ['while a negotiation runs', { do: 'offer' }, { call: { ...call, busy: true } }, /under way/],
    [
      'before anything is negotiated',
      { do: 'restart-ice' },
      { call: { ...call, localSdp: '' } },
      /nothing is negotiated/,
    ],
    ['with nothing to roll back', { do: 'rollback' }, {}, /no offer of ours/],
    ['for a second data channel', { do: 'add', media: 'data' }, {}, /already/],
    [
      'with no section to stop',
      { do: 'stop' },
      { call: { ...call, transceivers: [section(null)] } },
      /no section to stop/,
    ],
    ['for a mid that is not there', { do: 'direction', mid: '9' }, {}, /mid '9'/],
    [
      'where the protocol has no restart',
      { do: 'restart-ice' },
      { capabilities: { ...mdn.capabilities, restart: { why: 'a new offer is a new call here' } } },
      /new call here/,
    ],
    [
      'where the protocol cannot renegotiate',
      { do: 'add', media: 'video' },
      { capabilities: { ...mdn.capabilities, renegotiation: { why: 'this protocol cannot renegotiate' } } },
      /cannot renegotiate/,
    ],
  ])('%s', (_title, action, situation, why) => {
    expect(refusalOf(action, { ...fine, ...situation })).toMatch(why);
  });

  it.each<[Action]>([
    [{ do: 'restart-ice' }],
    [{ do: 'offer' }],
    [{ do: 'add', media: 'video' }],
    [{ do: 'stop' }],
    [{ do: 'direction', mid: '0' }],
    [{ do: 'hangup' }],
  ])('never in an ordinary call: %j', (action) => {
    expect(refusalOf(action, fine)).toBeUndefined();
  });
});

it('an action without mid means the newest section that sends', () => {
  const sections = [section('0'), section('1'), section('2', { sending: false }), section('3', { stopped: true })];
  expect(newestSection(sections)?.mid).toBe('1');
  expect(newestSection([section('4', { sending: false })])?.mid).toBe('4');
  expect(newestSection([section(null)])).toBeUndefined();
});

it('directions go round, past what is agreed on already', () => {
  expect(nextDirection(section('0'))).toBe('sendonly');
  expect(nextDirection(section('0', { currentDirection: 'sendonly' }))).toBe('recvonly');
  expect(nextDirection(section('0', { direction: 'inactive', currentDirection: 'inactive' }))).toBe('sendrecv');
});

it('somebody else can be called too', () => {
  expect(refusalOf({ do: 'call', to: 'ann' }, { ...fine, others: ['ann', 'bob'] })).toBeUndefined();
});

it('ICE can be restarted where nothing else may be negotiated again', () => {
  const capabilities = { ...mdn.capabilities, renegotiation: { why: 'one offer only' } };
  expect(refusalOf({ do: 'restart-ice' }, { ...fine, capabilities })).toBeUndefined();
  expect(refusalOf({ do: 'offer' }, { ...fine, capabilities })).toBe('one offer only');
});

describe('an action is refused for good', () => {
  const once = { why: 'one offer a call' };
  const capabilities = { ...mdn.capabilities, renegotiation: once, restart: once };

  it('when the system of a settled call has no way to do it', () => {
    const now = { ...fine, capabilities };
    expect(finalRefusalOf({ do: 'restart-ice' }, now)).toBe('one offer a call');
    expect(finalRefusalOf({ do: 'add', media: 'video' }, now)).toBe('one offer a call');
    expect(finalRefusalOf({ do: 'step' }, now)).toContain('replay');
  });

  it.each<[string, Action, Partial<Situation>]>([
    ['there is no call yet', { do: 'restart-ice' }, { capabilities, call: undefined }],
    [
      'nothing is settled yet',
      { do: 'restart-ice' },
      { capabilities, call: { ...call, signaling: 'have-local-offer' } },
    ],
    ['a negotiation is under way', { do: 'restart-ice' }, { call: { ...call, busy: true } }],
    ['it can be done', { do: 'restart-ice' }, {}],
  ])('but not when %s', (_, action, now) => {
    expect(finalRefusalOf(action, { ...fine, ...now })).toBeUndefined();
  });
});
