/** How the systems that take an offer by one POST want it written, and what they take after it. */
import type { PcId, Signal } from '../../core/event.ts';
import { clip, isObject, parseJson } from '../json.ts';
import { signalsIn } from '../recogniser/recognise.ts';

export interface Preset {
  readonly title: string;
  readonly type: 'application/json' | 'application/sdp' | 'text/plain';
  /** Whether posting to the same address again negotiates the same peer connection again. */
  readonly again: boolean;
  /** Ending of paths that such systems have. */
  readonly path: RegExp;
  body(sdp: string, id: string | undefined): string;
}

const json = (sdp: string): string => JSON.stringify({ sdp, type: 'offer' });

export const PRESETS: Readonly<Record<string, Preset>> = {
  json: {
    title: 'JSON {sdp, type}, as the examples of aiortc',
    type: 'application/json',
    again: false,
    path: /\/offer\/?$/,
    body: json,
  },
  pion: {
    title: 'JSON {sdp, type}, again for the same peer connection, as the examples of Pion',
    type: 'application/json',
    again: true,
    path: /\/doSignaling\/?$/i,
    body: json,
  },
  base64: {
    title: 'base64 of JSON {sdp, type}, as the examples of Pion that are copied and pasted',
    type: 'text/plain',
    again: false,
    path: /\/sdp\/?$/,
    body: (sdp) => btoa(json(sdp)),
  },
  pc_id: {
    title: 'JSON {sdp, type, pc_id}, again with the pc_id of the answer, as Pipecat',
    type: 'application/json',
    again: true,
    path: /\/api\/offer\/?$/,
    body: (sdp, id) => JSON.stringify({ sdp, type: 'offer', ...(id !== undefined && { pc_id: id }) }),
  },
  sdp: {
    title: 'the SDP alone',
    type: 'application/sdp',
    again: false,
    path: /(?!)/,
    body: (sdp) => sdp,
  },
  openai: {
    title: 'the SDP alone with a bearer token, as the OpenAI Realtime API',
    type: 'application/sdp',
    again: false,
    path: /\/realtime(?:\/calls)?\/?$/,
    body: (sdp) => sdp,
  },
  go2rtc: {
    title: 'JSON {sdp, type} to /api/webrtc?src=…, as go2rtc',
    type: 'application/json',
    again: false,
    path: /\/api\/webrtc\/?$/,
    body: json,
  },
};

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');

/** The preset whose systems have such an address; the longest path of several counts. */
export function presetFor(url: string): string | undefined {
  const fitting = Object.entries(PRESETS).filter(([, { path }]) => path.test(pathOf(url)));
  return fitting.sort(([, a], [, b]) => b.path.source.length - a.path.source.length)[0]?.[0];
}

/**
 * What a body holds, as signals. What answers a request is an answer and what is requested an offer, unless the body says
 * otherwise.
 */
export function readBody(body: string, pc: PcId, direction: 'in' | 'out'): Signal[] {
  if (body === '') return [];
  const signals = signalsIn(body).flatMap((signal): Signal[] => {
    if (signal.type === 'request' || signal.type === 'notify') return [];
    const whole = { ...signal, pc } as Signal;
    const bare = 'sdp' in whole && 'assumed' in whole && whole.assumed !== undefined;
    if (!bare || !('sdp' in whole)) return [whole];
    return [{ type: direction === 'out' ? 'offer' : 'answer', pc, sdp: whole.sdp }];
  });
  return signals.length > 0 ? signals : [{ type: 'other', label: clip(body.split('\n', 1)[0] ?? '') }];
}

/** The id of the peer connection, where the answer gives it one. */
export function pcIdIn(body: string): string | undefined {
  const value = parseJson(body);
  return isObject(value) && typeof value.pc_id === 'string' ? value.pc_id : undefined;
}
