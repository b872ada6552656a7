/**
 * A session as HAR 1.2: WebSocket messages as Chrome writes them (`_webSocketMessages`), and HTTP exchanges. Times alone
 * do not keep the order across connections; `_seq` does. What else has no place in a HAR stands in members of our own.
 */
import type { MessageEvent, SessionHeader, SignalEvent } from '../../core/event.ts';
import { entryOf, request, response } from './har/entry.ts';
import { createExchanges, isHttp } from './har/exchanges.ts';
import { ownEvent, ownHeader } from './har/own.ts';
import { createPiles, type Pile } from './piles.ts';
import type { EventWriter } from './writer.ts';

type Link = Extract<SignalEvent, { kind: 'link' }>;

/** Which side of a connection the browser is: whoever opened it, else whoever is not called a server. */
const SERVERS = /^(?:server|sfu|janus|upstream)\b/;

/** One WebSocket connection. */
interface Socket {
  readonly pile: Pile;
  client: string | undefined;
  opened: boolean;
  url: string | undefined;
  since: number;
  /** The event that opened it. */
  seq: number | undefined;
}

/**
 * An exchange is written as soon as it is answered; the messages of a connection stand in one entry, so they wait on disk
 * until the end.
 */
export function harWriter(header: SessionHeader): EventWriter {
  const began = Date.parse(header.startedAt) || 0;
  const sockets = new Map<string, Socket>();
  const piles = createPiles();
  /** What is no message: states, calls, closed connections, notes. */
  const others = piles.add();
  const exchanges = createExchanges(header, began);
  let entries = 0;

  const entry = (text: string): string => {
    entries += 1;
    return `${entries === 1 ? '' : ','}\n${text}`;
  };
  const socketOf = (link: string, t: number): Socket => {
    const known = sockets.get(link);
    if (known !== undefined) return known;
    const socket = { pile: piles.add(), client: undefined, opened: false, url: undefined, since: t, seq: undefined };
    sockets.set(link, socket);
    return socket;
  };

  function opened(event: Link): void {
    const socket = socketOf(event.link ?? '', event.t);
    if (socket.opened) return;
    Object.assign(socket, { opened: true, client: event.from, url: event.url, since: event.t, seq: event.seq });
  }

  function said(message: MessageEvent): void {
    const { seq, from, to, dir, t, link, encoding, raw } = message;
    const socket = socketOf(link ?? '', t);
    socket.client ??= [from, to].find((party) => !SERVERS.test(party));
    const sent = dir === undefined ? from === socket.client || to !== socket.client : dir === 'c2s';
    const type = sent ? 'send' : 'receive';
    const opcode = encoding === 'text' ? 1 : 2;
    const own = { _seq: seq, _event: ownEvent(message) };
    listed(socket.pile, JSON.stringify({ type, time: (began + t) / 1000, opcode, data: raw, ...own }));
  }

  function* rest(): Generator<string> {
    for (const text of exchanges.rest()) yield entry(text);
    for (const { pile, url = header.url ?? 'ws://unknown.invalid/', since, seq } of sockets.values()) {
      if (pile.empty) continue;
      const head = {
        ...entryOf(began + since, 0),
        request: request('GET', url, {}, undefined),
        response: response(101, {}, ''),
        _resourceType: 'websocket',
        ...(seq !== undefined && { _seq: seq }),
      };
      yield entry(`${JSON.stringify(head).slice(0, -1)},"_webSocketMessages":[`);
      yield* pile.texts();
      yield '\n]}';
    }
    yield '\n],"_events":[';
    yield* others.texts();
    piles.close();
    yield '\n]}}\n';
  }

  return {
    start() {
      const creator = { name: 'renego', version: header.tool.replace(/^renego /, '') };
      const about = JSON.stringify({ version: '1.2', creator, ...ownHeader(header), pages: [] });
      return `{"log":${about.slice(0, -1)},"entries":[`;
    },
    event(event) {
      if (event.kind === 'link') opened(event);
      if (event.kind !== 'message') {
        listed(others, JSON.stringify(event));
        return '';
      }
      if (isHttp(event)) return [...exchanges.add(event)].map(entry).join('');
      said(event);
      return '';
    },
    end: rest,
  };
}

/** One more value of a list. */
const listed = (pile: Pile, text: string): void => pile.add(pile.empty ? `\n${text}` : `,\n${text}`);
