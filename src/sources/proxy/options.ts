/** What a proxy is told when it is opened. */
import type { Protocol } from '../../protocols/protocol.ts';
import type { Intervention } from './intervention.ts';

export interface ProxyOptions {
  readonly url: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tls?: boolean;
  /** Accepts any certificate of the server. */
  readonly insecure?: boolean;
  readonly protocol?: Protocol;
  /** Puts the proxy's address in the place of the server's own in JSON, pages and scripts (the default). */
  readonly rewrite?: boolean;
  readonly interventions?: readonly Intervention[];
  /** Milliseconds a held message waits at most when nobody acts. */
  readonly patience?: number;
  /** Milliseconds until it is told that a ping or a handshake is not answered. */
  readonly silence?: number;
  /** Milliseconds in which is read at the end what has passed; what is not read by then is counted. */
  readonly drain?: number;
}
