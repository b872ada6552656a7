/** Which section, which of several connections, and which held message a key acts on. */

import type { Action, PcId, SignalEvent } from '../core/event.ts';
import { eventAt } from '../core/event-at.ts';
import { heldHere } from './intercept.ts';
import type { Setting, Ui } from './state.ts';
import { look } from './view.ts';

const ON_HELD: ReadonlySet<Action['do']> = new Set(['let-go', 'drop', 'duplicate', 'delay', 'reorder']);

const ON_CONNECTION: ReadonlySet<Action['do']> = new Set(['restart-ice', 'hangup', 'stats', 'set-configuration']);

/**
 * `stop` and `direction` act on the section under the cursor of the details, if there is one; what is done to a connection,
 * where there are several, on that of the selected event; what is done to a held message, on the selected one if it is
 * held; else as they are.
 */
export function aimed(action: Action, ui: Ui, setting: Setting): Action {
  if (ON_HELD.has(action.do)) {
    const held = heldHere(ui, setting);
    return held === undefined ? action : ({ ...action, of: held.seq } as Action);
  }
  if (ON_CONNECTION.has(action.do)) {
    const pc = selectedPc(ui, setting);
    return pc === undefined ? action : ({ ...action, pc } as Action);
  }
  if (action.do !== 'stop' && action.do !== 'direction') return action;
  if (ui.focus !== 'detail' || action.mid !== undefined) return action;
  const { rows, detail } = look(ui, setting);
  const mid = rows[detail.row]?.mid;
  return mid === undefined ? action : { ...action, mid };
}

/** Undefined where there is no choice. */
function selectedPc({ selected }: Ui, { model }: Setting): PcId | undefined {
  const open = [...model.current].filter(([, session]) => session.closedBy === undefined);
  const event = eventAt(model.events, selected);
  const pc = event && pcOf(event);
  // Two ends of one session that are both connections to act on are named like their lanes.
  const ends = open.flatMap(([id, { sides }]) => (model.met.has(id) ? [...sides.keys()] : []));
  const end = [event?.from, event?.to, pc].find((name) => name !== undefined && ends.includes(name));
  if (end !== undefined) return end;
  return open.length > 1 && open.some(([id]) => id === pc) ? pc : undefined;
}

function pcOf(event: SignalEvent): PcId | undefined {
  if ('pc' in event) return event.pc;
  const signals = event.kind === 'message' ? event.signals : [];
  return signals.flatMap((signal) => ('pc' in signal && signal.pc !== undefined ? [signal.pc] : []))[0];
}
