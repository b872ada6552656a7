/** Candidates as all kinds of systems write them, and fragments of SDP that hold some. */
import type { JsonObject, Target } from './found.ts';

/** The grammar of a candidate line, as far as it tells one from other text (RFC 8839 5.1). */
const LINE = /^(?:a=)?candidate:\S{1,32} \d+ \S+ \d+ \S+ \d+ typ \S+/i;

export const isCandidate = (text: string): boolean => LINE.test(text);

/**
 * Which section and credentials a candidate is for. Identifiers are text, whatever JSON made of them. An empty mid names
 * none: browsers then take the index, the first section without one.
 */
export function candidateTarget(init: JsonObject): Target {
  const index = firstOf(init, [
    'sdpMLineIndex',
    'sdp_mline_index',
    'sdpMlineIndex',
    'mLineIndex',
    'mlineindex',
    'label',
  ]);
  const mid = firstOf(init, ['sdpMid', 'sdp_mid', 'mid']) ?? (typeof index === 'number' ? init.id : undefined);
  const ufrag = firstOf(init, ['usernameFragment', 'username_fragment', 'ufrag']);
  if (mid === '') return candidateTarget({ sdpMLineIndex: index ?? 0, ...(ufrag !== undefined && { ufrag }) });
  return {
    ...((typeof mid === 'string' || typeof mid === 'number') && { mid: String(mid) }),
    ...(typeof index === 'number' && Number.isInteger(index) && { mLine: index }),
    ...(typeof ufrag === 'string' && ufrag !== '' && { ufrag }),
  };
}

export const isEmpty = ({ mid, mLine, ufrag }: Target): boolean =>
  mid === undefined && mLine === undefined && ufrag === undefined;

function firstOf(object: JsonObject, names: readonly string[]): unknown {
  const name = names.find((one) => object[one] !== undefined && object[one] !== null);
  return name === undefined ? undefined : object[name];
}

/** `candidate:…|0|audio`, as MixedReality-WebRTC sends it: the line, then index and mid. */
export function splitByBars(text: string): { readonly candidate: string } & Target {
  const [, candidate, mLine, mid] = /^([^|]+)\|(\d+)\|([^|]*)$/.exec(text.trim()) ?? [];
  if (candidate === undefined) return { candidate: text };
  return { candidate, mLine: Number(mLine), ...(mid !== undefined && mid !== '' && { mid }) };
}

/** What a fragment of SDP (RFC 8840, `application/trickle-ice-sdpfrag`) holds. */
export interface Fragment {
  /** Candidates and ends of candidates in the order they stand, each with its section and credentials. */
  readonly items: readonly (Target & { readonly candidate: string | null })[];
  /** The first ICE user fragment. */
  readonly ufrag: string | undefined;
}

/** Every line is of SDP's form, and one of them says what fragments are for. */
export function isFragment(text: string): boolean {
  if (!/^\s*[a-z]=/.test(text) || !/^a=(?:ice-ufrag:|candidate:|end-of-candidates)/m.test(text)) return false;
  return text.split(/\r?\n/).every((line) => line === '' || /^[a-z]=/.test(line));
}

export function readFragment(text: string): Fragment {
  const items: (Target & { candidate: string | null })[] = [];
  let [session, ufrag, mid, first]: (string | undefined)[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('m=')) [inside, mid, ufrag] = [true, undefined, session];
    else if (line.startsWith('a=mid:')) mid = line.slice(6).trim();
    else if (line.startsWith('a=ice-ufrag:')) {
      ufrag = line.slice(12).trim();
      first ??= ufrag;
      if (!inside) session = ufrag;
    } else {
      const whose = { ...(mid !== undefined && { mid }), ...(ufrag !== undefined && { ufrag }) };
      if (line.startsWith('a=candidate:')) items.push({ candidate: line.slice(2), ...whose });
      else if (/^a=end-of-candidates\s*$/.test(line)) items.push({ candidate: null, ...whose });
    }
  }
  return { items, ufrag: first };
}
