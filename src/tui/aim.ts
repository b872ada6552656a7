/** Which section a key acts on. */
import type { Action } from '../core/event.ts';
import type { Setting, Ui } from './state.ts';
import { look } from './view.ts';

/** `stop` and `direction` act on the section under the cursor of the details, if there is one; else as they are. */
export function aimed(action: Action, ui: Ui, setting: Setting): Action {
  if (action.do !== 'stop' && action.do !== 'direction') return action;
  if (ui.focus !== 'detail' || action.mid !== undefined) return action;
  const { rows, detail } = look(ui, setting);
  const mid = rows[detail.row]?.mid;
  return mid === undefined ? action : { ...action, mid };
}
