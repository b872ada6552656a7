/** The configuration of a page's connection: its keys, and what becomes of it in an editor. */
import type { Action, PcId } from '../core/event.ts';
import { aimed } from './aim.ts';
import { type Binding, binder, type Scope } from './binding.ts';
import type { Rewriting, Setting, Ui } from './state.ts';

const PANES: readonly Scope[] = ['ladder', 'detail'];
const ANY: Action = { do: 'set-configuration', configuration: {} };

const refused = (ui: Ui, setting: Setting) => setting.refusal(aimed(ANY, ui, setting));

/** Only what it names is changed. */
function preset(id: string, key: string, help: string, configuration: object): Binding {
  const action: Action = { do: 'set-configuration', configuration };
  return binder('Act', PANES)(id, key, help, { type: 'act', action }, { disabled: refused });
}

export const configures: readonly Binding[] = [
  preset('relay-only', 'S', 'in a browser: use relays only, from the next ICE restart on', {
    iceTransportPolicy: 'relay',
  }),
  preset('all-candidates', 'A', 'in a browser: use all candidates again, from the next ICE restart on', {
    iceTransportPolicy: 'all',
  }),
  binder('Act', PANES)(
    'configure',
    'C',
    'in a browser: change the configuration of the connection (ICE servers, policy) in $EDITOR',
    { type: 'configure' },
    {
      disabled: (ui, setting) =>
        refused(ui, setting) ?? (setting.canEdit ? undefined : 'set $EDITOR or $VISUAL to open an editor'),
    },
  ),
];

/** Of which connection; undefined for the one that the source chooses. */
export function configuredPc(ui: Ui, setting: Setting): PcId | undefined {
  const action = aimed(ANY, ui, setting);
  return action.do === 'set-configuration' ? action.pc : undefined;
}

/** `text` is the present configuration as JSON. */
export function configuring(text: string, pc: PcId | undefined): Rewriting {
  return {
    type: 'rewrite',
    text: `${text}\n`,
    what: `configuration${pc === undefined ? '' : ` of ${pc}`}.json`,
    use(changed) {
      const wanted = objectIn(changed);
      if (typeof wanted === 'string') return `nothing was set: ${wanted}`;
      const configuration = changesOf(objectIn(text), wanted);
      if (Object.keys(configuration).length === 0) return 'nothing was changed';
      return { do: 'set-configuration', configuration, ...(pc !== undefined && { pc }) };
    },
  };
}

/** What is left out stays as it is. */
function changesOf(before: object | string, after: object): object {
  const old = new Map(typeof before === 'string' ? [] : Object.entries(before));
  const isNew = ([name, value]: [string, unknown]) => JSON.stringify(old.get(name)) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(after).filter(isNew));
}

/** What it says is wrong, if it is no JSON object. */
function objectIn(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : 'it must be a JSON object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
