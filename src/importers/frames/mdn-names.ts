/** Users of MDN's chat are addressed by the names they give themselves: these name the lanes. */
import type { PartyId } from '../../core/event.ts';
import { isObject } from '../../session/lines.ts';
import type { ReadFrame } from './lanes.ts';

export interface MdnNames {
  add(frame: ReadFrame): void;
  /** The user of a connection; undefined, as below, where the capture is of something else. */
  name(conn: string): PartyId | undefined;
  /** Whom a message names. */
  sender(frame: ReadFrame): PartyId | undefined;
  receiver(frame: ReadFrame): PartyId | undefined;
}

export function createMdnNames(): MdnNames {
  const names = new Map<string, PartyId>();
  let isMdn = false;
  return {
    add(frame) {
      isMdn ||= /"type":\s*"(?:video-offer|new-ice-candidate)"/.test(frame.data);
      const name = frame.out && !names.has(frame.conn) ? member(frame, 'name') : undefined;
      if (name !== undefined) names.set(frame.conn, name);
    },
    name: (conn) => (isMdn ? names.get(conn) : undefined),
    sender: (frame) => (isMdn ? member(frame, 'name') : undefined),
    receiver: (frame) => (isMdn ? member(frame, 'target') : undefined),
  };
}

function member({ data }: ReadFrame, name: 'name' | 'target'): string | undefined {
  if (!data.includes(`"${name}"`)) return undefined;
  try {
    const message: unknown = JSON.parse(data);
    const value = isObject(message) ? message[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
