/** The lanes of the ladder as the user wants them: in which order, and which not at all. */
import type { Model } from '../core/model.ts';
import type { Setting, Ui } from './state.ts';
import { look } from './view.ts';

/** The parties in the order in which they are shown; those that were moved first. */
export function shownParties({ lanes: { hidden, order } }: Pick<Ui, 'lanes'>, { parties }: Model): readonly string[] {
  if (hidden.length === 0 && order.length === 0) return parties;
  const all = [
    ...order.filter((party) => parties.includes(party)),
    ...parties.filter((party) => !order.includes(party)),
  ];
  return all.filter((party) => !hidden.includes(party));
}

/** Of the sender of the selected event. */
export function movedLane(ui: Ui, setting: Setting, to: 'left' | 'right' | 'hidden' | 'shown'): Partial<Ui> {
  if (to === 'shown') return { lanes: { hidden: [], order: [] } };
  const party = look(ui, setting).event?.from ?? '';
  const shown = shownParties(ui, setting.model);
  const at = shown.indexOf(party);
  if (at < 0) return {};
  const { hidden } = ui.lanes;
  if (to === 'hidden') {
    if (shown.length < 2) return { toast: { text: `${party} is the only lane`, tone: 'warn' } };
    return { lanes: { ...ui.lanes, hidden: [...hidden, party] } };
  }
  const order = [...shown];
  const next = at + (to === 'left' ? -1 : 1);
  if (next < 0 || next >= order.length) return {};
  [order[at], order[next]] = [order[next] ?? '', party];
  return { lanes: { hidden, order } };
}
