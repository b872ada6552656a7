import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import type { EngineEvent, EngineFactory, IceCandidateInit, PeerConnection } from '../../src/engines/engine.ts';
import { createWrtcEngine, wrtc } from '../../src/engines/wrtc.ts';

let factory: EngineFactory;
beforeAll(async () => {
  factory = await wrtc.load();
});

interface End {
  readonly pc: PeerConnection;
  readonly events: EngineEvent[];
  /** Resolves with the first event, past or future, that matches. */
  until(match: (event: EngineEvent) => boolean): Promise<EngineEvent>;
}

const ends: End[] = [];
afterEach(() => {
  for (const { pc } of ends.splice(0)) pc.close();
});

function end(): End {
  const events: EngineEvent[] = [];
  const waits = new Set<(event: EngineEvent) => void>();
  const pc = factory.create({}, (event) => {
    events.push(event);
    for (const wait of waits) wait(event);
  });
  const until = (match: (event: EngineEvent) => boolean): Promise<EngineEvent> =>
    new Promise((resolve) => {
      const past = events.find(match);
      if (past) return resolve(past);
      const wait = (event: EngineEvent): void => {
        if (!match(event)) return;
        waits.delete(wait);
        resolve(event);
      };
      waits.add(wait);
    });
  const one = { pc, events, until };
  ends.push(one);
  return one;
}

const connected = (event: EngineEvent): boolean => event.on === 'connection' && event.state === 'connected';

function pair(): [End, End] {
  const a = end();
  const b = end();
  const forward = (from: End, to: End): void => {
    const early: (IceCandidateInit | null)[] = [];
    void from.until((event) => {
      if (event.on === 'candidate') early.push(event.candidate);
      if (to.pc.signalingState !== 'closed' && to.pc.localDescription) {
        for (const candidate of early.splice(0)) void to.pc.addIceCandidate(candidate).catch(() => {});
      }
      return false;
    });
  };
  forward(a, b);
  forward(b, a);
  return [a, b];
}

async function negotiate(from: End, to: End, options?: { iceRestart: boolean }): Promise<void> {
  const offer = await from.pc.createOffer(options);
  await from.pc.setLocalDescription(offer);
  await to.pc.setRemoteDescription(offer);
  const answer = await to.pc.createAnswer();
  await to.pc.setLocalDescription(answer);
  await from.pc.setRemoteDescription(answer);
}

const ufrag = (end: End): string | undefined => /a=ice-ufrag:(\S+)/.exec(end.pc.localDescription?.sdp ?? '')?.[1];

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return error ? `${error.name}: ${error.message}` : 'no failure';
}

