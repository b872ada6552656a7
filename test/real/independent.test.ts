/**
 * A client that shares no code with renego: MDN's dialect written by hand over `ws`, on the raw WebRTC stack. It does what
 * MDN's own page does, its habits included.
 */
import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isState, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

interface Message {
  readonly type: string;
  readonly name?: string;
  readonly target?: string | null;
  readonly users?: readonly string[];
  readonly sdp?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  readonly [member: string]: unknown;
}

/** The parts of the browser's API that are used here. */
interface RTCSessionDescriptionInit {
  readonly type: string;
  readonly sdp: string;
}
interface RTCIceCandidateInit {
  readonly candidate: string;
}
interface Connection {
  readonly connectionState: string;
  readonly signalingState: string;
  onicecandidate: (event: { candidate: RTCIceCandidateInit | null }) => void;
  ondatachannel: (event: { channel: Channel }) => void;
  createDataChannel(label: string): Channel;
  createOffer(options?: { iceRestart: boolean }): Promise<RTCSessionDescriptionInit>;
  createAnswer(): Promise<RTCSessionDescriptionInit>;
  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
  addTransceiver(kind: string): unknown;
  close(): void;
}
interface Channel {
  onopen: () => void;
  onmessage: (event: { data: string }) => void;
  send(text: string): void;
}

const ufrags = (sdp: string): string[] => [...sdp.matchAll(/a=ice-ufrag:(\S+)/g)].map(([, one = '']) => one);

