/** HAR 1.2, as browsers save it: WebSocket messages (Chrome's `_webSocketMessages`), and SDP over HTTP. */
import { RenegoError } from '../core/errors.ts';
import type { SessionHeader } from '../core/event.ts';
import { type HttpExchange, mayMatter } from '../protocols/recogniser/http-exchange.ts';
import { isObject } from '../session/lines.ts';
import { readExchange } from './har/exchange.ts';
import { type Happening, httpHappenings, type Timing, timingOf } from './har/happening.ts';
import { inOrder } from './har/order.ts';
import { readOwnEvent, readOwnExchange, readOwnHeader } from './har/own.ts';
import { createSocket, restored, type Socket } from './har/socket.ts';
import { tellHappenings } from './har/tell.ts';
import { type Importer, memorySpool, type Put, type Reading, startOf } from './importer.ts';
import { createJsonReader } from './json-stream.ts';

const EXAMPLE = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    entries: [
      {
        startedDateTime: '2026-11-21T07:47:26.064Z',
        request: { method: 'GET', url: 'ws://127.0.0.1:8080/' },
        response: { status: 101 },
        _resourceType: 'websocket',
        _webSocketMessages: [
          { type: 'send', time: 1795247246.07, opcode: 1, data: '{"type":"offer","sdp":"v=0\\r\\n"}' },
          { type: 'receive', time: 1795247246.09, opcode: 1, data: '{"type":"answer","sdp":"v=0\\r\\n"}' },
        ],
      },
    ],
  },
});

export const har: Importer = {
  name: 'har',
  title: 'HAR',
  sniff(head) {
    if (!/^\ufeff?\s*\{\s*"log"\s*:\s*\{/.test(head)) return 0;
    return /"(?:entries|creator|pages)"\s*:/.test(head) ? 0.98 : 0.5;
  },
  open: openHar,
  example: EXAMPLE,
};

/**
 * Entries are looked at one by one, and the messages of a connection too; of those without signaling nothing is kept. What
 * was read waits in the spool until all is there: only then the order is known.
 */
function openHar(put: Put, spool = memorySpool()): Reading {
  const happenings: Happening[] = [];
  const exchanges = new Map<HttpExchange, Timing>();
  let [listed, links] = [false, 0];
  /** What was written as this HAR, where it was renego. */
  let own: SessionHeader | undefined;
  let header: Partial<SessionHeader> = {};
  /** The entry that is being read: its members so far, and its connection if it is one. */
  let entry:
    | { readonly index: number | string; readonly members: Record<string, unknown>; socket?: Socket }
    | undefined;

  function member(index: number | string, key: string, value: unknown, at: number | string | undefined): void {
    if (entry?.index !== index) {
      whole();
      entry = { index, members: {} };
    }
    if (at === undefined || key !== '_webSocketMessages') {
      // As JSON.parse does it: `__proto__` is a member like others.
      if (key !== '__proto__') entry.members[key] = value;
      return;
    }
    if (typeof at === 'string') return;
    entry.socket ??= socketOf();
    if (isObject(value)) entry.socket.message(value);
  }

  function socketOf(): Socket {
    links += 1;
    return createSocket(`ws${links}`, own, spool);
  }

  /** An entry is over. */
  function whole(): void {
    const done = entry;
    entry = undefined;
    if (done === undefined) return;
    const { members } = done;
    const socket = done.socket ?? (members._resourceType === 'websocket' ? socketOf() : undefined);
    if (socket !== undefined) {
      for (const one of socket.end(members)) happenings.push(one);
      return;
    }
    const known = own && readOwnExchange(members);
    if (own !== undefined && known !== undefined) {
      for (const event of known) happenings.push(restored(event, own, spool));
      return;
    }
    const exchange = readExchange(members);
    if (exchange !== undefined && mayMatter(exchange)) exchanges.set(exchange, timingOf(members));
  }

  const reader = createJsonReader({
    want: ([log, entries, index, key, ...rest]) => {
      if (log === undefined || (log === 'log' && entries === undefined)) return 'enter';
      if (log === 'log' && entries === '_session') return 'take';
      if (log === 'log' && entries === '_events') return index === undefined ? 'enter' : 'take';
      if (log !== 'log' || entries !== 'entries') return 'skip';
      listed = true;
      if (index === undefined || key === undefined) return 'enter';
      return key === '_webSocketMessages' && rest.length === 0 ? 'enter' : 'take';
    },
    take([, list, index, key, at], value) {
      if (list === '_session') own = readOwnHeader(value);
      else if (list === '_events') {
        const event = readOwnEvent(value);
        if (own !== undefined && event !== undefined) happenings.push(restored(event, own, spool));
      } else if (index !== undefined && key !== undefined) member(index, String(key), value, at);
    },
  });
  return {
    write: reader.write,
    end() {
      const problem = reader.end();
      whole();
      if (!listed && problem === undefined)
        throw new RenegoError('input', 'INPUT_UNREADABLE', 'The HAR has no list of entries (log.entries).');
      const ordered = inOrder([...happenings.splice(0), ...httpHappenings(exchanges)]);
      if (ordered.length === 0 && problem === undefined) throw nothingIn();
      const { startedAt, epoch } =
        own === undefined
          ? startOf(ordered.map(({ t }) => t))
          : { startedAt: own.startedAt, epoch: Date.parse(own.startedAt) };
      header = own ?? { startedAt, ...urlOf(ordered) };
      return tellHappenings(ordered, { epoch, own: own !== undefined, spool, put, problem });
    },
    header: () => header,
  };
}

function nothingIn(): RenegoError {
  return new RenegoError(
    'input',
    'INPUT_UNREADABLE',
    'The HAR holds neither WebSocket messages nor SDP over HTTP.',
    'Open the developer tools before the page connects, and save the HAR with content.',
  );
}

/** The first address, for the header. */
function urlOf(happenings: readonly Happening[]): { url?: string } {
  for (const one of happenings)
    if ('draft' in one && one.draft.kind === 'link') return one.draft.url === undefined ? {} : { url: one.draft.url };
  return {};
}
