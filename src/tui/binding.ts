/** What a key binding is. */
import type { Command, Setting, Ui } from './state.ts';

/** Where a key means something: in one of the two panes, in the help, or while a filter, another text or a command is typed. */
export type Scope = 'ladder' | 'detail' | 'help' | 'filter' | 'text' | 'palette';
export type Group = 'Act' | 'Step in' | 'Look' | 'Take' | 'Move' | 'Leave' | 'Filter' | 'Palette';

/** Those that act on a session as it goes on. */
export const ACTING: ReadonlySet<Group> = new Set(['Act', 'Step in']);

export interface Binding {
  readonly id: string;
  /** Names as `keyNames` gives them; any of them will do. */
  readonly keys: readonly string[];
  readonly on: readonly Scope[];
  readonly group: Group;
  readonly help: string;
  /** The footer's word for it; without, it is only in the help. */
  readonly hint?: string;
  readonly command: Command;
  /** Why it can do nothing now. */
  disabled?(ui: Ui, setting: Setting): string | undefined;
}

type Rest = Pick<Binding, 'hint' | 'disabled'>;

/** Makes the bindings of one group and place; keys are separated by spaces. */
export function binder(group: Group, on: readonly Scope[]) {
  return (id: string, keys: string, help: string, command: Command, rest: Rest = {}): Binding => {
    return { id, keys: keys.split(' '), on, group, help, command, ...rest };
  };
}
