/** Small conversations for tests: descriptions of a few lines, folded into a model one message at a time. */
import { type EventBody, pairId, type Signal, type SignalEvent } from '../../src/core/event.ts';
import type { Model, Session, Side } from '../../src/core/model.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';

export interface Shape {
  /** Who made it: gives certificate and `o=` id. */
  readonly by: string;
  readonly ufrag?: string;
  readonly version?: number;
  /** One entry a section: `audio 0`, `video 1 rejected`. */
  readonly sections?: readonly string[];
  readonly setup?: string;
}

const DIGITS = (text: string) => [...text].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7);

/** A session description of the given shape, bundled, with CRLF line ends. */
export function sdp({ by, ufrag = `${by}001`, version = 1, sections = ['audio 0'], setup = 'actpass' }: Shape): string {
  const parsed = sections.map((section) => section.split(' '));
  const live = parsed.filter(([, , rejected]) => rejected === undefined).map(([, mid]) => mid);
  const media = parsed.flatMap(([kind, mid, rejected]) => [
    `m=${kind} ${rejected === undefined ? 9 : 0} UDP/TLS/RTP/SAVPF 96`,
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${ufrag.padEnd(22, 'x')}`,
    `a=fingerprint:sha-256 ${(DIGITS(by) % 256).toString(16).padStart(2, '0').toUpperCase()}:${'AB:'.repeat(30)}AB`,
    `a=setup:${setup}`,
    `a=mid:${mid}`,
    'a=sendrecv',
    'a=rtcp-mux',
    `a=rtpmap:96 ${kind === 'audio' ? 'opus/48000/2' : 'VP8/90000'}`,
  ]);
  const head = [
    'v=0',
    `o=- ${DIGITS(by)} ${version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${live.join(' ')}`,
  ];
  return [...head, ...media, ''].join('\r\n');
}

export const offer = (shape: Shape) => ({ type: 'offer', sdp: sdp(shape) }) as const;
export const answer = (shape: Shape) => ({ type: 'answer', sdp: sdp({ setup: 'active', ...shape }) }) as const;
export const pranswer = (shape: Shape) => ({ type: 'pranswer', sdp: sdp({ setup: 'active', ...shape }) }) as const;
export const rollback = { type: 'rollback' } as const;
export const bye = { type: 'bye' } as const;
export const candidate = (ufrag?: string, mid = '0') =>
  ({
    type: 'candidate',
    candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host',
    mid,
    ...(ufrag !== undefined && { ufrag }),
  }) as const;

type Loose<S> = S extends Signal ? Omit<S, 'pc'> : never;

/** A conversation in progress between any parties. */
export function conversation() {
  const model: Model = emptyModel();
  let t = 0;
  const push = (from: string, to: string, body: EventBody, at?: number): SignalEvent => {
    t = at ?? t + 10;
    const event: SignalEvent = { seq: model.events.length + 1, t, from, to, ...body };
    reduce(model, event);
    return event;
  };
  return {
    model,
    /** `from` sends signals to `to`; returns the event's number. */
    says(from: string, to: string, signal: Loose<Signal>, at?: number): number {
      const signals = [{ ...signal, pc: pairId(from, to) } as Signal];
      return push(from, to, { kind: 'message', protocol: 'test', encoding: 'text', raw: '', signals }, at).seq;
    },
    /** Something that happens inside one party. */
    inside(party: string, body: EventBody): number {
      return push(party, party, body).seq;
    },
    session(pc = 'a+b'): Session {
      const session = model.sessions.get(pc);
      if (session === undefined) throw new Error(`no session ${pc}`);
      return session;
    },
    side(party: string, pc = 'a+b'): Side {
      const side = this.session(pc).sides.get(party);
      if (side === undefined) throw new Error(`no side ${party}`);
      return side;
    },
    /** `a: stable, b: stable` as an object. */
    states(pc = 'a+b') {
      return Object.fromEntries([...this.session(pc).sides.values()].map((side) => [side.party, side.signaling]));
    },
    rounds(pc = 'a+b') {
      return this.session(pc).rounds.map(({ cause, state }) => `${cause} ${state}`);
    },
  };
}
