/** Frames and HTTP messages as events, read by the protocol's decoder. */
import type { Draft, PartyId } from '../core/event.ts';
import { withHttp } from '../protocols/http.ts';
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

  function log(frame: Frame): number | undefined {
    const { from, to, signals, protocol = options.protocol() } = options.decode(frame);
    const [own, server] = [options.self(), options.server];
    const out = frame.direction === 'out';
    return options.tell({
      from: from ?? (out ? own : server),
      to: to ?? (out ? server : own),
      ...(frame.http && { link: 'http' }),
      kind: 'message',
      protocol,
      encoding: frame.encoding,
      raw: frame.data,
      signals: withHttp(frame, signals),
    });
  }

  return {
    frame: log,
    http({ body, ...http }) {
      const direction = http.status === undefined ? 'out' : 'in';
      const seq = log({ data: body, encoding: 'text', direction, http });
      if (direction === 'in') lastResponse = seq;
    },
    get lastResponse() {
      return lastResponse;
    },
  };
}
