/**
 * Engine.IO, the transport below Socket.IO: its pings, probes and polls belong to the connection of today, not to the
 * conversation that was recorded.
 */
import type { MessageEvent } from '../../core/event.ts';

export type EngineVersion = 3 | 4;

const isAddress = (url: string | undefined): boolean => url !== undefined && /[?&]EIO=\d/.test(url);

export const versionOf = (url: string | undefined): EngineVersion => (/[?&]EIO=3/.test(url ?? '') ? 3 : 4);

/** Whether a connection to this address, or one with this message on it, is Engine.IO. */
export function isEngineIo(url: string | undefined, message: Pick<MessageEvent, 'raw' | 'http'> | undefined): boolean {
  return isAddress(url) || isAddress(message?.http?.url) || /^(?:\d+:)?0\{"sid":/.test(message?.raw ?? '');
}

/** Pings, pongs, probes, upgrades, no-ops and closes; also what a poll says that carries nothing. */
export const isUpkeep = (packet: string): boolean => /^(?:|ok|[1236]|[23]probe|5)$/.test(packet);

/** The packets in a body of long polling: version 4 parts them by a separator, version 3 says how long each is. */
export function packetsOf(body: string): readonly string[] {
  if (!/^\d+:\d/.test(body)) return body.split('\x1e');
  const packets: string[] = [];
  let rest = body;
  for (let head = /^(\d+):/.exec(rest); head !== null; head = /^(\d+):/.exec(rest)) {
    const from = head[0].length;
    packets.push(rest.slice(from, from + Number(head[1])));
    rest = rest.slice(from + Number(head[1]));
  }
  return packets;
}

export function bodyOf(packets: readonly string[], version: EngineVersion): string {
  return version === 4 ? packets.join('\x1e') : packets.map((packet) => `${packet.length}:${packet}`).join('');
}

/** What a server says first: the id of the session, and after how many milliseconds a ping is due. */
export function readOpening(packet: string): { readonly sid: string; readonly pingInterval: number } | undefined {
  if (!packet.startsWith('0{')) return undefined;
  try {
    const { sid, pingInterval } = JSON.parse(packet.slice(1)) as { sid?: unknown; pingInterval?: unknown };
    if (typeof sid !== 'string') return undefined;
    const every = typeof pingInterval === 'number' && pingInterval >= 100 ? pingInterval : 25_000;
    return { sid, pingInterval: Math.min(every, 0x7fffffff) };
  } catch {
    return undefined;
  }
}

/** The address of a connection of today: without the session id of the recorded one, over this transport. */
export function freshAddress(url: string, transport: 'websocket' | 'polling'): string {
  const address = new URL(url);
  for (const name of ['sid', 't', 'b64']) address.searchParams.delete(name);
  address.searchParams.set('transport', transport);
  address.protocol = address.protocol.replace(/^(?:ws|http)/, transport === 'websocket' ? 'ws' : 'http');
  return address.href;
}
