/** Frames and HTTP messages as events, read by the protocol's decoder. */
import type { Draft, PartyId } from '../core/event.ts';
import { carriageOf, withHttp } from '../protocols/http.ts';
import type { Decoded, Frame } from '../protocols/protocol.ts';
import type { HttpMessage } from './http-carrier.ts';

export interface FrameLogOptions {
  readonly server: PartyId;
  self(): PartyId;
  /** Its name. */
  protocol(): string;
  decode(frame: Frame): Decoded;
  tell(draft: Draft): number | undefined;
}

export interface FrameLog {
  /** The number of the event. */
  frame(frame: Frame): number | undefined;
  http(message: HttpMessage): void;
  /** The event that the last HTTP response became. */
  readonly lastResponse: number | undefined;
}

export function createFrameLog(options: FrameLogOptions): FrameLog {
  let lastResponse: number | undefined;

  function log(frame: Frame, exchange = ''): number | undefined {
    const { from, to, signals, protocol = options.protocol() } = options.decode(frame);
    const [own, server] = [options.self(), options.server];
    const out = frame.direction === 'out';
    const told = withHttp(frame, signals);
    return options.tell({
      from: from ?? (out ? own : server),
      to: to ?? (out ? server : own),
      ...(frame.http && { link: 'http' }),
      kind: 'message',
      dir: out ? 'c2s' : 's2c',
      protocol,
      encoding: frame.encoding,
      raw: frame.data,
      signals: told,
      ...(frame.http && { http: carriageOf(frame.http, exchange, told) }),
    });
  }

  return {
    frame: (frame) => log(frame),
    http({ body, exchange, ...http }) {
      const direction = http.status === undefined ? 'out' : 'in';
      const seq = log({ data: body, encoding: 'text', direction, http }, exchange);
      if (direction === 'in') lastResponse = seq;
    },
    get lastResponse() {
      return lastResponse;
    },
  };
}
