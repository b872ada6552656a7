/** What will not come any more: its connection is closed, its request has failed. */
import type { Replayed, ReplayOutput, ReplayState } from './machine.ts';
import { ahead } from './match.ts';
import { opened, quiet } from './quiet.ts';

/** A connection is gone: what was to be said and heard on it never will be. */
export function closed(state: ReplayState, lane: string): Replayed {
  const { laneOf, gist } = state.outline;
  const reports: ReplayOutput[] = [];
  for (const index of ahead(state, Number.POSITIVE_INFINITY)) {
    if (laneOf(index) !== lane) continue;
    const { weight, name, seq } = gist(index);
    if (weight !== 'awaited') continue;
    const sentence = `The connection of ${clientOf(state, lane)} is closed before the ${name} (event ${seq} of the recording).`;
    reports.push({ do: 'report', report: { kind: 'closed', sentence, recorded: seq } });
  }
  const open = new Set([...state.open].filter((one) => one !== lane));
  const gone = new Set([...state.gone, lane]);
  return { state: { ...opened(state, lane), gone, open }, outputs: reports };
}

/** The request of an exchange got no response. */
export function unanswered(state: ReplayState, { exchange, why }: { exchange: string; why: string }): Replayed {
  const index = ahead(state).find((one) => {
    const { http } = state.outline.gist(one);
    return http?.exchange === exchange && http.status !== undefined;
  });
  if (index === undefined) return quiet(state);
  const step = state.outline.gist(index);
  const sentence = `The ${step.name} (event ${step.seq} of the recording) did not come: ${why}.`;
  return {
    state: { ...state, done: new Set([...state.done, index]), waitingSince: state.now },
    outputs: [{ do: 'report', report: { kind: 'unanswered', sentence, recorded: step.seq } }],
  };
}

const clientOf = ({ script }: ReplayState, lane: string): string =>
  script.lanes.find(({ key }) => key === lane)?.client ?? lane;
