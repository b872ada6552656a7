import { expect, test } from 'vitest';
import type { Signal } from '../../../src/core/event.ts';
import { altered } from '../../../src/sources/replay/altered.ts';
import type { Step } from '../../../src/sources/replay/script.ts';

const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2', 'a=sendrecv'];
const VIDEO = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', 'a=sendrecv'];

function sdpOf(ufrag: string, extmap: number): string {
  const common = [`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${ufrag.repeat(6)}`, `a=extmap:${extmap} urn:example:ext`];
  const sections = [AUDIO, VIDEO].flatMap((section, mid) => [...section, `a=mid:${mid}`, ...common]);
  const head = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1'];
  return [...head, ...sections, ''].join('\r\n');
}

const answer = (sdp: string): Signal => ({ type: 'answer', pc: 'p', sdp });
const SAID = sdpOf('newX', 3);
const step: Step = {
  ...{ seq: 7, t: 0, lane: 'a', do: 'hear', raw: '', encoding: 'text', protocol: 'x', from: 'bob' },
  signals: [answer(SAID)],
};
const ours = { has: (text: string) => text === SAID };
const told = (sdp: string) => altered(step, { signals: [answer(sdp)] }, ours)?.sentence;

test('what a server changes in several sections is said once', () => {
  expect(told(sdpOf('newX', 13))).toMatch(
    /^The answer of bob \(event 7 of the recording\) arrives changed: Changes header extension \S+ 3 → 13 \(in 2 sections\)\.$/,
  );
});

test('credentials that a server puts in are no restart of anybody', () => {
  expect(told(sdpOf('oldX', 3))).toMatch(
    / arrives changed: Has other ICE credentials: ufrag newX → oldX, new password\.$/,
  );
});

test('what arrives as it was said is not told', () => {
  expect(told(SAID)).toBeUndefined();
});
