/** One WebSocket connection of a HAR: its messages come one by one, before or after what else its entry holds. */
import type { Draft, SessionHeader, SignalEvent } from '../../core/event.ts';
import { isObject, type JsonObject } from '../../session/lines.ts';
import { type CapturedFrame, readFrame } from '../frame.ts';
import { SERVER } from '../frames/lanes.ts';
import type { Spool } from '../importer.ts';
import { type Happening, startedAt } from './happening.ts';
import { orderOf } from './order.ts';
import { readOwnMessage } from './own.ts';

/** The lane of the browser that was recorded. */
export const CLIENT = 'client';

export interface Socket {
  message(message: JsonObject): void;
  /** All that happened, with the other members of its entry. */
  end(entry: JsonObject): Iterable<Happening>;
}

/** `own`: the session that was written as this HAR. Of such a one that a connection was opened is told by an event of its own. */
export function createSocket(link: string, own: SessionHeader | undefined, spool: Spool): Socket {
  const frames: Happening[] = [];
  /** Of those before it, and as long as none has a time, of the entry. */
  let t: number | undefined;
  let untimed = 0;
  return {
    message(message) {
      const event = own && readOwnMessage(message._event, message.data);
      if (typeof message.time === 'number' && Number.isFinite(message.time)) t = message.time * 1000;
      if (own !== undefined && event !== undefined) {
        frames.push(restored(event, own, spool));
        return;
      }
      const frame = frameOf(message, link, t ?? 0);
      if (frame === undefined) return;
      if (t === undefined) untimed = frames.length + 1;
      frames.push({ t: frame.t, order: orderOf(message), frame: spool.add(JSON.stringify(frame)) });
    },
    *end(entry) {
      const began = startedAt(entry);
      const timed = frames.map((one, i) => (i < untimed && 'frame' in one ? { ...one, t: began } : one));
      if (own === undefined) {
        const [first] = timed;
        const order = orderOf(entry) ?? first?.order;
        yield { t: Math.min(began, first?.t ?? began), order, draft: opened(entry, link) };
      }
      yield* timed;
    },
  };
}

/** An event of the session that was written as this HAR. */
export function restored(event: SignalEvent, own: SessionHeader, spool: Spool): Happening {
  return { t: Date.parse(own.startedAt) + event.t, order: event.seq, event: spool.add(JSON.stringify(event)) };
}

function opened({ request, response }: JsonObject, link: string): Draft {
  const { url } = isObject(request) ? request : {};
  const { status, _error: failure } = isObject(response) ? response : {};
  const refused = typeof status === 'number' && status !== 101;
  const reason = typeof failure === 'string' ? failure : refused ? `HTTP ${status}` : undefined;
  return {
    ...{ from: CLIENT, to: SERVER, link, kind: 'link', change: refused ? 'error' : 'open' },
    ...(typeof url === 'string' && { url }),
    ...(refused && reason !== undefined && { reason }),
  };
}

const DIRECTIONS: ReadonlyMap<unknown, string> = new Map([
  ['send', 'c2s'],
  ['receive', 's2c'],
]);

/** Text is opcode 1, binary (in base64) opcode 2 (RFC 6455 5.2). Anything else, such as an error, is no frame. */
function frameOf({ type, opcode, data }: JsonObject, conn: string, t: number): CapturedFrame | undefined {
  const dir = DIRECTIONS.get(type);
  if (dir === undefined || (opcode !== 1 && opcode !== 2)) return undefined;
  return readFrame({ t, dir, conn, opcode: opcode === 2 ? 'binary' : 'text', data });
}
