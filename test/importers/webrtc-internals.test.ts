import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { INTERNALS, oldInternals } from './dumps.ts';

const rounds = (events: readonly SignalEvent[]) =>
  [...events.reduce(reduce, emptyModel()).sessions.values()].map(({ pc, rounds: all }) => [
    pc,
    ...all.map(({ cause, state, offerer }) => `${offerer} ${cause} ${state}`),
  ]);

const CALL = [
  'pc9-1+pc9-2',
  'pc9-1 first complete',
  'pc9-1 renegotiation complete',
  'pc9-1 ice-restart complete',
  'pc9-1 renegotiation complete',
  'pc9-1 renegotiation rolled-back',
  'pc9-2 glare complete',
];

describe('both ends of a call in one dump', () => {
  const { events, header } = readSession(INTERNALS);
  const { sides, candidates } = [...events.reduce(reduce, emptyModel()).sessions.values()][0] ?? {};

  it('are one session: what one end sets remotely is what the other end has set', () => {
    expect(rounds(events)).toEqual([CALL]);
    expect(header).toMatchObject({ startedAt: '2026-11-21T07:45:18.998Z', url: 'http://localhost:37279/call' });
    expect([...(sides ?? [])].map(([party, side]) => [party, side.signaling, side.actual])).toEqual([
      ['pc9-1', 'stable', { signaling: 'stable', gathering: 'complete', ice: 'connected', connection: 'connected' }],
      ['pc9-2', 'stable', { signaling: 'stable', gathering: 'complete', ice: 'connected', connection: 'connected' }],
    ]);
  });

  it('each candidate is there once, and so is the one that nobody sent', () => {
    expect(candidates?.map(({ from, mid }) => `${from} ${mid}`)).toEqual([
      ...['pc9-1 0', 'pc9-1 1', 'pc9-1 2', 'pc9-2 0', 'pc9-1 0', 'pc9-2 0'],
      'pc9-2 nosuch',
    ]);
  });

  it('what the browser refused has its reason', () => {
    const failures = events.flatMap((event) => (event.kind === 'apply' && !event.ok ? [event] : []));
    expect(failures.map(({ op, type, error }) => [op, type, error])).toEqual([
      [
        'remote',
        'answer',
        { name: 'Error', message: 'Failed to set remote answer sdp: Called in wrong state: stable' },
      ],
      ['candidate', undefined, { name: 'Error', message: 'Error processing ICE candidate' }],
    ]);
    for (const { of, seq } of failures) expect(of).toBeLessThan(seq);
  });

  it('calls of the application are there, bookkeeping is not', () => {
    const calls = events.flatMap((event) => (event.kind === 'call' ? [event.name] : []));
    expect(new Set(calls)).toEqual(
      new Set([
        ...[
          'addTrack',
          'addTransceiver',
          'getUserMedia',
          'createDataChannel',
          'createOffer',
          'createAnswer',
          'restartIce',
        ],
        ...['setLocalDescription', 'negotiationneeded', 'track', 'datachannel'],
      ]),
    );
  });

  it('what setLocalDescription made without being told is sent once it is made', () => {
    const last = events.findLast((event) => event.kind === 'message');
    expect(last).toMatchObject({ from: 'pc9-1', signals: [{ type: 'answer', sdp: expect.stringContaining('v=0') }] });
  });

  it('finds what was broken on purpose, and nothing else', () => {
    expect(check(events).flatMap(({ rule, severity }) => (severity === 'info' ? [] : [rule]))).toEqual([
      'description-reflected',
      'candidate-unknown-section',
    ]);
  });
});

