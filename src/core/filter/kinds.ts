/** The kinds of events and messages that a filter knows by name. */
import type { Signal } from '../event.ts';

const DESCRIPTIONS = ['offer', 'answer', 'pranswer'] as const;
const SIGNALS = [
  ...DESCRIPTIONS,
  ...([
    'rollback',
    'candidate',
    'end-of-candidates',
    'request',
    'response',
    'notify',
    'presence',
    'bye',
    'other',
  ] as const),
] satisfies Signal['type'][];
const EVENTS = ['message', 'link', 'apply', 'state', 'call', 'action', 'mark', 'problem'] as const;

/** `description` is an offer or answer; `negotiation` is all that negotiates: descriptions, candidates, goodbyes. */
const GROUPS = {
  description: DESCRIPTIONS,
  negotiation: [...DESCRIPTIONS, 'candidate', 'end-of-candidates', 'rollback', 'bye'],
} as const satisfies Readonly<Record<string, readonly Signal['type'][]>>;

export type KindName = (typeof SIGNALS)[number] | (typeof EVENTS)[number] | keyof typeof GROUPS;

export const KINDS: readonly KindName[] = [...SIGNALS, 'description', 'negotiation', ...EVENTS];
const NAMES: ReadonlySet<string> = new Set(KINDS);

export const isKind = (word: string): word is KindName => NAMES.has(word);

/** The types of signals that are of this kind; none for kinds of events. */
export function typesOf(kind: string): readonly string[] {
  return Object.hasOwn(GROUPS, kind) ? GROUPS[kind as keyof typeof GROUPS] : [kind];
}
