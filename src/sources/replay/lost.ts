/** What will not come any more: its connection is closed, its request has failed. */
import type { Replayed, ReplayOutput, ReplayState } from './machine.ts';
import { ahead, stepAt } from './match.ts';
import { nameOf, weightOf } from './meaning.ts';
import { opened, quiet } from './quiet.ts';

/** A connection is gone: what was to be said and heard on it never will be. */
export function closed(state: ReplayState, lane: string): Replayed {
  const lost = ahead(state, Number.POSITIVE_INFINITY).filter((index) => stepAt(state, index).lane === lane);
  const missing = lost.map((index) => stepAt(state, index)).filter((step) => weightOf(step, state.ours) === 'awaited');
  const reports = missing.map((step): ReplayOutput => {
    const sentence = `The connection of ${clientOf(state, lane)} is closed before the ${nameOf(step)} (event ${step.seq} of the recording).`;
    return { do: 'report', report: { kind: 'closed', sentence, recorded: step.seq } };
  });
  const open = new Set([...state.open].filter((one) => one !== lane));
  const done = new Set([...state.done, ...lost]);
  return { state: { ...opened(state, lane), done, open }, outputs: reports };
}

/** The request of an exchange got no response. */
export function unanswered(state: ReplayState, { exchange, why }: { exchange: string; why: string }): Replayed {
  const index = ahead(state).find((one) => {
    const { http } = stepAt(state, one);
    return http?.exchange === exchange && http.status !== undefined;
  });
  if (index === undefined) return quiet(state);
  const step = stepAt(state, index);
  const sentence = `The ${nameOf(step)} (event ${step.seq} of the recording) did not come: ${why}.`;
  return {
    state: { ...state, done: new Set([...state.done, index]), waitingSince: state.now },
    outputs: [{ do: 'report', report: { kind: 'unanswered', sentence, recorded: step.seq } }],
  };
}

const clientOf = ({ script }: ReplayState, lane: string): string =>
  script.lanes.find(({ key }) => key === lane)?.client ?? lane;
