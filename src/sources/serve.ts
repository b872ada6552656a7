/** The embedded server as a source: what its clients send, told from the server's side; with a peer that answers. */
import { type Action, type Draft, type PartyId, pairId } from '../core/event.ts';
import type { Engine } from '../engines/engine.ts';
import { mdn } from '../protocols/mdn.ts';
import { PEER, perfectNegotiation, readBare } from '../protocols/perfect-negotiation.ts';
import type { Decoder, Frame } from '../protocols/protocol.ts';
import { createEcho } from './echo.ts';
import { isBare, type Spoken } from './rooms.ts';
import { type Seen, type SignalingServer, startServer } from './server.ts';
import type { Emit, Source } from './source.ts';

interface Client {
  name: PartyId;
  /** The name is its own, given in MDN's way. */
  named: boolean;
  readonly room: string;
  /** Speaks bare perfect negotiation. */
  bare: boolean;
  readonly decoder: Decoder;
}

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly spoken?: Spoken;
  /** Adds the peer that answers everyone in the room `/`, driven by this engine. */
  readonly echo?: Engine;
  /** The server listens. */
  readonly listening?: (server: SignalingServer) => void;
}

/** The name of the peer that answers. */
export const ECHO_NAME = 'echo';

export function createServe(options: ServeOptions): Source {
  let emit: Emit = () => undefined;
  const clients = new Map<string, Client>();
  const bareOnly = options.spoken === 'perfect-negotiation';

  function observe(seen: Seen): void {
    const { key } = seen;
    const link = { to: 'server', link: key };
    if (seen.change === 'open') {
      const name = `client ${key}`;
      const decoder = mdn.decoder({ client: name, server: 'server' });
      clients.set(key, { name, named: false, room: seen.room, bare: bareOnly, decoder });
      emit({ ...link, from: name, kind: 'link', change: 'open', url: seen.room });
      return;
    }
    const client = clients.get(key);
    if (!client) return;
    if (seen.change === 'close') {
      clients.delete(key);
      emit({ ...link, from: client.name, kind: 'link', change: 'close', code: seen.code });
      return;
    }
    emit({ link: key, ...told(client, { data: seen.data, encoding: seen.encoding, direction: 'out' }) });
  }

  function told(client: Client, frame: Frame): Draft {
    const { data, encoding } = frame;
    const message = { kind: 'message', dir: 'c2s', encoding, raw: data } as const;
    client.bare ||= options.spoken !== 'mdn' && !client.named && isBare(data);
    if (client.bare) {
      const to = otherOf(client);
      const signals = readBare(frame, pairId(client.name, to));
      return { ...message, from: client.name, to, protocol: perfectNegotiation.name, signals };
    }
    const { from, to, signals } = client.decoder.decode(frame);
    client.name = from ?? client.name;
    client.named ||= from !== undefined;
    return { ...message, from: client.name, to: to ?? 'server', protocol: mdn.name, signals };
  }

  /** Whom a bare message reaches: the only other client without a name, else just "the others". */
  function otherOf(client: Client): PartyId {
    const { room } = client;
    const others = [...clients.values()].filter((one) => one !== client && one.room === room && !one.named);
    return others.length === 1 && others[0] ? others[0].name : PEER;
  }

  const refusal = (action: Action): string | undefined =>
    action.do === 'mark' ? undefined : 'this is a server; it does not negotiate itself';

  return {
    async start(sink, signal) {
      emit = sink;
      const server = await startServer({
        observe,
        ...(options.host !== undefined && { host: options.host }),
        ...(options.port !== undefined && { port: options.port }),
        ...(options.spoken !== undefined && { spoken: options.spoken }),
      });
      try {
        options.listening?.(server);
        const protocol = bareOnly ? perfectNegotiation : mdn;
        const echo = options.echo && createEcho({ url: server.url, engine: options.echo, as: ECHO_NAME, protocol });
        const aborted = new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        });
        // A bare echo is a client like any other on the wire; telling its inside under another name would say it twice.
        await Promise.all([aborted, echo?.start(bareOnly ? () => undefined : sink, signal)]);
      } finally {
        await server.close();
        emit = () => undefined;
      }
      return { reason: 'aborted', code: 0 };
    },
    dispatch(action) {
      if (action.do === 'mark') emit({ from: 'server', to: 'server', kind: 'mark', text: action.text });
      else
        emit({ from: 'server', to: 'server', kind: 'problem', code: 'ACTION_REFUSED', detail: refusal(action) ?? '' });
    },
    refusal,
  };
}