describe('wrtc engine', () => {
  it('connects, passes media and text, and says so', async () => {
    const [a, b] = pair();
    a.pc.add('audio');
    a.pc.add('video');
    a.pc.add('data');
    await a.until((event) => event.on === 'negotiationneeded');
    await negotiate(a, b);
    await Promise.all([a.until(connected), b.until(connected)]);
    await b.until((event) => event.on === 'datachannel' && event.label === 'renego');
    const hello = await b.until((event) => event.on === 'data');
    expect(hello).toEqual({ on: 'data', label: 'renego', text: 'hello from renego' });
    const media = await Promise.all(
      ['audio', 'video'].map((kind) => b.until((event) => event.on === 'media' && event.kind === kind)),
    );
    expect(media).toEqual([
      { on: 'media', kind: 'audio', mid: '0' },
      { on: 'media', kind: 'video', mid: '1' },
    ]);
    expect(a.pc.send('ping')).toBe(true);
    await b.until((event) => event.on === 'data' && event.text === 'ping');
    const stats = await a.pc.stats();
    expect(stats).toMatchObject({ dtlsState: 'connected', localUfrag: ufrag(a) });
    expect(stats.localCandidate).toMatch(/^(udp|tcp) \w+ \S+:\d+$/);
    expect(stats.bytesSent).toBeGreaterThan(0);
  });

  it.each(['restartIce', 'createOffer'] as const)('an ICE restart by %s changes both user fragments', async (how) => {
    const [a, b] = pair();
    a.pc.add('data');
    await negotiate(a, b);
    await a.until(connected);
    const before = [ufrag(a), ufrag(b)];
    if (how === 'restartIce') {
      a.pc.restartIce();
      await negotiate(a, b);
    } else {
      await negotiate(a, b, { iceRestart: true });
    }
    expect(ufrag(a)).not.toBe(before[0]);
    expect(ufrag(b)).not.toBe(before[1]);
  });

  it('does not roll back by itself on glare; an explicit rollback clears the way', async () => {
    const [a, b] = pair();
    a.pc.add('data');
    b.pc.add('data');
    const [offerA, offerB] = await Promise.all([a.pc.createOffer(), b.pc.createOffer()]);
    await a.pc.setLocalDescription(offerA);
    await b.pc.setLocalDescription(offerB);
    expect(await failure(b.pc.setRemoteDescription(offerA))).toMatch(/Called in wrong state: have-local-offer/);
    await b.pc.setLocalDescription({ type: 'rollback', sdp: '' });
    expect(b.pc.signalingState).toBe('stable');
    await b.pc.setRemoteDescription(offerA);
    const answer = await b.pc.createAnswer();
    await b.pc.setLocalDescription(answer);
    await a.pc.setRemoteDescription(answer);
    expect([a.pc.signalingState, b.pc.signalingState]).toEqual(['stable', 'stable']);
  });

  it('stops, recycles and turns sections', async () => {
    const [a, b] = pair();
    a.pc.add('audio');
    a.pc.add('video');
    await negotiate(a, b);
    expect(a.pc.stop()).toBe('video 1');
    await negotiate(a, b);
    expect(a.pc.localDescription?.sdp).toMatch(/m=video 0 /);
    expect(a.pc.transceivers().filter((one) => !one.stopped)).toHaveLength(1);
    a.pc.add('video');
    a.pc.setDirection('0', 'recvonly');
    await negotiate(a, b);
    const sections = a.pc.localDescription?.sdp.match(/^(m=\w+|a=mid:\S+|a=recvonly)/gm);
    expect(sections).toEqual(['m=audio', 'a=mid:0', 'a=recvonly', 'm=video', 'a=mid:2']);
    expect(() => a.pc.setDirection('7', 'inactive')).toThrow("there is no live section with mid '7'");
    expect(() => a.pc.setDirection('0', 'sideways')).toThrow("'sideways' is not a direction");
  });

  it('sends on the section that is meant, and prefers codecs there alone', async () => {
    const [a, b] = pair();
    a.pc.add('audio', { direction: 'recvonly' });
    a.pc.add('audio', { direction: 'recvonly', codecs: ['PCMA'] });
    await negotiate(a, b);
    a.pc.add('audio', { mid: '1' });
    await negotiate(a, b);
    const sections = (a.pc.localDescription?.sdp ?? '').split('\r\nm=').slice(1);
    expect(
      sections.map((text) => [/a=(sendrecv|recvonly)/.exec(text)?.[1], / (\d+)/.exec(text.slice(8))?.[1]]),
    ).toEqual([
      ['recvonly', '111'],
      ['sendrecv', '8'],
    ]);
    const payloads = sections[1]?.split('\r\n', 1)[0]?.split(' ').slice(3) ?? [];
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(a.pc.transceivers().map(({ sending }) => sending)).toEqual([false, true]);
    await Promise.all([a.until(connected), b.until(connected)]);
    await b.until((event) => event.on === 'media' && event.mid === '1');
    expect(() => a.pc.add('audio', { mid: '7' })).toThrow("there is no live section with mid '7'");
  });

  it('names failures in the words of libwebrtc', async () => {
    const [a, b] = pair();
    a.pc.add('data');
    const cases: [string, () => Promise<unknown>][] = [
      [
        'OperationError: Failed to parse SessionDescription. Expect line: v=',
        () => a.pc.setRemoteDescription({ type: 'offer', sdp: 'garbage' }),
      ],
      [
        'InvalidStateError: Failed to set remote answer sdp: Called in wrong state: stable',
        () => a.pc.createOffer().then(({ sdp }) => a.pc.setRemoteDescription({ type: 'answer', sdp })),
      ],
      [
        'InvalidStateError: Called in wrong signalingState: stable',
        () => a.pc.setLocalDescription({ type: 'rollback', sdp: '' }),
      ],
    ];
    for (const [text, call] of cases) expect(await failure(call())).toBe(text);
    const early = { candidate: 'candidate:1 1 udp 2122194687 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
    expect(await failure(b.pc.addIceCandidate(early))).toMatch(/^OperationError: .+/);
  });

  it('settles every call after close, even those that were under way', async () => {
    const { pc } = end();
    pc.add('data');
    const offer = await pc.createOffer();
    const underWay = failure(pc.setLocalDescription(offer));
    pc.close();
    pc.close();
    await underWay;
    const calls = [
      pc.addIceCandidate(null),
      pc.createOffer(),
      pc.setLocalDescription(offer),
      pc.setRemoteDescription(offer),
    ];
    for (const call of calls) expect(await failure(call)).toMatch(/^InvalidStateError: .*'closed'/);
    expect(() => pc.restartIce()).toThrow(/closed/);
    expect(() => pc.add('audio')).toThrow(/closed/);
    expect([pc.signalingState, pc.localDescription, pc.send('x'), pc.transceivers()]).toEqual([
      'closed',
      null,
      false,
      [],
    ]);
    expect((await pc.stats()).dtlsState).toBeUndefined();
  });

  it('says what to do where the binary is missing', async () => {
    const broken = createWrtcEngine(() => Promise.reject(new Error("Cannot find module '@roamhq/wrtc-linux-x64'")));
    const error = await broken.load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RenegoError);
    expect(error).toMatchObject({ kind: 'connect', code: 'ENGINE_UNAVAILABLE' });
  });
});
