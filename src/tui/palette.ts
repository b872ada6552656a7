/** The command palette: the bindings of the panes that fit what is typed, best first. */
import { ACTING, type Binding } from './binding.ts';
import { type Keymap, keymapOf } from './keymap.ts';
import type { Setting, Ui } from './state.ts';

interface Fitting {
  readonly text: string;
  readonly live: boolean;
  readonly list: readonly Binding[];
}

/** What fitted last: a frame asks for it more than once. */
const known = new WeakMap<Keymap, Fitting>();

/**
 * Every binding of the main screen that fits; in a recording those last that act. What happens meanwhile never changes the
 * order: the chosen one stays where it is.
 */
export function matches({ palette: { text } }: Ui, setting: Setting): readonly Binding[] {
  const keymap = keymapOf(setting);
  const { live } = setting;
  const before = known.get(keymap);
  if (before?.text === text && before.live === live) return before.list;
  const wanted = text.trim().toLowerCase();
  const list = keymap.bindings
    .filter(({ on, id }) => id !== 'palette' && (on.includes('ladder') || on.includes('detail')))
    .map((binding) => ({ binding, rank: rankOf(binding, wanted), late: !live && ACTING.has(binding.group) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || Number(a.late) - Number(b.late))
    .map(({ binding }) => binding);
  known.set(keymap, { text, live, list });
  return list;
}

export function chosen(ui: Ui, setting: Setting): Binding | undefined {
  return matches(ui, setting)[ui.palette.index];
}

/** Before everything that has the letters only one by one; inside of a word, behind what begins one. */
const [SCATTERED, INSIDE] = [2, 1];
/** What it costs to begin inside of a word, and to be in what an action does but not in its name. */
const [AMIDST, IN_HELP] = [3, 0.5];

/** Lower is better: its very name, then the words as typed, then their letters in that order, close together. */
function rankOf({ help, id }: Binding, wanted: string): number {
  if (wanted === '' || wanted === id) return 0;
  return Math.min(rankIn(id, wanted), rankIn(help.toLowerCase(), wanted) + IN_HELP);
}

function rankIn(text: string, wanted: string): number {
  const places = placesOf(text, wanted);
  const [first] = places;
  const atWord = places.find((at) => beginsWord(text, at));
  if (atWord !== undefined) return (1 + atWord) / 1000;
  if (first !== undefined) return INSIDE + first / 1000;
  const letters = wanted.replaceAll(' ', '');
  return Math.min(...placesOf(text, letters[0] ?? '').map((at) => SCATTERED + scattered(text, letters, at)));
}

function placesOf(text: string, part: string): readonly number[] {
  return [...text].flatMap((_letter, at) => (text.startsWith(part, at) ? [at] : []));
}

/** How far the letters are spread from that place on, a word counting as one; infinite if they are not all there. */
function scattered(text: string, letters: string, start: number): number {
  let at = start;
  let cost = beginsWord(text, start) ? 0 : AMIDST;
  for (const letter of letters.slice(1)) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return Number.POSITIVE_INFINITY;
    const between = text.slice(at + 1, next + 1);
    cost += beginsWord(text, next) ? (between.match(/[^a-z0-9][a-z0-9]/g) ?? []).length : next - at - 1;
    at = next;
  }
  return cost;
}

function beginsWord(text: string, at: number): boolean {
  return /[a-z0-9]/.test(text[at] ?? '') && !/[a-z0-9]/.test(text[at - 1] ?? ' ');
}
