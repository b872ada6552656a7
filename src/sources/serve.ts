/** The embedded server as a source: what its clients send, told from the server's side; with a peer that answers. */
import type { Action, PartyId } from '../core/event.ts';
import type { Engine } from '../engines/engine.ts';
import { mdn } from '../protocols/mdn.ts';
import type { Decoder } from '../protocols/protocol.ts';
import { createEcho } from './echo.ts';
import { type Seen, type SignalingServer, startServer } from './server.ts';
import type { Emit, Source } from './source.ts';

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  /** Adds the peer that answers everyone in the room `/`, driven by this engine. */
  readonly echo?: Engine;
  /** The server listens. */
  readonly listening?: (server: SignalingServer) => void;
}

/** The name of the peer that answers. */
export const ECHO_NAME = 'echo';

export function createServe(options: ServeOptions): Source {
  let emit: Emit = () => undefined;
  const clients = new Map<string, { name: PartyId; readonly decoder: Decoder }>();

  function observe(seen: Seen): void {
    const { key } = seen;
    const link = { to: 'server', link: key };
    if (seen.change === 'open') {
      const name = `client ${key}`;
      clients.set(key, { name, decoder: mdn.decoder({ client: name, server: 'server' }) });
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
    const { data, encoding } = seen;
    const { from, to, signals } = client.decoder.decode({ data, encoding, direction: 'out' });
    client.name = from ?? client.name;
    const between = { from: client.name, to: to ?? 'server', link: key };
    emit({ ...between, kind: 'message', protocol: mdn.name, encoding, raw: data, signals });
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
      });
      try {
        options.listening?.(server);
        const echo = options.echo && createEcho({ url: server.url, engine: options.echo, as: ECHO_NAME });
        const aborted = new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await Promise.all([aborted, echo?.start(sink, signal)]);
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
