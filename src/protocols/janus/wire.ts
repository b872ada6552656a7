/** One message of Janus's JSON API, read into typed values. Everything in it is a stranger's: no field is trusted. */
import type { PcId, Signal } from '../../core/event.ts';
import { isObject, parseJson, readCandidateInit } from '../json.ts';
import type { Frame } from '../protocol.ts';

/** Sessions, handles, rooms and feeds: numbers, or texts where the server is set to `string_ids`. */
export type JanusId = number | string;

export interface JanusMessage {
  /** What it is: `create`, `attach`, `message`, `trickle`, `ack`, `event`, `webrtcup`, … */
  readonly janus: string;
  readonly transaction?: string;
  readonly session?: JanusId;
  /** `handle_id` of a request, `sender` of an event. */
  readonly handle?: JanusId;
  /** What a plugin is told, or says. */
  readonly plugin: Readonly<Record<string, unknown>>;
  readonly jsep?: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const objectIn = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

export const listIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export function idIn(value: unknown): JanusId | undefined {
  return Number.isSafeInteger(value) ? (value as number) : text(value);
}

/** Reads one frame; `fault` says why it is none of Janus's. Never throws. */
export function readJanus(frame: Frame): JanusMessage | { readonly fault: string } {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const body = parseJson(frame.data);
  if (body === undefined) return { fault: 'not JSON' };
  if (!isObject(body)) return { fault: 'JSON, but not an object' };
  const janus = text(body.janus);
  if (janus === undefined) return { fault: "JSON without 'janus'" };
  const transaction = text(body.transaction);
  const session = idIn(body.session_id);
  const handle = idIn(body.handle_id) ?? idIn(body.sender);
  return {
    janus,
    body,
    plugin: isObject(body.body) ? body.body : objectIn(objectIn(body.plugindata).data),
    ...(transaction !== undefined && { transaction }),
    ...(session !== undefined && { session }),
    ...(handle !== undefined && { handle }),
    ...(isObject(body.jsep) && { jsep: body.jsep }),
  };
}

/** The candidates of a `trickle`: one, several, or that there are no more (`completed`). */
export function readTrickle({ body }: JanusMessage, pc: PcId): readonly Signal[] {
  const list = Array.isArray(body.candidates) ? body.candidates : [body.candidate];
  return list.map((one): Signal => {
    if (isObject(one) && one.completed === true) return { type: 'end-of-candidates', pc };
    return readCandidateInit(one, 'trickle', pc);
  });
}

/** Janus's own error, or a plugin's, with its code; undefined if it is none. */
export function errorIn({ janus, body, plugin }: JanusMessage): { code: number; reason: string } | undefined {
  const own = objectIn(body.error);
  const code = janus === 'error' ? own.code : plugin.error_code;
  if (janus !== 'error' && code === undefined && plugin.error === undefined) return undefined;
  const reason = janus === 'error' ? own.reason : plugin.error;
  return { code: typeof code === 'number' ? code : 0, reason: text(reason) ?? 'no reason given' };
}
