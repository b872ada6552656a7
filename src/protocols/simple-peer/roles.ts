/** Who offers in each call with a simple-peer: the initiator alone, who is whoever offered first. */
import type { PartyId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import type { Capabilities } from '../protocol.ts';

export interface Roles {
  /** A signal of ours to that party, or of theirs to us. */
  note(who: PartyId, by: 'us' | 'them', signal: Signal): void;
  /** Undefined as long as nobody has offered. */
  initiator(who: PartyId): 'us' | 'them' | undefined;
  /** `common` with what the roles make of it. */
  capabilities(common: Capabilities, who: PartyId, theirRestart: Capabilities['restart']): Capabilities;
}

export function createRoles(): Roles {
  const initiators = new Map<PartyId, 'us' | 'them'>();
  return {
    note(who, by, signal) {
      if (signal.type === 'offer') remember(initiators, who, by);
    },
    initiator: (who) => initiators.get(who),
    capabilities(common, who, theirRestart) {
      const initiator = initiators.get(who);
      if (initiator === undefined) return common;
      return { ...common, offers: initiator, restart: initiator === 'us' ? 'offer' : theirRestart };
    },
  };
}
