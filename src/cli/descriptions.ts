/** Which descriptions `renego diff` is asked to compare. */
import { RenegoError } from '../core/errors.ts';
import type { Description, Model, Round } from '../core/model.ts';
import type { Io } from './io.ts';
import { eventIn, type Loaded, load } from './load.ts';

/** A description and where it comes from, as the user would name it. */
export interface Picked {
  readonly description: Description;
  readonly name: string;
  readonly path: string;
}

/** What to compare: two descriptions, one with what it follows, or all rounds of a session. */
export type Subject =
  | { readonly of: 'pair'; readonly before: Picked; readonly after: Picked }
  | { readonly of: 'one'; readonly picked: Picked }
  | { readonly of: 'session'; readonly loaded: Loaded };

/** Reads `<a> <b>`, `<session>`, `<session> n` or `<session> n m`. Throws RenegoError `usage` and `input`. */
export async function subjectOf([a = '-', b, m]: readonly string[], io: Io): Promise<Subject> {
  if (b !== undefined && !isNumber(b)) {
    if (m !== undefined) throw new RenegoError('usage', 'USAGE', `'${m}' is one argument too many`, 'Compare two.');
    if (a === '-' && b === '-') throw new RenegoError('usage', 'STDIN_TWICE', 'standard input can be read once only');
    const [before, after] = [pickOnly(await load(a, io)), pickOnly(await load(b, io))];
    return { of: 'pair', before: withPath(before), after: withPath(after) };
  }
  const loaded = await load(a, io);
  if (b === undefined) {
    if (loaded.event === undefined) return { of: 'session', loaded };
    return { of: 'one', picked: pickAt(loaded, loaded.event) };
  }
  const first = pickAt(loaded, Number(b));
  if (m === undefined) return { of: 'one', picked: first };
  if (!isNumber(m))
    throw new RenegoError('usage', 'USAGE', `'${m}' is no event number`, 'Write renego diff <session> 4 9.');
  return { of: 'pair', before: first, after: pickAt(loaded, Number(m)) };
}

/** Of two sources the name has to tell which. */
function withPath(picked: Picked): Picked {
  return picked.name === picked.path ? picked : { ...picked, name: `${picked.path}: ${picked.name}` };
}

function isNumber(text: string): boolean {
  return /^#?\d+$/.test(text);
}

/** The description named by `#N`, or the only one there is. */
function pickOnly(loaded: Loaded): Picked {
  if (loaded.event !== undefined) return pickAt(loaded, loaded.event);
  const { all } = loaded.model.described;
  const [only] = all;
  if (only !== undefined && all.length === 1) return { description: only, name: loaded.path, path: loaded.path };
  if (only === undefined) throw noDescription(loaded.path);
  const names = all.slice(0, 6).map(({ seq }) => `${loaded.path}#${seq}`);
  const hint = `Name one of them: ${names.join(', ')}${all.length > 6 ? ', …' : ''}.`;
  throw new RenegoError('usage', 'WHICH_DESCRIPTION', `${loaded.path} holds ${all.length} descriptions`, hint);
}

function pickAt(loaded: Loaded, seq: number): Picked {
  eventIn(loaded, seq, loaded.path);
  const [description] = loaded.model.described.get(seq) ?? [];
  if (description !== undefined) return pickedFrom(loaded.path, description);
  const seqs = [...new Set(loaded.model.described.all.map((one) => one.seq))];
  if (seqs.length === 0) throw noDescription(loaded.path);
  const hint = `Descriptions are in events ${seqs.slice(0, 20).join(', ')}${seqs.length > 20 ? ', …' : ''}.`;
  throw new RenegoError('usage', 'NO_DESCRIPTION', `event ${seq} of ${loaded.path} carries no description`, hint);
}

export function pickedFrom(path: string, description: Description): Picked {
  const { seq, type, number, from } = description;
  return { description, name: `${type} #${number} from ${from} (event ${seq})`, path };
}

function noDescription(path: string): RenegoError {
  return new RenegoError('input', 'NO_DESCRIPTION', `there is no session description in ${path}`);
}

/** Every round of the session, in the order of its offers. */
export function roundsOf(model: Model): readonly Round[] {
  return [...model.sessions.values()].flatMap(({ rounds }) => rounds).sort((a, b) => a.offer.seq - b.offer.seq);
}
