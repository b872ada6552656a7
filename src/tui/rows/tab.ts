/** What a tab of the detail pane is: rows about the selected event, or about the session as a whole. */
import type { SignalEvent } from '../../core/event.ts';
import type { Description, Model } from '../../core/model.ts';
import type { Glyphs } from '../theme.ts';
import type { Row } from './row.ts';

/** What a tab looks at. */
export interface Scene {
  readonly model: Model;
  readonly event: SignalEvent | undefined;
  /** The two marked descriptions, older first, while they are compared. */
  readonly compared: readonly [Description, Description] | undefined;
  /** Columns a row has. */
  readonly width: number;
  /** Names of what the user folded or unfolded, against what the tab does by itself. */
  readonly folds: ReadonlySet<string>;
  readonly glyphs: Glyphs;
}

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** `event`: its rows depend on the selection; the cursor starts anew with every event. */
  readonly about: 'event' | 'session';
  rows(scene: Scene): readonly Row[];
  /** What `y` puts on the clipboard, and what to call it. */
  copy(scene: Scene): { readonly text: string; readonly what: string } | undefined;
}

/** The description an event is about: the one it carried, or the one it applied. */
export function descriptionOf(model: Model, event: SignalEvent | undefined): Description | undefined {
  if (event === undefined) return undefined;
  const of = 'of' in event && typeof event.of === 'number' ? event.of : undefined;
  return model.described.get(event.seq)?.[0] ?? (of === undefined ? undefined : model.described.get(of)?.[0]);
}
