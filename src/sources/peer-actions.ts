/** What an action does to the call in front. */
import type { Action } from '../core/event.ts';
import type { Call } from './call.ts';
import { newestSection, nextDirection, type Situation } from './refusal.ts';

type CallAction = Exclude<Action, { do: 'call' | 'send' | 'mark' }>;

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

/** Runs it. Throws what the engine throws; refusals were asked for before. */
export function runOnCall(call: Call, action: CallAction): void {
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
      if (action.how === 'createOffer') call.feed({ on: 'offer', iceRestart: true });
      else engine.restartIce();
      break;
    case 'add':
      engine.add(action.media);
      break;
    case 'stop':
      engine.stop(action.mid ?? newestSection(engine.transceivers())?.mid ?? undefined);
      break;
    case 'direction': {
      const sections = engine.transceivers();
      const one = action.mid === undefined ? newestSection(sections) : sections.find(({ mid }) => mid === action.mid);
      if (one?.mid) engine.setDirection(one.mid, action.direction ?? nextDirection(one));
    }
  }
}
