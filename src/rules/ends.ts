/** Both ends of a settled session, for rules about what they have gathered. */
import type { IceGeneration, Round, Session, Side } from '../core/model.ts';
import { currentGeneration, type Gathered, gatheredFor } from './gathered.ts';

export interface End {
  readonly side: Side;
  readonly generation: IceGeneration;
  readonly gathered: Gathered;
}

/**
 * The two ends with their generations in use; undefined while nothing is settled, for a closed session, and where the
 * capture does not show all (guard G8).
 */
export function endsOf(session: Session): readonly [End, End] | undefined {
  if (session.partial || session.closedBy !== undefined || session.sides.size !== 2) return undefined;
  const [one, two] = [...session.sides.values()].map(endOf);
  return one && two ? [one, two] : undefined;
}

function endOf(side: Side): End | undefined {
  const generation = side.committed && currentGeneration(side);
  return generation && { side, generation, gathered: gatheredFor(side, generation) };
}

/** The newest finished one of these rounds. */
export function lastSettled(rounds: readonly Round[]): Round | undefined {
  return rounds.findLast((round) => round.state === 'complete' && round.answer !== undefined);
}

/** An engine or a test tells that the connection came to nothing. */
export function hasFailed({ actual }: Side): boolean {
  return actual.ice === 'failed' || actual.connection === 'failed';
}
