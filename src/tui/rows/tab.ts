/** What a tab of the detail pane is: rows about the selected event, its round, or the session as a whole. */
import type { SignalEvent } from '../../core/event.ts';
import type { Description, Model } from '../../core/model.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Rows } from './row.ts';

/** What a tab looks at. */
export interface Scene {
  readonly model: Model;
  /** The selected event; the first one of its row. */
  readonly event: SignalEvent | undefined;
  /** All events of the selected row. */
  readonly seqs: readonly number[];
  /** The two marked descriptions, older first, while they are compared. */
  readonly compared: readonly [Description, Description] | undefined;
  /** The newest event is selected because it is the newest. */
  readonly following: boolean;
  /** Those of the selected row, and all. */
  readonly findings: { readonly here: readonly Finding[]; readonly all: readonly Finding[] };
  /** Columns a row has. */
  readonly width: number;
  /** Columns the pane is scrolled to the right. */
  readonly column: number;
  /** Two texts side by side or one below the other; by the width if it is undefined. */
  readonly beside: boolean | undefined;
  /** Names of what the user folded or unfolded, against what the tab does by itself. */
  readonly folds: ReadonlySet<string>;
  readonly glyphs: Glyphs;
  /** Said until something happens. */
  readonly waiting?: string;
  /** The event is a message that a proxy holds: the description or candidate in it as it would go on now. */
  readonly held?: { readonly text: string; readonly what: string };
}

export interface Tab {
  readonly id: string;
  readonly title: string;
  /**
   * What its rows depend on: the event alone, what has become of its round too, or everything; then the cursor stays
   * where it is when another event is selected.
   */
  readonly about: 'event' | 'round' | 'session';
  /** Its rows are made for the column that is scrolled to. */
  readonly scrollsItself?: true;
  /** Taken from it as far as a frame has time; the next frame goes on. */
  rows(scene: Scene): Rows;
  /** What `y` puts on the clipboard, and what to call it. */
  copy(scene: Scene): { readonly text: string; readonly what: string } | undefined;
}

/** The description an event is about: the one it carried, or the one it applied. */
export function descriptionOf(model: Model, event: SignalEvent | undefined): Description | undefined {
  if (event === undefined) return undefined;
  const of = 'of' in event && typeof event.of === 'number' ? event.of : undefined;
  const named = model.described.get(event.seq)?.[0] ?? (of === undefined ? undefined : model.described.get(of)?.[0]);
  return named ?? appliedBy(model, event);
}

/** What was applied, where the event does not say whose: the description of that type in the newest round by then. */
function appliedBy(model: Model, event: SignalEvent): Description | undefined {
  if (event.kind !== 'apply' || event.op === 'candidate' || event.type === undefined) return undefined;
  const session = model.sessions.get(event.pc) ?? model.current.get(event.pc);
  const sender = (description: Description) => (description.from === event.from) === (event.op === 'local');
  // A description is applied by its sender right before it is sent, by its receiver right after.
  const known = session?.descriptions.filter(({ type }) => type === event.type).filter(sender) ?? [];
  const later = known.find(({ seq }) => seq > event.seq);
  return event.op === 'local' ? (later ?? known.at(-1)) : known.findLast(({ seq }) => seq < event.seq);
}
