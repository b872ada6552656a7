/** Which descriptions and candidates the watched peer connections have made and been given: to find them on the wire again. */
import type { PcId } from '../../core/event.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';

export interface Knowledge {
  readonly pc: PcId;
  /** What it says is the connection's own: it was made or gathered there. */
  readonly local: boolean;
  /** The event that told of it; undefined for what was only created, and not set yet. */
  readonly seq: number | undefined;
  /** The SDP, or the candidate. */
  readonly text: string;
}

/** A frame or response that carried something in. */
export interface Bringer {
  readonly seq: number | undefined;
  readonly link: string;
  readonly text: string;
}

export interface Known {
  learn(signal: FoundSignal, knowledge: Omit<Knowledge, 'text'>): void;
  /** Whose it is: what a connection has made goes before what one was given. */
  find(signal: FoundSignal): Knowledge | undefined;
  brought(signal: FoundSignal, where: Omit<Bringer, 'text'>): void;
  bringerOf(signal: FoundSignal): Bringer | undefined;
}

/** Older ones are forgotten. */
const MOST = 5000;

export function createKnown(): Known {
  const own = new Map<string, Knowledge>();
  const given = new Map<string, Knowledge>();
  const bringers = new Map<string, Bringer>();
  return {
    learn(signal, knowledge) {
      const key = keyOf(signal);
      if (key !== undefined) put(knowledge.local ? own : given, key, { ...knowledge, text: textOf(signal) });
    },
    find(signal) {
      const key = keyOf(signal);
      return key === undefined ? undefined : (own.get(key) ?? given.get(key));
    },
    brought(signal, where) {
      const key = keyOf(signal);
      if (key !== undefined) put(bringers, key, { ...where, text: textOf(signal) });
    },
    bringerOf(signal) {
      const key = keyOf(signal);
      return key === undefined ? undefined : bringers.get(key);
    },
  };
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}

/**
 * A description is known by its type and its `o=` line, which no other has (RFC 8866 5.2), and by whose it is: a server that
 * is itself an end of both connections passes the line on with a fingerprint of its own. A candidate is known by its text.
 */
function keyOf(signal: FoundSignal): string | undefined {
  if (signal.type === 'candidate') return signal.candidate === '' ? undefined : `c ${signal.candidate}`;
  if (!('sdp' in signal)) return undefined;
  const origin = /^o=(\S+ \S+ \S+)/m.exec(signal.sdp)?.[1];
  const fingerprint = /^a=fingerprint:\s*(\S+ \S+)/m.exec(signal.sdp)?.[1] ?? '';
  return origin === undefined ? undefined : `${signal.type} ${origin} ${fingerprint.toLowerCase()}`;
}

function textOf(signal: FoundSignal): string {
  if ('sdp' in signal) return signal.sdp;
  return signal.type === 'candidate' ? signal.candidate : '';
}
