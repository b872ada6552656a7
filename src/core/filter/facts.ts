/** What filters ask of a signal, found once by a scan of its text: mids, user fragments, codecs, the parts of a candidate. */
import { parseCandidate } from '../../sdp/candidate.ts';
import type { Candidate } from '../../sdp/sdp.ts';
import { STATIC_PAYLOADS } from '../../sdp/static-payloads.ts';
import type { Signal } from '../event.ts';

export interface SignalFacts {
  readonly mids: readonly string[];
  readonly ufrags: readonly string[];
  readonly codecs: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly method: string | undefined;
  /** The description, the candidate line, the label or the method. */
  readonly text: string;
}

const known = new WeakMap<Signal, SignalFacts>();

/** Never throws, whatever the text is. */
export function factsOf(signal: Signal): SignalFacts {
  let facts = known.get(signal);
  if (facts === undefined) {
    facts = 'sdp' in signal ? described(signal.sdp) : single(signal);
    known.set(signal, facts);
  }
  return facts;
}

function single(signal: Exclude<Signal, { sdp: string }>): SignalFacts {
  return {
    mids: 'mid' in signal && signal.mid !== undefined ? [signal.mid] : [],
    ufrags: 'ufrag' in signal && signal.ufrag !== undefined ? [signal.ufrag] : [],
    codecs: [],
    candidates: signal.type === 'candidate' ? readable(signal.candidate) : [],
    method: 'method' in signal ? signal.method : undefined,
    text: textOf(signal),
  };
}

function textOf(signal: Exclude<Signal, { sdp: string }>): string {
  if (signal.type === 'candidate') return signal.candidate;
  if (signal.type === 'other') return signal.label;
  if (signal.type === 'presence') return signal.who;
  return 'method' in signal ? signal.method : '';
}

const INTERESTING =
  /(?<![^\r\n])(?:a=(mid|ice-ufrag):([^\r\n]+)|a=rtpmap:\d+ ([^/\s]+)|a=(candidate:[^\r\n]+)|m=\S+ \d+ \S*RTP\S* ([\d ]+))/g;

function described(sdp: string): SignalFacts {
  const [mids, ufrags] = [new Set<string>(), new Set<string>()];
  const codecs = new Set<string>();
  const candidates: Candidate[] = [];
  for (const [, name, value = '', codec, line, formats] of sdp.matchAll(INTERESTING)) {
    if (name !== undefined) (name === 'mid' ? mids : ufrags).add(value.trim());
    else if (codec !== undefined) codecs.add(codec);
    else if (line !== undefined) candidates.push(...readable(line));
    else for (const format of formats?.split(' ') ?? []) codecs.add(STATIC_PAYLOADS.get(format)?.name ?? '');
  }
  codecs.delete('');
  return { mids: [...mids], ufrags: [...ufrags], codecs: [...codecs], candidates, method: undefined, text: sdp };
}

function readable(line: string): readonly Candidate[] {
  const candidate = parseCandidate(line);
  return candidate === undefined ? [] : [candidate];
}
