/** What a tab makes its rows of, as a test needs it. */
import type { Model } from '../../src/core/model.ts';
import { UNICODE } from '../../src/tui/glyphs.ts';
import { eventOf } from '../../src/tui/rows/event-of.ts';
import type { Scene } from '../../src/tui/rows/tab.ts';

/** With this event selected, if there is one of that number; nothing compared, found or folded, unless it is said otherwise. */
export function sceneOf(model: Model, seq: number | undefined, over: Partial<Scene> = {}): Scene {
  const event = eventOf(model, seq);
  return {
    model,
    event,
    seqs: event === undefined ? [] : [event.seq],
    compared: undefined,
    following: false,
    findings: { here: [], all: [] },
    width: 80,
    column: 0,
    beside: undefined,
    folds: new Set(),
    glyphs: UNICODE,
    ...over,
  };
}
