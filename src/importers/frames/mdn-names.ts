/** Users of MDN's chat are addressed by the names they give themselves: these name the lanes. */
import type { PartyId } from '../../core/event.ts';
import { isObject } from '../../session/lines.ts';
import type { ReadFrame } from './lanes.ts';

export interface MdnNames {
  /** By connection. */
  readonly names: ReadonlyMap<string, PartyId>;
  /** Whom a message names; undefined where the capture is of something else. */
  sender(frame: ReadFrame): PartyId | undefined;
  receiver(frame: ReadFrame): PartyId | undefined;
}

export function mdnNames(frames: readonly ReadFrame[]): MdnNames {
  const names = new Map<string, PartyId>();
  if (!frames.some(({ data }) => /"type":\s*"(?:video-offer|new-ice-candidate)"/.test(data))) {
    return { names, sender: () => undefined, receiver: () => undefined };
  }
  for (const frame of frames) {
    const name = frame.out && !names.has(frame.conn) ? member(frame, 'name') : undefined;
    if (name !== undefined) names.set(frame.conn, name);
  }
  return { names, sender: (frame) => member(frame, 'name'), receiver: (frame) => member(frame, 'target') };
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
