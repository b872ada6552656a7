import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { INTERNALS, oldRtcstats } from './dumps.ts';

const lines = (...items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
const V3 = 'RTCStatsDump\n{"fileFormat":3,"userAgent":"x"}\n';
const sdpOf = (event: SignalEvent | undefined) =>
  event?.kind === 'message' && event.signals[0] && 'sdp' in event.signals[0] ? event.signals[0].sdp : undefined;

it('an old dump of the same call says the same as webrtc-internals', () => {
  const messages = (text: string) =>
    readSession(text).events.flatMap((event) =>
      event.kind === 'message' ? event.signals.map(({ type }) => type) : [],
    );
  expect(messages(oldRtcstats())).toEqual(messages(INTERNALS));
  const { events, header } = readSession(oldRtcstats());
  expect(header.parties).toEqual(['PC_1', 'PC_2']);
  const [session, ...others] = events.reduce(reduce, emptyModel()).sessions.values();
  expect(others).toEqual([]);
  expect(session?.rounds.map(({ state }) => state)).toEqual([
    ...['complete', 'complete', 'complete', 'complete', 'rolled-back', 'complete'],
  ]);
});

it('one array around all lines is read as well', () => {
  const [first, second] = [
    ['create', '0-pub', {}, 1_795_247_119_400],
    ['negotiationneeded', '0-pub', null, 1_795_247_119_410],
  ];
  expect(readSession(JSON.stringify([first, second])).events.map(({ t, from }) => [t, from])).toEqual([
    [0, 'pc0-pub'],
    [10, 'pc0-pub'],
  ]);
});

describe('version 3', () => {
  it('writes methods as numbers and times as differences', () => {
    const text =
      V3 +
      lines(
        [39, 'PC_0', {}, 1_795_247_119_400],
        [2, 'PC_0', null, '2-0', 60],
        [3, 'PC_0', null, '2-0', 7],
        [36, 'PC_0', null, 5],
      );
    const { events, header } = readSession(text);
    expect(events.map((one) => [one.t, one.kind === 'call' ? one.name : one.kind])).toEqual([
      [0, 'create'],
      [60, 'createOffer'],
      [72, 'close'],
      [72, 'state'],
    ]);
    expect(header.startedAt).toBe('2026-11-21T07:45:19.400Z');
  });

  const SESSION = 'v=0\r\no=- 5 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
  const AUDIO = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n';
  const VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n';
  const offer = (sdp: string) => ({ type: 'offer', sdp });

  it('stores of a description what has changed since the last of its type', () => {
    const { events } = readSession(
      V3 +
        lines(
          ['createOfferOnSuccess', 'PC_0', offer(SESSION + AUDIO), 1_795_247_119_400],
          [6, 'PC_0', offer('v=\r\nm=\r\n'), '6-0', 1],
          [7, 'PC_0', null, '6-0', 1],
          [6, 'PC_0', offer(`v=\r\nm=\r\n${VIDEO}`), '6-1', 1],
        ),
    );
    expect(events.map(sdpOf).filter((sdp) => sdp !== undefined)).toEqual([SESSION + AUDIO, SESSION + AUDIO + VIDEO]);
  });

  it('a description whose rest is not in the dump is a problem, not half a description', () => {
    const { events } = readSession(
      V3 + lines([39, 'PC_0', {}, 1_795_247_119_400], [8, 'PC_0', offer('v=\r\nm=\r\n'), '8-0', 1]),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['call', 'problem']);
    expect(events[1]).toMatchObject({
      detail: 'line 4 stores what has changed in a description that is not in the dump',
    });
  });

  it('failures say which call they end', () => {
    const { events } = readSession(
      V3 +
        lines(
          [8, 'PC_0', offer(SESSION + AUDIO), '8-0', 1_795_247_119_400],
          [15, 'PC_0', 'InvalidAccessError: no', '8-0', 5],
          [10, 'PC_0', { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' }, '10-0', 1],
          [10, 'PC_0', { candidate: 'candidate:2 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' }, '10-1', 1],
          [16, 'PC_0', 'OperationError: no', '10-0', 1],
          [11, 'PC_0', null, '10-1', 1],
        ),
    );
    expect(events).toMatchObject([
      { kind: 'message', from: 'remote', to: 'PC_0' },
      {
        kind: 'apply',
        op: 'remote',
        type: 'offer',
        ok: false,
        error: { name: 'InvalidAccessError', message: 'no' },
        of: 1,
      },
      { kind: 'message' },
      { kind: 'message' },
      { kind: 'apply', op: 'candidate', ok: false, of: 3 },
    ]);
  });
});

it('a serial number behind the time is no time', () => {
  const text = lines(
    ['create', 'PC_0', {}, 1_795_247_119_400, 1],
    ['onnegotiationneeded', 'PC_0', null, 1_795_247_119_450, 2],
  );
  expect(readSession(text).events.map(({ t }) => t)).toEqual([0, 50]);
});

it('a cut last line is a problem', () => {
  const text = lines(['create', 'PC_0', {}, 1_795_247_119_400]);
  expect(readSession(`${text}["onnegotia`).events.at(-1)).toMatchObject({
    kind: 'problem',
    detail: 'line 2 is no entry of an rtcstats dump',
  });
});
