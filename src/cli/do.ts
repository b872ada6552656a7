/** `--do '<action>[@trigger]'` and `--exit-when <state>`, as text and as data. */
import { RenegoError } from '../core/errors.ts';
import type { Action, DescriptionType, SignalEvent, StateOf } from '../core/event.ts';
import { nearest } from '../core/nearest.ts';
import { parseDuration } from './duration.ts';

/** A state to wait for, as engines report it in `state` events. */
export interface AwaitedState {
  readonly of: readonly StateOf[];
  readonly value: string;
}

/**
 * When to do something: as soon as possible, when a state is reached, when the nth offer or answer has been seen from
 * either side, or so many milliseconds after the start.
 */
export type Trigger =
  | { readonly when: 'possible' }
  | { readonly when: 'state'; readonly state: AwaitedState }
  | { readonly when: 'description'; readonly type: DescriptionType; readonly nth: number }
  | { readonly when: 'time'; readonly t: number };

export interface Planned {
  readonly text: string;
  readonly action: Action;
  readonly trigger: Trigger;
}

const SIMPLE: Readonly<Record<string, Action>> = {
  call: { do: 'call' },
  'restart-ice': { do: 'restart-ice' },
  offer: { do: 'offer' },
  'add-audio': { do: 'add', media: 'audio' },
  'add-video': { do: 'add', media: 'video' },
  'add-data': { do: 'add', media: 'data' },
  stop: { do: 'stop' },
  direction: { do: 'direction' },
  rollback: { do: 'rollback' },
  hangup: { do: 'hangup' },
  stats: { do: 'stats' },
};

const WITH_VALUE: Readonly<Record<string, (value: string) => Action | undefined>> = {
  call: (to) => ({ do: 'call', to }),
  'restart-ice': (how) =>
    how === 'restartIce' || how === 'createOffer' ? { do: 'restart-ice', how } : ofPc(how, { do: 'restart-ice' }),
  hangup: (pc) => ofPc(pc, { do: 'hangup' }),
  stats: (pc) => ofPc(pc, { do: 'stats' }),
  'set-configuration': (text) => {
    const [, pc, json = ''] = /^(?:(pc\d{1,6}):)?(.*)$/s.exec(text) ?? [];
    const configuration = readObject(json);
    return configuration && { do: 'set-configuration', configuration, ...(pc !== undefined && { pc }) };
  },
  stop: (mid) => ({ do: 'stop', mid }),
  direction: (direction) => ({ do: 'direction', direction }),
  mark: (text) => ({ do: 'mark', text }),
  send: (raw) => ({ do: 'send', raw }),
};

/** Of several connections in a browser's pages the one of that name. */
function ofPc<A extends Action>(pc: string, action: A): (A & { readonly pc: string }) | undefined {
  return /^pc\d{1,6}$/.test(pc) ? { ...action, pc } : undefined;
}

function readObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Which kinds of state a bare value belongs to. A call that failed or closed says so in more than one of them. */
const STATES: readonly (readonly [StateOf, readonly string[]])[] = [
  ['connection', ['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']],
  ['signaling', ['stable', 'have-local-offer', 'have-remote-offer', 'have-local-pranswer', 'have-remote-pranswer']],
  ['ice', ['checking', 'completed']],
  ['gathering', ['gathering', 'complete']],
  ['data', ['open']],
];

/** Throws RenegoError `usage` for an action or trigger that does not exist, listing those that do. */
export function parseDo(text: string): Planned {
  const at = triggerAt(text);
  const words = at < 0 ? text : text.slice(0, at);
  const trigger: Trigger = at < 0 ? { when: 'possible' } : parseTrigger(text.slice(at + 1), text);
  return { text, action: parseAction(words), trigger };
}

/** Raw frames and mark texts may hold an @ of their own: there only a last part that looks like a trigger counts. */
function triggerAt(text: string): number {
  const at = text.lastIndexOf('@');
  return /^(send|mark|set-configuration):/.test(text) && !/^(\+[\d.]+\w*|[\w-]+([=#][\w-]+)?)$/.test(text.slice(at + 1))
    ? -1
    : at;
}

/** Throws RenegoError `usage`/`UNKNOWN_ACTION`. */
export function parseAction(text: string): Action {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const action = colon < 0 ? own(SIMPLE, name) : own(WITH_VALUE, name)?.(text.slice(colon + 1));
  if (action !== undefined) return action;
  const known = [...Object.keys(SIMPLE), 'set-configuration:<json>', 'mark:<text>', 'send:<raw>'].join(', ');
  const near = nearest(name, [...Object.keys(SIMPLE), ...Object.keys(WITH_VALUE)]);
  const hint = near === undefined || near === name ? `There are ${known}.` : `Did you mean '${near}'?`;
  throw new RenegoError('usage', 'UNKNOWN_ACTION', `--do: there is no action '${text}'`, hint);
}

function parseTrigger(text: string, whole: string): Trigger {
  if (text.startsWith('+')) return { when: 'time', t: parseDuration(text.slice(1), `--do ${whole}`) };
  const [, type, nth = '1'] = /^(offer|answer|pranswer)(?:#([1-9]\d{0,5}))?$/.exec(text) ?? [];
  if (type !== undefined) return { when: 'description', type: type as DescriptionType, nth: Number(nth) };
  return { when: 'state', state: parseState(text, `--do ${whole}`, DESCRIPTIONS) };
}

const DESCRIPTIONS = 'offer, answer, pranswer (offer#2: the second), +3s';

/** `connected`, or `ice=completed` where the kind of state matters. `besides` names what else is allowed there. */
export function parseState(text: string, option: string, besides?: string): AwaitedState {
  const [kind, value] = text.includes('=') ? text.split('=', 2) : [undefined, text];
  const rows = STATES.filter(([of, values]) => (kind === undefined || kind === of) && values.includes(value ?? ''));
  const iceToo = kind === 'ice' && (STATES[0]?.[1] ?? []).includes(value ?? '');
  if (rows.length === 0 && !iceToo) {
    const values = STATES.flatMap(([, all]) => all);
    const near = nearest(value ?? '', values);
    const known = `There are ${values.join(', ')}${besides === undefined ? '' : `; and ${besides}`}.`;
    const hint = near === undefined ? known : `Did you mean '${near}'?`;
    throw new RenegoError('usage', 'UNKNOWN_STATE', `${option}: there is no state '${text}'`, hint);
  }
  return { of: iceToo ? ['ice'] : rows.map(([of]) => of), value: value ?? '' };
}

/** Whether this event says that the state is reached. */
export function reaches(event: SignalEvent, state: AwaitedState): boolean {
  return event.kind === 'state' && event.value === state.value && state.of.includes(event.of);
}

/** How many descriptions of that type this event carries, whoever sent them. */
export function countOf(event: SignalEvent, type: DescriptionType): number {
  return event.kind === 'message' ? event.signals.filter((signal) => signal.type === type).length : 0;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
