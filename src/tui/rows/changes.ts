/** The tab Changes: what a description changes, in sentences; the lines behind each when unfolded. */
import type { Description, Model } from '../../core/model.ts';
import type { Change } from '../../sdp/change.ts';
import { cell, row } from './row.ts';
import { descriptionOf, type Tab } from './tab.ts';

export const changesTab: Tab = {
  id: 'changes',
  title: 'Changes',
  about: 'event',
  rows: ({ model, event, glyphs }) => [
    row('x', cell(`changes of ${descriptionOf(model, event)?.type}`, 'plain', glyphs)),
  ],
  copy: () => undefined,
};

/** Numbers of the lines of a description that are not as they were. */
export function changedLines(_model: Model, _description: Description): ReadonlySet<number> {
  const changes: Change[] = [];
  return new Set(changes.flatMap(({ lines }) => lines.after));
}
