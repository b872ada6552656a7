/** What a HAR that renego wrote has beyond the standard (sinks/convert/har/own.ts): the session as it was. */
import type { SessionHeader, SignalEvent } from '../../core/event.ts';
import { hashOf } from '../../core/hash.ts';
import { isKnownKind, wrongField, wrongSignalField } from '../../session/fields.ts';
import { isObject, type JsonObject } from '../../session/lines.ts';

/** Undefined if it is none. */
export function readOwnHeader(value: unknown): SessionHeader | undefined {
  if (!isObject(value) || value.format !== 1) return undefined;
  const { tool, startedAt, source, parties, redacted } = value;
  const texts = [tool, startedAt, source].every((one) => typeof one === 'string');
  const lists = [parties, redacted].every((one) => Array.isArray(one) && one.every((name) => typeof name === 'string'));
  if (!texts || !lists || !Number.isFinite(Date.parse(String(startedAt)))) return undefined;
  if (value.url !== undefined && typeof value.url !== 'string') return undefined;
  return value as unknown as SessionHeader;
}

/** The event whose text stands beside `value`; undefined if it is none, or of another text. */
export function readOwnMessage(value: unknown, raw: unknown): SignalEvent | undefined {
  if (!isObject(value) || typeof raw !== 'string' || value.text !== hashOf(raw) || !isObject(value.event))
    return undefined;
  return readOwnEvent({ ...value.event, raw });
}

/** A whole event; undefined if it is none. */
export function readOwnEvent(value: unknown): SignalEvent | undefined {
  if (!isObject(value)) return undefined;
  const { kind, seq, t } = value;
  if (typeof kind !== 'string' || !isKnownKind(kind) || wrongField(value, kind) !== undefined) return undefined;
  if (!Number.isSafeInteger(seq) || typeof t !== 'number') return undefined;
  const signals = kind === 'message' ? (value.signals as readonly unknown[]) : [];
  if (signals.some((signal) => wrongSignalField(signal) !== undefined)) return undefined;
  return value as unknown as SignalEvent;
}

/** What an entry's request and its response carried; undefined unless all of it is known. */
export function readOwnExchange({ request, response }: JsonObject): readonly SignalEvent[] | undefined {
  const { postData, _events: asked } = isObject(request) ? request : {};
  const { content, _events: answered } = isObject(response) ? response : {};
  if (asked === undefined && answered === undefined) return undefined;
  const events = [...readBody(asked, postData), ...readBody(answered, content)];
  return events.every((event) => event !== undefined) ? events : undefined;
}

/** Messages of one body are parted as Engine.IO 4 does. */
function readBody(list: unknown, content: unknown): readonly (SignalEvent | undefined)[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [undefined];
  const { text = '' } = isObject(content) ? content : {};
  if (typeof text !== 'string') return [undefined];
  const parts = list.length === 1 ? [text] : text.split('\x1e');
  return parts.length === list.length ? list.map((one, i) => readOwnMessage(one, parts[i])) : [undefined];
}
