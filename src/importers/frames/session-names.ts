/** GStreamer's simple_server has no addresses in its messages: `SESSION <id>` says once whom all that follows is for. */
import type { PartyId } from '../../core/event.ts';
import type { NumberedFrame } from './lanes.ts';

const SESSION = /^SESSION ([^\s\p{C}]{1,64})$/u;

export interface SessionNames {
  /** Whom the connection talks with from here on: told once, where it has asked for a session and gets it. */
  add(frame: NumberedFrame): PartyId | undefined;
}

export function createSessionNames(): SessionNames {
  const asked = new Map<string, PartyId>();
  const granted = new Set<string>();
  return {
    add({ conn, out, data, encoding }) {
      if (encoding !== 'text') return undefined;
      const [, id] = (out && SESSION.exec(data)) || [];
      if (id !== undefined) asked.set(conn, id);
      if (out || data !== 'SESSION_OK' || granted.has(conn)) return undefined;
      const name = asked.get(conn);
      if (name !== undefined) granted.add(conn);
      return name;
    },
  };
}
