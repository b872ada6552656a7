/** The demo's story as data, and the pure watcher that knows when its next step may come. */
import type { Action, Draft, PartyId, StateOf } from '../core/event.ts';

/** Something that has to have happened since the last step. */
export type Condition =
  | { readonly who: PartyId; readonly sees: PartyId }
  | { readonly who: PartyId; readonly of: StateOf; readonly value: RegExp }
  | { readonly who: PartyId; readonly applies: 'answer' };

export interface StoryStep {
  readonly when: readonly Condition[];
  readonly who: PartyId;
  readonly action: Action;
}

export const YOU = 'you';
export const ROBIN = 'robin';

const both = (of: StateOf, value: RegExp): Condition[] => [
  { who: YOU, of, value },
  { who: ROBIN, of, value },
];

/** Join, call, add video, restart ICE. */
export const STORY: readonly StoryStep[] = [
  { when: [{ who: YOU, sees: ROBIN }], who: YOU, action: { do: 'call', to: ROBIN } },
  {
    when: [...both('connection', /^connected$/), { who: YOU, of: 'data', value: /^open$/ }],
    who: ROBIN,
    action: { do: 'add', media: 'video' },
  },
  {
    when: [
      { who: ROBIN, applies: 'answer' },
      { who: YOU, of: 'media', value: /^video/ },
    ],
    who: YOU,
    action: { do: 'restart-ice' },
  },
];

/** How it ends when nobody watches; on a screen the call stays, to be played with. */
export const STORY_END: StoryStep = {
  when: [
    { who: YOU, applies: 'answer' },
    // Restarted candidates are all there; the connection itself stays up all along.
    { who: YOU, of: 'gathering', value: /^complete$/ },
  ],
  who: ROBIN,
  action: { do: 'hangup' },
};

export const STORY_OVER: readonly Condition[] = both('connection', /^closed$/);

function meets(condition: Condition, draft: Draft): boolean {
  if ('sees' in condition) {
    const here = { who: condition.sees, change: 'join' };
    return (
      draft.kind === 'message' &&
      draft.signals.some((one) => one.type === 'presence' && one.who === here.who && one.change === here.change)
    );
  }
  if (draft.from !== condition.who) return false;
  if ('applies' in condition) {
    return draft.kind === 'apply' && draft.op === 'remote' && draft.type === condition.applies && draft.ok;
  }
  return draft.kind === 'state' && draft.of === condition.of && condition.value.test(draft.value);
}

export interface Watch {
  /** True as soon as everything has happened; then it starts anew for the next conditions. */
  accept(draft: Draft): boolean;
}

/** Waits for all of these, in any order. */
export function watchFor(conditions: readonly Condition[]): Watch {
  const open = new Set(conditions);
  return {
    accept(draft) {
      for (const condition of open) if (meets(condition, draft)) open.delete(condition);
      return open.size === 0;
    },
  };
}
