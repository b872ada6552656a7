/** One payload as signals: what is found in it, judged, without what is no signaling. Knows nothing of other payloads. */
import type { DescriptionSignal, Signal } from '../../core/event.ts';
import { clip } from '../json.ts';
import type { Find, Place } from './found.ts';
import { isCapability, isQuoted, isTelemetry, isTelemetryUrl, isWebRtc } from './gate.ts';
import { type Circumstances, judge, statedType } from './judge.ts';
import { type Peeled, peel } from './peel.ts';

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** A signal without the peer connection it is for, which only the connection knows. */
export type FoundSignal =
  | Omit<DescriptionSignal, 'pc'>
  | Without<Extract<Signal, { type: 'rollback' | 'candidate' | 'end-of-candidates' | 'bye' }>, 'pc'>
  | { readonly type: 'request' | 'notify'; readonly method: string }
  | { readonly type: 'response'; readonly method: string; readonly status: number; readonly ok: false };

export interface FoundInPlace {
  readonly signal: FoundSignal;
  readonly place: Place;
}

export interface Recognised {
  readonly found: readonly FoundInPlace[];
  /** What looks like signaling and is none, in words: `telemetry with 2 descriptions`. */
  readonly aside: readonly string[];
  /** How it was packed, outermost first. */
  readonly carriers: readonly string[];
  /** What the message is called, cut to the length of a label. */
  readonly name: string | undefined;
}

/** Reads one payload. Never throws. */
export function recognise(payload: string | Uint8Array, circumstances: Circumstances = {}): Recognised {
  return judged(peel(payload), circumstances);
}

/** What was found by `peel`, judged. */
export function judged({ finds, carriers, name, spent }: Peeled, circumstances: Circumstances = {}): Recognised {
  const common = { carriers, name: name === undefined ? undefined : clip(name) };
  const telemetry = finds.some(({ place }) => isTelemetry(place)) || isTelemetryUrl(circumstances.http?.url ?? '');
  if (telemetry && finds.length > 0) return { ...common, found: [], aside: [telemetryLabel(finds)] };
  const aside = new Set<string>();
  const found = finds.flatMap((find): FoundInPlace[] => {
    const why =
      find.is === 'description' ? noNegotiation(find) : isQuoted(find.place, false) ? quoted(find) : undefined;
    if (why !== undefined) aside.add(why);
    return why === undefined ? [{ signal: signalOf(find, circumstances), place: find.place }] : [];
  });
  if (spent) aside.add('more than can be looked into');
  return { ...common, found, aside: [...aside] };
}

function telemetryLabel(finds: readonly Find[]): string {
  const count = finds.filter(({ is }) => is === 'description').length;
  return count === 0 ? 'telemetry' : `telemetry with ${count} description${count === 1 ? '' : 's'}`;
}

function noNegotiation({ sdp, place }: Extract<Find, { is: 'description' }>): string | undefined {
  const stated = statedType(place) !== undefined;
  if (isQuoted(place, stated)) return 'chat that quotes a description';
  if (isCapability(place)) return 'capabilities, no offer';
  return isWebRtc(sdp, stated) ? undefined : 'SDP that is not of WebRTC';
}

function quoted({ is }: Find): string | undefined {
  return is === 'candidate' ? 'chat that quotes a candidate' : undefined;
}

function signalOf(find: Find, circumstances: Circumstances): FoundSignal {
  const { is } = find;
  switch (is) {
    case 'description': {
      const { type, stated, sure, because, mislabelled } = judge(find, circumstances);
      const assumed = stated ? {} : { assumed: { sure, because } };
      return { type, sdp: find.sdp, ...assumed, ...(mislabelled !== undefined && { mislabelled: clip(mislabelled) }) };
    }
    case 'candidate': {
      const { is: _, place: __, ...candidate } = find;
      return { type: 'candidate', ...candidate };
    }
    case 'end': {
      const { is: _, place: __, mLine: ___, ...whose } = find;
      return { type: 'end-of-candidates', ...whose };
    }
    case 'refused':
      return { type: 'response', method: find.method, status: find.status, ok: false };
    case 'ask':
      return { type: 'request', method: clip(find.word) };
    case 'credentials': {
      const many = find.candidates === 0 ? '' : `, ${find.candidates} candidate${find.candidates === 1 ? '' : 's'}`;
      return { type: 'notify', method: `ICE parameters ${clip(find.ufrag)}${many}` };
    }
    default:
      return { type: is };
  }
}

/** The signals alone. */
export function signalsIn(payload: string | Uint8Array): FoundSignal[] {
  return recognise(payload).found.map(({ signal }) => signal);
}
