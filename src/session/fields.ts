/** Which members each kind of event must have, and of which type. Members that are not listed are left alone. */
import { isObject } from './lines.ts';

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

const string: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const boolean: Check = (value) => typeof value === 'boolean';
const list: Check = Array.isArray;
const oneOf = (...values: readonly string[]): Check => {
  const known = new Set<unknown>(values);
  return (value) => known.has(value);
};
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const failure: Check = (value) => isObject(value) && string(value.name) && string(value.message);
const action: Check = (value) => isObject(value) && string(value.do);

const texts: Check = (value) => isObject(value) && Object.values(value).every(string);
const carriage: Check = (value) =>
  isObject(value) &&
  [value.method, value.url, value.exchange].every(string) &&
  optional(number)(value.status) &&
  optional(texts)(value.headers);

const STATES = ['signaling', 'gathering', 'ice', 'dtls', 'connection', 'data', 'media'];

const EVENTS: Readonly<Record<string, Checks>> = {
  link: {
    change: oneOf('connecting', 'open', 'close', 'error', 'retry'),
    url: optional(string),
    code: optional(number),
    reason: optional(string),
    delay: optional(number),
  },
  message: {
    dir: optional(oneOf('c2s', 's2c')),
    protocol: string,
    encoding: oneOf('text', 'base64'),
    raw: string,
    signals: list,
    http: optional(carriage),
  },
  apply: {
    pc: string,
    op: oneOf('local', 'remote', 'candidate'),
    type: optional(string),
    ok: boolean,
    error: optional(failure),
    of: optional(number),
  },
  state: { pc: string, of: oneOf(...STATES), value: string },
  call: { pc: string, name: string, ok: optional(boolean), error: optional(failure) },
  action: { action },
  mark: { text: string },
  problem: { code: string, detail: string, of: optional(number), raw: optional(string) },
  other: { label: string, raw: string },
};

const assumed: Check = (value) => isObject(value) && number(value.sure) && string(value.because);
const description: Checks = {
  pc: string,
  sdp: string,
  id: optional(string),
  created: optional(string),
  assumed: optional(assumed),
  mislabelled: optional(string),
};
const request: Checks = { method: string, id: optional(string), ok: optional(boolean) };

const SIGNALS: Readonly<Record<string, Checks>> = {
  offer: description,
  answer: description,
  pranswer: description,
  rollback: { pc: string },
  candidate: {
    pc: string,
    candidate: string,
    mid: optional(string),
    mLine: optional(number),
    ufrag: optional(string),
  },
  'end-of-candidates': { pc: string, mid: optional(string), ufrag: optional(string) },
  request,
  response: request,
  notify: request,
  presence: { who: string, change: oneOf('join', 'leave') },
  bye: { pc: string },
  other: { label: string },
};

const STAMP: Checks = { from: string, to: string, link: optional(string) };

/** Checks as a list: each line of a recording goes through one. */
type Listed = readonly (readonly [string, Check])[];
const listed = (table: Readonly<Record<string, Checks>>, common: Checks = {}): ReadonlyMap<string, Listed> =>
  new Map(Object.entries(table).map(([kind, checks]) => [kind, Object.entries({ ...common, ...checks })]));
const ofEvents = listed(EVENTS, STAMP);
const ofSignals = listed(SIGNALS);

/** Whether this version knows the kind. */
export function isKnownKind(kind: string): boolean {
  return ofEvents.has(kind);
}

/** The first member that is missing or of the wrong type; undefined if the event can be trusted. */
export function wrongField(event: Readonly<Record<string, unknown>>, kind: string): string | undefined {
  return firstWrong(event, ofEvents.get(kind) ?? Object.entries(STAMP));
}

/** The same for a signal; `type` if it is none that this version knows. */
export function wrongSignalField(signal: unknown): string | undefined {
  const checks = isObject(signal) && typeof signal.type === 'string' ? ofSignals.get(signal.type) : undefined;
  return checks === undefined ? 'type' : firstWrong(signal as Readonly<Record<string, unknown>>, checks);
}

function firstWrong(object: Readonly<Record<string, unknown>>, checks: Listed): string | undefined {
  for (const [key, check] of checks) if (!check(Object.hasOwn(object, key) ? object[key] : undefined)) return key;
  return undefined;
}
