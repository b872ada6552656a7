/** What carries one connection of a replay, whatever it is made of. */
import type { HttpCarriage } from '../../core/event.ts';
import type { Step } from './script.ts';

export type Encoding = 'text' | 'base64';

/** What happens on the connections, by the key of their lane. */
export interface CarrierEvents {
  open(lane: string, url: string): void;
  /** `http` where HTTP carried it: of a response with the exchange of the recorded request. */
  heard(lane: string, raw: string, encoding: Encoding, http?: HttpCarriage): void;
  closed(lane: string, code: number, reason: string): void;
  /** A request of this exchange got no response. */
  unanswered(exchange: string, why: string): void;
  /** There is nobody: the replay ends. */
  failed(error: Error): void;
}

/** One connection to a server. */
export interface Carrier {
  open(): void;
  /** What was said, with how HTTP carried it; undefined if it could not be said. */
  send(step: Step, raw: string): Sent | undefined;
  /** Bytes or characters that wait to be sent, where that is known. */
  backlog?(): number;
  close(): Promise<void>;
}

export interface Sent {
  readonly http?: HttpCarriage;
}

/** All connections of a replay. */
export interface Sockets {
  open(lane: string): void;
  /** As the side that is played did. */
  end(lane: string): void;
  send(step: Step, raw: string): Sent | undefined;
  /** Bytes or characters that wait to be sent on a lane. */
  backlogOf(lane: string): number;
  close(): Promise<void>;
}
