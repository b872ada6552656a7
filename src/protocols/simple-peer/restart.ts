/** Whether an ICE restart that was asked for happens: simple-peer's initiator, asked to renegotiate, offers with what it has. */
import type { PartyId } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import type { ClientOutput } from '../protocol.ts';

export interface RestartWatch {
  asked(who: PartyId): void;
  /** An offer came: what there is to say about it. */
  offered(who: PartyId, sdp: string): readonly ClientOutput[];
}

const ufragOf = (sdp: string): string => /^a=ice-ufrag:([^\r\n]+)/m.exec(sdp)?.[1] ?? '';

export function createRestartWatch(): RestartWatch {
  const ufrags = new Map<PartyId, string>();
  const waiting = new Set<PartyId>();
  return {
    asked(who) {
      if (ufrags.has(who)) waiting.add(who);
    },
    offered(who, sdp) {
      const before = ufrags.get(who);
      const now = ufragOf(sdp);
      remember(ufrags, who, now);
      if (!waiting.delete(who) || now !== before) return [];
      const detail =
        `${who} was asked to restart ICE and offered again with its old credentials (ufrag ${now}): simple-peer's ` +
        '"renegotiate" restarts nothing; the initiator has to call restartIce() itself';
      return [{ do: 'problem', code: 'RESTART_NOT_DONE', detail }];
    },
  };
}
