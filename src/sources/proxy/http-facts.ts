/** What is known of an HTTP message before anything is decoded. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { HttpHead } from '../../protocols/protocol.ts';
import { isTelling } from '../../protocols/recogniser/http-exchange.ts';
import type { Addresses } from '../../protocols/recogniser/http-url.ts';
import { originForm } from '../origin-form.ts';
import { mediaType } from './body.ts';

const SDP_TYPES = /^application\/(?:sdp|trickle-ice-sdpfrag)$/;

/** Whether a body without its compression is worth telling; `addresses`: where signaling went. */
export function tells(body: Buffer, message: IncomingMessage, url: string, addresses: Addresses): boolean {
  if (SDP_TYPES.test(mediaType(message))) return true;
  const about = { url, ...(message.statusCode != null && { status: message.statusCode }) };
  return isTelling(isUtf8(body) ? body.toString() : body, about, addresses);
}

/** Requests of one program on one machine are taken for one client's. */
export const machineOf = ({ socket, headers }: IncomingMessage): string =>
  `${socket.remoteAddress} ${headers['user-agent'] ?? ''}`;

/** Engine.IO, the transport of Socket.IO: one client, many requests with the same id. */
export const isPolling = (path: string): boolean => /[?&]EIO=\d/.test(path) && /[?&]transport=polling/.test(path);
export const engineId = (path: string | undefined): string | undefined => /[?&]sid=([^&]+)/.exec(path ?? '')?.[1];

/** What stands between the packets of one body in Engine.IO 4. */
const SEPARATOR = '\x1e';

export function packetsOf(body: Buffer): Buffer[] {
  return body
    .toString()
    .split(SEPARATOR)
    .map((text) => Buffer.from(text));
}

/** Whether one of the packets ends the session; Engine.IO 3 puts the length before it. */
export const closes = (packets: readonly Buffer[]): boolean =>
  packets.some((packet) => /^(?:1:)?1$/.test(packet.toString()));

export function packetsTogether(packets: readonly Buffer[]): Buffer {
  return Buffer.from(packets.map(String).join(SEPARATOR));
}

/** What is asked for, also with an absolute address. */
export const localOf = (url: string): string => originForm(url) || '/';

/** Names in lower case; credentials are not taken over into the log. */
export function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => !SECRET.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Bytes, about. */
export function sizeOf({ url, headers }: HttpHead): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, url.length);
}

const SECRET = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);
