/** Stepping in between the two sides of a proxy: its keys, and what they act on. */
import type { Action, Interception, MessageEvent, PartyId } from '../core/event.ts';
import { type Binding, binder, type Scope } from './binding.ts';
import type { HeldText, Rewriting, Setting, Ui } from './state.ts';
import { doneTo, look } from './view.ts';

const PANES: readonly Scope[] = ['ladder', 'detail'];

/** The message that is held: the selected one, the one to which the selected event was done, or the oldest. */
export function heldHere(ui: Ui, setting: Setting): HeldText | undefined {
  const held = setting.held();
  if (held.length < 2) return held[0];
  const { scene, event } = look(ui, setting);
  const meant = doneTo(event);
  return held.find(({ seq }) => scene.seqs.includes(seq) || seq === meant) ?? held[0];
}

const LATER_MS = 2000;
const NOTHING_HELD = 'nothing is held';

/** A key for the held message; only a proxy has one. */
function onHeld(id: string, key: string, help: string, action: Interception, hint?: string): Binding {
  const disabled = (_ui: Ui, setting: Setting) => setting.refusal(action);
  return binder('Step in', PANES)(
    id,
    key,
    help,
    { type: 'act', action },
    { disabled, ...(hint !== undefined && { hint }) },
  );
}

function holding(id: string, key: string, help: string, action: Action, hint?: string): Binding {
  const disabled = (_ui: Ui, setting: Setting) => setting.refusal(action);
  const rest = hint === undefined ? { disabled } : { disabled, hint };
  return binder('Step in', PANES)(id, key, help, { type: 'act', action }, rest);
}

const noEditing = (_ui: Ui, setting: Setting) =>
  setting.refusal({ do: 'edit' }) ?? (setting.canEdit ? undefined : 'set $EDITOR or $VISUAL to open an editor');
const noInjecting = (ui: Ui, setting: Setting) => {
  const why = setting.refusal({ do: 'inject', to: 'server', raw: '' });
  return (
    why ?? (messageHere(ui, setting) === undefined ? 'select a message: a copy of it is edited and sent' : undefined)
  );
};

export const intercepts: readonly Binding[] = [
  holding(
    'hold-next',
    'i',
    'hold the next offer or answer',
    {
      do: 'hold',
      match: 'description',
      once: true,
    },
    'hold next',
  ),
  holding('hold-all', 'I', 'hold all offers, answers, candidates and goodbyes from now on', {
    do: 'hold',
    match: 'negotiation',
  }),
  onHeld('let-go', 'l', 'let the held message go', { do: 'let-go' }, 'let go'),
  binder('Step in', PANES)(
    'edit-held',
    'ctrl+e',
    'change the held message in $EDITOR; it stays held',
    {
      type: 'rewrite',
      to: 'edit',
    },
    { hint: 'change', disabled: noEditing },
  ),
  binder('Step in', PANES)(
    'edit-held-frame',
    'ctrl+o',
    'change its whole frame in $EDITOR (JSON)',
    { type: 'rewrite', to: 'edit-frame' },
    { disabled: noEditing },
  ),
  onHeld('drop-held', 'X', 'drop the held message', { do: 'drop' }, 'drop'),
  onHeld('duplicate-held', 'u', 'let the held message go twice', { do: 'duplicate' }, 'twice'),
  onHeld('delay-held', 'K', 'let the held message go in 2 seconds, and what is behind it after it', {
    do: 'delay',
    time: LATER_MS,
  }),
  onHeld('reorder-held', 'B', 'let what is behind the held message pass; it stays held', { do: 'reorder', time: 0 }),
  holding('hold-nothing', 'L', 'let all go, and hold nothing any more', { do: 'hold', match: '', off: true }),
  binder('Step in', PANES)(
    'inject',
    'J',
    'edit a copy of the selected message and send it',
    {
      type: 'rewrite',
      to: 'inject',
    },
    { disabled: noInjecting },
  ),
];

function messageHere(ui: Ui, setting: Setting): MessageEvent | undefined {
  const { event } = look(ui, setting);
  return event?.kind === 'message' && event.encoding === 'text' ? event : undefined;
}

/** What goes to the editor for it; a sentence if there is nothing. */
export function rewriting(ui: Ui, setting: Setting, to: 'edit' | 'edit-frame' | 'inject'): Rewriting | string {
  if (to !== 'inject') {
    const held = heldHere(ui, setting);
    if (held === undefined) return NOTHING_HELD;
    const { seq, what } = held;
    const [text, as] = to === 'edit' ? [held.text, held.as] : [held.frame, 'frame' as const];
    return {
      type: 'rewrite',
      text,
      what: `${what} ${seq}`,
      held: seq,
      use: (changed) => ({ do: 'edit', of: seq, text: changed, as }),
    };
  }
  const event = messageHere(ui, setting);
  if (event === undefined) return 'there is no message to copy';
  const side = fromServer(event, setting.model.links) ? 'client' : 'server';
  const link = event.link === undefined ? {} : { link: event.link };
  const use = (raw: string): Action => ({ do: 'inject', to: side, ...link, raw });
  return { type: 'rewrite', text: event.raw, what: `copy of ${event.seq}`, use };
}

type Links = ReadonlyMap<string, { readonly from: PartyId }>;

/** A connection begins at the client, whatever the parties are called by then. */
function fromServer(event: MessageEvent, links: Links): boolean {
  if (event.dir !== undefined) return event.dir === 's2c';
  const client = event.link === undefined ? undefined : links.get(event.link)?.from;
  return client === undefined ? event.from === 'server' : event.from !== client;
}
