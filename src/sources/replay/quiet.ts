/** Steps of the machine after which there is nothing to do. */
import type { Replayed, ReplayState } from './machine.ts';

export const quiet = (state: ReplayState): Replayed => ({ state, outputs: [] });

/** The lane is not being opened any more. */
export const opened = (state: ReplayState, lane: string): ReplayState =>
  state.opening === lane ? { ...state, opening: undefined } : state;
