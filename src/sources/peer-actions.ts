/** What an action does to the call in front. */
import type { Action, MediaKind } from '../core/event.ts';
import type { Capabilities } from '../protocols/protocol.ts';
import { arrange } from './arrange.ts';
import type { Call } from './call.ts';
import type { Situation } from './refusal.ts';

type CallAction = Exclude<Action, { do: 'call' | 'send' | 'mark' | 'step' }>;

/** What decides whether an action can be done to it. */
export function situationOf({ remote, engine, state }: Call): NonNullable<Situation['call']> {
  return {
    remote,
    signaling: engine.signalingState,
    localSdp: state.localSdp,
    busy: state.job !== undefined && state.job.kind !== 'candidate',
    transceivers: engine.transceivers(),
  };
}

/** What has been added and has no section yet, so that the other side can be asked for one. */
export function unsaid({ engine }: Call): MediaKind[] {
  const waiting = engine.transceivers().filter((one) => one.mid === null && one.sending && !one.stopped);
  return waiting.flatMap(({ kind }): MediaKind[] => (kind === 'audio' || kind === 'video' ? [kind] : []));
}

/** Runs it, the way the protocol can carry it. Throws what the engine throws; refusals were asked for before. */
export function runOnCall(call: Call, action: CallAction, can: Capabilities): void {
  const { engine } = call;
  // Whoever acts by hand wants offers again, after --answer-only, a rollback or a refused answer.
  if (action.do !== 'hangup' && action.do !== 'rollback') call.feed({ on: 'allow' });
  switch (action.do) {
    case 'hangup':
    case 'rollback':
      call.feed({ on: action.do });
      break;
    case 'offer':
      call.feed({ on: 'offer', iceRestart: false });
      break;
    case 'restart-ice':
      if (can.restart === 'ask') call.feed({ on: 'ask', what: 'restart-ice' });
      // Where only a restart may be offered again, negotiationneeded must not lead to an offer: this asks for it alone.
      else if (action.how === 'createOffer' || can.renegotiation !== true) call.feed({ on: 'offer', iceRestart: true });
      else engine.restartIce();
      break;
    case 'add':
    case 'prefer':
    case 'stop':
    case 'direction':
      arrange(engine, action);
  }
}
