/** GStreamer's simple_server has no addresses in its messages: `SESSION <id>` says once whom all that follows is for. */
import type { PartyId } from '../../core/event.ts';
import type { NumberedFrame } from './lanes.ts';

const SESSION = /^SESSION ([^\s\p{C}]{1,64})$/u;

/** Whom each connection talks with, where one asks for a session and gets it. */
export function sessionNames(frames: readonly NumberedFrame[]): Map<string, PartyId> {
  const asked = new Map<string, PartyId>();
  const names = new Map<string, PartyId>();
  for (const { conn, out, data, encoding } of frames) {
    if (encoding !== 'text') continue;
    const [, id] = (out && SESSION.exec(data)) || [];
    if (id !== undefined) asked.set(conn, id);
    const granted = !out && data === 'SESSION_OK' ? asked.get(conn) : undefined;
    if (granted !== undefined && !names.has(conn)) names.set(conn, granted);
  }
  return names;
}
