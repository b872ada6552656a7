import { expect, test } from 'vitest';
import type { Signal } from '../../src/core/event.ts';
import { type Passing, parseMatcher } from '../../src/core/matcher.ts';

const offer: Signal = { type: 'offer', pc: 'x', sdp: 'v=0\r\na=ice-ufrag:abcd\r\na=mid:0\r\n' };
const relay: Signal = { type: 'candidate', pc: 'x', candidate: 'candidate:1 1 UDP 1 192.0.2.1 9 typ relay', mid: '1' };
const passing = (signals: readonly Signal[], more: Partial<Passing> = {}): Passing => {
  return { out: true, from: 'app', to: 'server', link: 'app', protocol: 'mdn', raw: '{"hello":1}', signals, ...more };
};

test.each([
  ['offer', passing([offer]), true],
  ['answer', passing([offer]), false],
  ['negotiation', passing([relay]), true],
  ['negotiation', passing([{ type: 'request', method: 'join' }]), false],
  ['description', passing([offer]), true],
  ['offer c2s', passing([offer]), true],
  ['offer[s2c]', passing([offer]), false],
  ['s2c', passing([offer], { out: false }), true],
  ['offer[mid=0]', passing([offer]), true],
  ['offer[mid=7]', passing([offer]), false],
  ['offer[ufrag=abcd]', passing([offer]), true],
  ['offer["a=mid"]', passing([offer]), true],
  ['candidate[relay]', passing([relay]), true],
  ['candidate[relay, udp, mid=1]', passing([relay]), true],
  ['candidate[host]', passing([relay]), false],
  ['candidate[relay]', passing([offer, relay]), true],
  ['message', passing([]), true],
  ['message["hello"]', passing([]), true],
  ['message["bye"]', passing([]), false],
  ['text="hello" from=app to:server link=app', passing([]), true],
  ['from=app-2', passing([]), false],
  ['request[method=join]', passing([{ type: 'request', method: 'join' }]), true],
  ['other["x"]', passing([{ type: 'other', label: 'x' }]), true],
])('%s', (text, what, fits) => {
  expect(parseMatcher(text)(what)).toBe(fits);
});

test('ICE generations, time, codecs and combinations work on messages on their way', () => {
  const restart = passing([offer], { t: 2500, ice: [{ generation: 2, restart: true, stale: false }] });
  for (const text of [
    'ice:restart',
    'offer ice:2',
    'time>2s',
    'time:1s..3s and not answer',
    '(answer or offer) c2s',
    'bytes<1kB',
  ]) {
    expect(parseMatcher(text)(restart), text).toBe(true);
  }
  for (const text of ['ice:1', 'time<2s', 'codec:opus', 'ice:stale', 'offer -c2s']) {
    expect(parseMatcher(text)(restart), text).toBe(false);
  }
});

test('saved filters can be named, also in rules', () => {
  expect(parseMatcher('@relays', { relays: 'candidate[relay]' })(passing([relay]))).toBe(true);
  expect(() => parseMatcher('@relay', { relays: 'candidate[relay]' })).toThrow(
    /no filter is saved as "relay"; there are relays/,
  );
});

test.each([
  ['', /says nothing/],
  ['offr', /"offr" is no kind of message; did you mean offer\?/],
  ['offer[loud]', /"loud" is no kind of message/],
  ['offer constructor', /"constructor" is no kind of message; write text:constructor/],
  ['finding:error', /finding is not known before a message has passed/],
  ['offer[mid=0', /this bracket is not closed/],
  ['frm:alice', /no field "frm"; did you mean from\?/],
])('%s is refused', (text, why) => {
  expect(() => parseMatcher(text)).toThrow(why);
});
