/** Streams of Server-Sent Events of a replay that plays the server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { withData } from '../proxy/event-blocks.ts';
import type { CarrierEvents } from './carrier.ts';
import { allow } from './http-server.ts';
import type { Places } from './places.ts';

/** A client that is told things, and says nothing. */
export interface Listener {
  send(raw: string): boolean;
  /** Bytes that wait to be sent. */
  backlog(): number;
  close(): void;
}

/** A client that asks for a stream gets one of the recording; whose it is then, and its listener. */
export function openEvents(
  request: IncomingMessage,
  response: ServerResponse,
  places: Places,
  events: CarrierEvents,
): { readonly key: string; readonly listener: Listener } | undefined {
  const { url = '/' } = request;
  const lane = places.take('events', url);
  allow(request, response);
  if (lane === undefined) {
    // What tells an EventSource that it need not come again (HTML, section 9.2.3).
    response.writeHead(204).end();
    return undefined;
  }
  const { key } = lane;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  response.on('close', () => events.closed(key, 1000, 'the stream of events is closed'));
  const listener: Listener = {
    send(raw) {
      if (response.destroyed || response.writableEnded) return false;
      response.write(withData(Buffer.alloc(0), raw));
      return true;
    },
    backlog: () => response.writableLength,
    close: () => response.end(),
  };
  return { key, listener };
}

export const wantsEvents = ({ method, headers: { accept = '' } }: IncomingMessage): boolean =>
  method === 'GET' && accept.includes('text/event-stream');