withParts(['wrtc'], 'an independent client that speaks MDN by hand', () => {
  const { RTCPeerConnection } = createRequire(import.meta.url)('@roamhq/wrtc') as {
    RTCPeerConnection: new () => Connection;
  };
  const open: { end(): unknown }[] = [];

  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.end();
  });

  function run(argv: readonly string[]): Running {
    const running = start(argv);
    open.push({ end: () => running.child.kill('SIGKILL') });
    return running;
  }

  async function serve(...flags: string[]): Promise<string> {
    const server = run(['serve', '--listen', '127.0.0.1:0', '--json', ...flags]);
    const [, url = ''] = await server.says(/signaling {2}(\S+)/);
    return url;
  }

  /** Joins as MDN describes it, and hands out one message after the other. */
  async function join(url: string, name: string) {
    const socket = new WebSocket(url, 'json');
    const pc = new RTCPeerConnection();
    open.push({
      end() {
        socket.close();
        pc.close();
      },
    });
    const inbox: Message[] = [];
    let wake: () => void = () => {};
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.type === 'new-ice-candidate') {
        pc.addIceCandidate(message.candidate as RTCIceCandidateInit).catch((error) => {
          if (pc.connectionState !== 'closed') throw error;
        });
      }
      inbox.push(message);
      wake();
    });
    const next = async (type: string): Promise<Message> => {
      for (;;) {
        const at = inbox.findIndex((message) => message.type === type);
        if (at >= 0) return inbox.splice(at, 1)[0] as Message;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    const say = (message: object): void => socket.send(JSON.stringify(message));
    const { id } = await next('id');
    say({ name, date: Date.now(), id, type: 'username' });
    const first = await next('userlist');
    return { pc, say, next, users: first.users ?? [], name };
  }

  type Client = Awaited<ReturnType<typeof join>>;

  async function offer(client: Client, target: string, options?: { iceRestart: boolean }): Promise<void> {
    const { pc, say, name } = client;
    const description = await pc.createOffer(options);
    await pc.setLocalDescription(description);
    say({ name, target, type: 'video-offer', sdp: { type: 'offer', sdp: description.sdp } });
  }

  async function negotiate(client: Client, target: string, options?: { iceRestart: boolean }): Promise<string> {
    await offer(client, target, options);
    const answer = await client.next('video-answer');
    expect(answer).toMatchObject({ name: target, target: client.name, sdp: { type: 'answer' } });
    await client.pc.setRemoteDescription(answer.sdp as RTCSessionDescriptionInit);
    expect(client.pc.signalingState).toBe('stable');
    return answer.sdp?.sdp ?? '';
  }

  /** As MDN's page does: candidates go out as they come, without a sender. */
  function trickle({ pc, say }: Client, target: string): void {
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) say({ type: 'new-ice-candidate', target, candidate });
    };
  }

  test('gets an answer of serve --echo, a connection, and another answer after an ICE restart', async () => {
    const client = await join(await serve('--echo'), 'hand');
    const here = client.users.includes('echo') ? client.users : (await client.next('userlist')).users;
    expect(here).toContain('echo');
    trickle(client, 'echo');
    const channel = client.pc.createDataChannel('renego');
    const greeted = new Promise<string>((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
    });
    const first = await negotiate(client, 'echo');
    expect(first).toMatch(/^v=0\r\no=.*\r\nm=application [1-9]\d* .*\r\n/s);
    expect(await greeted).toBe('hello from renego');
    expect(client.pc.connectionState).toBe('connected');
    const second = await negotiate(client, 'echo', { iceRestart: true });
    expect(ufrags(second)).not.toEqual(ufrags(first));
    client.say({ name: 'hand', target: 'echo', type: 'hang-up' });
  });

  test('calls renego connect, which answers, restarts ICE by itself, and is hung up on without a target', async () => {
    const url = await serve();
    const client = await join(url, 'hand');
    const renego = run(['connect', url, '--json', '--do', 'restart-ice@answer', '--exit-when', 'closed']);
    const lines = linesOf(renego);
    expect((await client.next('userlist')).users).toEqual(['hand', 'renego']);
    trickle(client, 'renego');
    const channel = client.pc.createDataChannel('renego');
    channel.onopen = () => channel.send('hello by hand');
    const answer = await negotiate(client, 'renego');
    const restart = await client.next('video-offer');
    expect(restart).toMatchObject({ name: 'renego', target: 'hand', sdp: { type: 'offer' } });
    expect(ufrags(restart.sdp?.sdp ?? '')).not.toEqual(ufrags(answer));
    await client.pc.setRemoteDescription(restart.sdp as RTCSessionDescriptionInit);
    const description = await client.pc.createAnswer();
    await client.pc.setLocalDescription(description);
    client.say({ name: 'hand', target: 'renego', type: 'video-answer', sdp: description });
    const round = await lines.until('the restart', (line) => line.kind === 'negotiation' && line.cause !== 'first');
    expect(round).toMatchObject({ cause: 'ice-restart', offerer: 'renego', state: 'complete' });
    await lines.until('the text', (line) => line.kind === 'call' && JSON.stringify(line).includes('hello by hand'));
    client.say({ name: 'hand', target: null, type: 'hang-up' });
    expect(await renego.ended(), renego.stderr()).toBe(0);
    expect(lines.all.filter((line) => line.kind === 'problem' || line.ok === false)).toEqual([]);
  });

  test('is called by renego connect, answers and offers in the same millisecond, and gets its own answer', async () => {
    const url = await serve();
    const client = await join(url, 'hand');
    const renego = run(['connect', url, '--json', '--call', '--media', 'audio,data']);
    const lines = linesOf(renego);
    trickle(client, 'renego');
    const { pc } = client;
    const call = await client.next('video-offer');
    await pc.setRemoteDescription(call.sdp as RTCSessionDescriptionInit);
    // MDN's page adds transceivers instead of tracks: they need sections of their own, so an offer follows at once.
    pc.addTransceiver('video');
    const answer = await pc.createAnswer();
    await pc.setLocalDescription(answer);
    const counter = await pc.createOffer();
    client.say({ name: 'hand', target: 'renego', type: 'video-answer', sdp: answer });
    client.say({ name: 'hand', target: 'renego', type: 'video-offer', sdp: counter });
    await pc.setLocalDescription(counter);
    const back = await client.next('video-answer');
    await pc.setRemoteDescription(back.sdp as RTCSessionDescriptionInit);
    expect(back.sdp?.sdp.match(/^m=\w+/gm)).toEqual(['m=audio', 'm=application', 'm=video']);
    await lines.until('a connection', isState('connection', 'connected'));
    await lines.until('the second round', (line) => line.kind === 'negotiation' && line.offerer === 'hand');
    const rounds = lines.all.filter(({ kind }) => kind === 'negotiation');
    expect(rounds).toMatchObject([
      { cause: 'first', offerer: 'renego', state: 'complete' },
      { cause: 'renegotiation', offerer: 'hand', state: 'complete' },
    ]);
    expect(lines.all.filter((line) => line.kind === 'problem' || line.ok === false)).toEqual([]);
  });
});
