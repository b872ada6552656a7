/** What a replay has to know of the steps around the one it is at: enough to know a message again, without its text. */
import type { HttpCarriage, Millis, PartyId } from '../../core/event.ts';
import { hashOf } from '../../core/hash.ts';
import { createRecent } from '../../core/recent.ts';
import { meaningOf, nameOf, type Ours, oursAmong, type Weight, weightOf } from './meaning.ts';
import type { Step, StepList } from './step-list.ts';

export interface Gist extends Pick<Step, 'seq' | 'lane' | 'do'> {
  readonly t: Millis;
  readonly from: PartyId;
  readonly weight: Weight;
  /** Whether it is awaited for what it says, and not only as a response. */
  readonly carries: boolean;
  readonly meaning: string;
  readonly name: string;
  readonly hasCandidate: boolean;
  /** Nothing but candidates. */
  readonly isTrickled: boolean;
  /** Of its text. */
  readonly hash: number;
  /** Without headers. */
  readonly http: Omit<HttpCarriage, 'headers'> | undefined;
}

export type Told = Pick<Step, 'signals' | 'raw' | 'http'>;

/** What matters of a message, recorded or of today. */
export function weighed({ signals, raw, http }: Told, ours: Ours) {
  return {
    weight: weightOf({ signals, raw, ...(http && { http }) }, ours),
    carries: weightOf({ signals }, ours) === 'awaited',
    meaning: meaningOf(signals, ours),
    name: nameOf({ signals, ...(http && { http }) }),
    isTrickled: signals.every(({ type }) => type === 'candidate' || type === 'end-of-candidates'),
    hash: hashOf(raw),
  };
}

/** A script as the machine looks at it. */
export interface Outline {
  readonly length: number;
  readonly ours: Ours;
  /** The lane of the step at a place. */
  laneOf(place: number): string;
  gist(place: number): Gist;
}

/** More than a replay looks at around its place. */
const NEAR = 2_000;

/** Reads all steps once. */
export function outlineOf(steps: StepList): Outline {
  const lanes: string[] = [];
  const ours = oursAmong(steps, ({ lane }) => void lanes.push(lane));
  const near = createRecent<number, Gist>(NEAR);

  function gist(place: number): Gist {
    const known = near.get(place);
    if (known !== undefined) return known;
    const { seq, t, lane, from, do: what, raw, signals, http } = steps.at(place) as Step;
    const made: Gist = {
      ...{ seq, t, lane, from, do: what, http: http && bare(http) },
      ...weighed({ signals, raw, ...(http && { http }) }, ours),
      hasCandidate: signals.some(({ type }) => type === 'candidate'),
    };
    near.set(place, made);
    return made;
  }
  return { length: lanes.length, ours, laneOf: (place) => lanes[place] ?? '', gist };
}

function bare({ headers: _, ...http }: HttpCarriage): Omit<HttpCarriage, 'headers'> {
  return http;
}