describe('old dumps', () => {
  const at = (locale: string) => (t: number) => new Date(t).toLocaleString(locale, { timeZone: 'UTC' });
  const times: [string, (t: number) => string | undefined][] = [
    ['whole seconds, American', at('en-US')],
    ['whole seconds, German', at('de-DE')],
    ['no times at all', () => undefined],
  ];
  it.each(times)('say the same: %s', (_, time) => {
    const { events } = readSession(oldInternals(time));
    expect(rounds(events)).toEqual([CALL]);
    const now = readSession(INTERNALS).events;
    expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(
      now.filter(({ kind }) => kind === 'message').length,
    );
  });

  it('name states as classes', () => {
    const update = (type: string, value: string) => ({ time: '2017-06-30T18:02:21.000Z', type, value });
    const updateLog = [
      update('signalingStateChange', 'SignalingStateHaveLocalOffer'),
      update('iceConnectionStateChange', 'ICEConnectionStateChecking'),
      update('iceGatheringStateChange', 'ICEGatheringStateComplete'),
      update(
        'addIceCandidateFailed',
        'sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:1 1 udp 1 192.0.2.1 9 typ host',
      ),
    ];
    const { events } = readSession(JSON.stringify({ PeerConnections: { '7': { updateLog } } }));
    expect(events.map((one) => (one.kind === 'state' ? `${one.of} ${one.value}` : one.kind))).toEqual([
      ...['signaling have-local-offer', 'ice checking', 'gathering complete'],
      ...['message', 'apply'],
    ]);
    expect(events.at(-1)).toMatchObject({ from: 'pc7', op: 'candidate', ok: false, of: 4 });
  });
});

it('one end alone talks with the remote side', () => {
  const dump = JSON.parse(INTERNALS);
  delete dump.PeerConnections['9-2'];
  const { events } = readSession(JSON.stringify(dump));
  expect(rounds(events)[0]?.slice(0, 4)).toEqual([
    'pc9-1+remote',
    'pc9-1 first complete',
    'pc9-1 renegotiation complete',
    'pc9-1 ice-restart complete',
  ]);
});

it('closing ends the session', () => {
  const updateLog = [
    { type: 'setLocalDescription', value: '{"type":"offer","sdp":"v=0\\r\\n"}', timestamp: 1 },
    { type: 'close', value: '', timestamp: 2 },
  ];
  const { events } = readSession(JSON.stringify({ PeerConnections: { a: { updateLog } } }));
  const [session] = events.reduce(reduce, emptyModel()).sessions.values();
  expect(session?.closedBy).toBe(3);
});

describe('what is not there', () => {
  it('a cut dump is read up to there', () => {
    const { events } = readSession(INTERNALS.slice(0, INTERNALS.length * 0.3));
    expect(events.length).toBeGreaterThan(10);
    expect(events.at(-1)).toMatchObject({ kind: 'problem', code: 'INPUT_CUT' });
  });

  it('a dump without peer connections says so', () => {
    expect(() => readSession('{"PeerConnections":{},"UserAgent":"x"}')).toThrow(
      'The webrtc-internals dump holds no peer connection with an updateLog.',
    );
  });
});

it('what the page asked of camera and microphone stands among the calls, refusals with their reason', () => {
  const dump = {
    getUserMedia: [
      {
        rid: 9,
        request_id: 0,
        request_type: 'getUserMedia',
        timestamp: 1_795_247_119_000,
        audio: '',
        video: '{"width":640}',
      },
      { rid: 9, request_id: 0, timestamp: 1_795_247_119_100, stream_id: 's' },
      {
        rid: 9,
        request_id: 1,
        request_type: 'getDisplayMedia',
        timestamp: 1_795_247_119_600,
        error: 'NotAllowedError',
        error_message: 'Permission denied',
      },
    ],
    PeerConnections: {
      '9-1': { updateLog: [{ type: 'createOffer', value: '', timestamp: 1_795_247_119_500 }] },
    },
  };
  const calls = readSession(JSON.stringify(dump)).events.map(
    (event) => event.kind === 'call' && [event.name, event.args, event.error],
  );
  expect(calls).toEqual([
    ['getUserMedia', { audio: true, video: '{"width":640}' }, undefined],
    ['createOffer', undefined, undefined],
    ['getDisplayMedia', undefined, { name: 'NotAllowedError', message: 'Permission denied' }],
  ]);
});
