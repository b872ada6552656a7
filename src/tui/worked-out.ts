/** The rows of the details, worked out as far as frames have time, and remembered as long as they hold. */
import type { Model } from '../core/model.ts';
import { turnOf } from './patience.ts';
import type { Row } from './rows/row.ts';
import { descriptionOf, type Scene, type Tab } from './rows/tab.ts';
import type { Setting } from './state.ts';

export interface WorkedOut {
  /** Those that are there by now. */
  readonly rows: readonly Row[];
  /** Where that is not all, and nothing older is shown instead: how far it is, or ''. */
  readonly progress: string | undefined;
}

interface Work extends WorkedOut {
  /** What they are of, and what that has been made of. */
  readonly of: string;
  readonly age: string;
  readonly scene: Scene;
  readonly rows: Row[];
  rest: Iterator<Row | string | undefined> | undefined;
  progress: string | undefined;
  /** A frame has shown how far it is. */
  isSeen: boolean;
  /** The rows of the same from before, shown until these are all there. */
  readonly before: readonly Row[] | undefined;
}

const works = new WeakMap<Model, Work>();

/** What they may use of a frame's patience. */
const PART = 0.7;
/** Milliseconds for rows that a key needs which was typed before anything was seen of them. */
const AHEAD = 500;

/**
 * The tab's rows; the same array as long as nothing they are made of has changed. With `again`, which is called where they
 * are not all there, no more is done than a frame has time for by the `clock`. For a key before it, `needed` says how many
 * rows it is about.
 */
export function workedOut(
  tab: Tab,
  scene: Scene,
  { again, clock }: Pick<Setting, 'again' | 'clock'>,
  needed: number | undefined,
): WorkedOut {
  const { model } = scene;
  const work = workFor(tab, scene);
  works.set(model, work);
  const turn = turnOf(model, clock);
  while (work.rest !== undefined && (again === undefined || turn.hasTime(PART))) step(work, work.rest);
  if (needed === undefined) work.isSeen = true;
  else if (!work.isSeen) goAhead(work, needed, clock);
  if (work.rest === undefined) return { rows: work.rows, progress: undefined };
  again?.();
  return work.before === undefined ? work : { rows: work.before, progress: undefined };
}

function goAhead(work: Work, needed: number, clock = () => performance.now()): void {
  const began = clock();
  while (work.rest !== undefined && work.rows.length < needed && clock() - began < AHEAD) step(work, work.rest);
}

function step(work: Work, rest: NonNullable<Work['rest']>): void {
  const { done, value } = rest.next();
  if (done === true) work.rest = undefined;
  else if (typeof value === 'string') work.progress = value;
  else if (value !== undefined) {
    work.rows.push(value);
    work.progress = '';
  }
}

/** The work that goes on: what is not finished is finished first, even if more has happened meanwhile. */
function workFor(tab: Tab, scene: Scene): Work {
  const [of, age] = [ofWhat(tab, scene), ageOf(tab, scene)];
  const known = works.get(scene.model);
  const isSame = known?.of === of && known.scene.glyphs === scene.glyphs;
  const isSo = isSame && known.scene.folds === scene.folds;
  if (isSo && (known.age === age || known.rest !== undefined)) return known;
  const before = isSame ? (known.rest === undefined ? known.rows : known.before) : undefined;
  const rest = tab.rows(scene)[Symbol.iterator]();
  return { of, age, scene, rows: [], rest, progress: '', isSeen: false, before };
}

function ofWhat(tab: Tab, { event, compared, width, following, held, column, beside }: Scene): string {
  const scrolled = tab.scrollsItself ? [column, beside] : [];
  const pair = [compared?.[0].seq, compared?.[1].seq];
  return JSON.stringify([tab.id, event?.seq, ...pair, width, following, held?.text, ...scrolled]);
}

/** Grows with what the rows depend on. */
function ageOf(tab: Tab, { model, event, seqs, findings }: Scene): string {
  const description = descriptionOf(model, event);
  const age =
    tab.about === 'event' ? [description?.status, description?.round?.state] : [model.version, findings.all.length];
  return [seqs.length, ...age].join(' ');
}
