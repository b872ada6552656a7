/** Where a Galène group is: its status tells the WebSocket. */
import { isObject, parseJson } from '../json.ts';

export interface GroupAddress {
  /** The group's own name. */
  readonly group: string;
  /** Where its status is asked for, newest spelling first; none if the address is a WebSocket already. */
  readonly status: readonly string[];
  readonly socket?: string;
}

/** What an address and a room say. Undefined if they name no group. */
export function groupAddress(url: string, room: string | undefined): GroupAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  const [, inPath = ''] = /^\/group\/(.+?)\/?$/.exec(address.pathname) ?? [];
  const group = room ?? decodeURIComponent(inPath);
  if (group === '') return undefined;
  if (/^wss?:$/.test(address.protocol)) return { group, status: [], socket: url };
  const base = new URL(`/group/${encodeURI(group)}/`, address).href;
  return { group, status: [`${base}.status`, `${base}.status.json`] };
}

/** The WebSocket in a group's status. */
export function endpointIn(body: string, from: string): string | undefined {
  const status = parseJson(body);
  if (!isObject(status) || typeof status.endpoint !== 'string' || !URL.canParse(status.endpoint, from))
    return undefined;
  const socket = new URL(status.endpoint, from);
  socket.protocol = socket.protocol.replace(/^http/, 'ws');
  return /^wss?:$/.test(socket.protocol) ? socket.href : undefined;
}
