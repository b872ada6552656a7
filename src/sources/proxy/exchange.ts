/** One HTTP exchange on its way: its two ends, what looks at it, and how its answer is given. */
import type { IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http';
import type { Backlog } from './backlog.ts';
import { isOpaque, unknownCoding } from './body.ts';
import { readableBy } from './cors.ts';
import { pour } from './flow.ts';
import { headerOf, type Names, without } from './headers.ts';
import type { HttpExchange, Reading } from './http-exchanges.ts';
import type { Sent } from './http-inject.ts';
import type { Later } from './later.ts';
import type { Listing } from './listing.ts';
import type { StepIn } from './passage.ts';
import { SERVER } from './reader.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly names: Names;
  readonly told: HttpExchange;
}

/** What looks at exchanges, and what may step in. */
export interface Eyes {
  readonly later: Pick<Later, 'drain' | 'since'>;
  readonly backlog: Backlog;
  readonly listing: Listing;
  /** Milliseconds until it is told that an answer is missing. */
  readonly silence: number;
  readonly stepIn: StepIn;
  /** The open streams of events by connection, the newest last: something can be put into them. */
  readonly streams: Map<string, (data: Buffer) => void>;
  /** The last request that carried a message, by connection, the newest last: another one can be made like it. */
  readonly latest: Map<string, Sent>;
  readonly addresses: Addresses;
  /** Compressions that bodies came in and that cannot be taken off here: they were told. */
  readonly codings: Set<string>;
}

/** What is done about the server's own address in bodies. */
export interface Addresses {
  readonly rewritten: boolean;
  /** A page has named scripts by their hashes: they have to stay as they are. */
  scriptsSealed: boolean;
  /** It was told that pages of the server's own origin may read what passes. */
  opened: boolean;
  /** Origins past the proxy to which the app was sent: they were told. */
  readonly away: Set<string>;
}

export const gating = ({ stepIn }: Eyes): boolean => stepIn.interventions().length > 0;

/** Reads it when there is time for it. */
export function lookAt(reading: Reading | undefined, { backlog, later, listing }: Eyes): void {
  if (reading === undefined) return;
  backlog.add(reading.size, () => {
    for (const data of reading.messages) listing.list(reading.decode(data), data.length, later.since);
  });
}

/** The answer, and its request before it, if that is worth it. */
export function lookAtAnswer({ told }: Exchange, answer: IncomingMessage, body: Buffer | undefined, eyes: Eyes): void {
  const reading = told.response(answer, body);
  if (reading !== undefined) lookAt(told.untold(), eyes);
  lookAt(reading, eyes);
}

/** What is told when a side takes nothing of this message. A player that has enough of a film reads nothing either. */
export function slowness({ request, told }: Exchange, message: IncomingMessage, { backlog }: Eyes) {
  return (text: string): void => {
    if (!isOpaque(message)) backlog.add(text.length, () => told.slow(message === request, text));
  };
}

/** The request, where only its answer shows that it is worth it, before that answer is. */
export function tellUntold({ told }: Exchange, { stepIn: { tell } }: Eyes): void {
  const reading = told.untold();
  if (reading === undefined) return;
  for (const data of reading.messages) tell(reading.decode(data));
}

const MOST_CODINGS = 10;

/** A body that may be negotiation and cannot be read: told once for each such compression. */
export function tellUnreadable(message: IncomingMessage, { codings, backlog, stepIn: { tell } }: Eyes): void {
  const coding = isOpaque(message) ? undefined : unknownCoding(message.headers['content-encoding']);
  if (coding === undefined || codings.has(coding) || codings.size >= MOST_CODINGS) return;
  codings.add(coding);
  const hint = coding === 'zstd' ? ': Node can take it off from 22.15 on' : '';
  const detail = `HTTP: bodies compressed with ${coding.slice(0, 20)} pass unread${hint}`;
  backlog.add(detail.length, () => tell({ from: SERVER, to: SERVER, kind: 'problem', code: 'PROXY_BLIND', detail }));
}

/** The rest of an answer that is not held up any more. */
export function stream(
  exchange: Exchange,
  answer: IncomingMessage,
  headers: readonly string[],
  eyes: Eyes,
  begun?: Buffer,
): void {
  const { response } = exchange;
  begin(exchange, answer, headers);
  if (begun !== undefined) response.write(begun);
  pour(answer, response, slowness(exchange, answer, eyes), () => trail(response, answer));
}

/** An answer that was waited for and is not touched. */
export function giveAsItCame(
  exchange: Exchange,
  answer: IncomingMessage,
  headers: readonly string[],
  body: Buffer,
): void {
  const { response } = exchange;
  begin(exchange, answer, headers);
  trail(response, answer);
  response.end(body);
}

export function begin(
  { response }: Pick<Exchange, 'response'>,
  answer: IncomingMessage,
  headers: readonly string[],
): void {
  const { method, httpVersion } = response.req;
  const status = answer.statusCode ?? 502;
  // HTTP/1.0 knows no chunks; the server was asked in 1.1.
  const sent = httpVersion === '1.0' ? without(headers, CHUNKS) : [...headers];
  response.sendDate = false;
  // A body whose end nothing tells ends with the connection, here as there.
  const ends = ['content-length', 'transfer-encoding'].some((name) => headerOf(sent, name) !== undefined);
  if (!ends && method !== 'HEAD' && status !== 204 && status !== 304) response.useChunkedEncodingByDefault = false;
  response.writeHead(status, reasonOf(answer), sent);
  // A stream of events may say nothing for long, but that it is there. (Flushing would take the headers for UTF-8.)
  response.write(Buffer.alloc(0));
}

const CHUNKS = new Set(['transfer-encoding', 'trailer']);

/** Node takes no control characters there. */
const reasonOf = ({ statusMessage = '' }: IncomingMessage): string =>
  statusMessage.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');

/** What stands behind a body in chunks. */
export function trail(outgoing: OutgoingMessage, { rawTrailers }: IncomingMessage): void {
  if (rawTrailers.length > 0) outgoing.addTrailers(pairs(rawTrailers));
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
}

/** An answer of the proxy's own. A page of another origin may read it too. */
export function refuse({ request, response }: Exchange, status: 502 | 504, why: string): void {
  const { origin } = request.headers;
  const open = origin === undefined ? {} : Object.fromEntries(readableBy(origin));
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...open }).end(`renego proxy: ${why}\n`);
}
