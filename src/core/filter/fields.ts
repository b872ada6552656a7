/** The fields of a filter, each with what it asks, what it can be, and where it cannot be asked. A field is an entry here. */
import { factsOf } from './facts.ts';
import { KINDS, typesOf } from './kinds.ts';
import { inRange, type Range, readBytes, readNumber, readSpan, readTime } from './range.ts';
import type { Subject } from './subject.ts';

export type Operator = ':' | '=' | '!=' | '~' | '<' | '<=' | '>' | '>=';

/** What can be written behind a field: any text, one of these words, a number, a time, a size. */
export type ValueKind = 'text' | 'words' | 'number' | 'time' | 'bytes';

export interface Field {
  readonly name: string;
  readonly help: string;
  readonly values: ValueKind;
  /** All that can be written, for `words`; what is suggested besides, for others. */
  readonly words?: readonly string[];
  /** Not known before a message has passed: not for rules of a proxy. */
  readonly afterwards?: true;
  /** What the subject has of it; a value fits if it is one of these. */
  readonly of?: (subject: Subject) => readonly (string | undefined)[];
  /** For numbers, times (ms) and sizes. */
  readonly number?: (subject: Subject) => readonly (number | undefined)[];
  /** Instead of the two above. */
  readonly fits?: (subject: Subject, value: string) => boolean;
}

const candidatesOf = ({ signals }: Subject) => signals.flatMap((signal) => factsOf(signal).candidates);
const kindOf = ({ kind, signals }: Subject, value: string): boolean =>
  kind === value || signals.some(({ type }) => typesOf(value).includes(type));

export const FIELDS: readonly Field[] = [
  { name: 'kind', help: 'what it is', values: 'words', words: KINDS, fits: kindOf },
  { name: 'from', help: 'who sent it', values: 'text', of: ({ from }) => [from] },
  { name: 'to', help: 'who it is for', values: 'text', of: ({ to }) => [to] },
  { name: 'party', help: 'who sent it or whom it is for', values: 'text', of: ({ from, to }) => [from, to] },
  {
    name: 'direction',
    help: 'from the client to the server, or back',
    values: 'words',
    words: ['c2s', 's2c'],
    of: ({ way }) => [way],
  },
  { name: 'link', help: 'the connection that carried it', values: 'text', of: ({ link }) => [link] },
  { name: 'protocol', help: 'the signaling protocol', values: 'text', of: ({ protocol }) => [protocol] },
  { name: 'pc', help: 'the peer connection', values: 'text', of: ({ pcs }) => pcs },
  {
    name: 'mid',
    help: 'an m-section',
    values: 'text',
    of: ({ signals }) => signals.flatMap((one) => factsOf(one).mids),
  },
  {
    name: 'codec',
    help: 'a codec in a description',
    values: 'text',
    of: ({ signals }) => signals.flatMap((signal) => factsOf(signal).codecs),
  },
  {
    name: 'ufrag',
    help: 'an ICE user fragment',
    values: 'text',
    of: (subject) => [
      ...subject.signals.flatMap((signal) => factsOf(signal).ufrags),
      ...candidatesOf(subject).map(({ ufrag }) => ufrag),
    ],
  },
  {
    name: 'ice',
    help: 'credentials: a restart, out of date, or the number of their generation',
    values: 'number',
    words: ['restart', 'stale'],
    fits: (subject, value) =>
      subject.ice().some((fact) => (value === 'restart' ? fact.restart : value === 'stale' && fact.stale)),
    number: (subject) => subject.ice().map(({ generation }) => generation),
  },
  {
    name: 'type',
    help: 'the type of a candidate',
    values: 'words',
    words: ['host', 'srflx', 'prflx', 'relay'],
    of: (subject) => candidatesOf(subject).map(({ type }) => type),
  },
  {
    name: 'transport',
    help: 'the transport of a candidate',
    values: 'words',
    words: ['udp', 'tcp'],
    of: (subject) => candidatesOf(subject).map(({ transport }) => transport),
  },
  {
    name: 'address',
    help: 'the address of a candidate',
    values: 'text',
    of: (subject) => candidatesOf(subject).map(({ address }) => address),
  },
  {
    name: 'method',
    help: 'the method of a request, response or notification',
    values: 'text',
    of: ({ signals }) => signals.map((signal) => factsOf(signal).method),
  },
  {
    name: 'finding',
    help: 'something is wrong with it: a severity, a rule, or any',
    values: 'text',
    words: ['any', 'error', 'warning', 'info'],
    afterwards: true,
    fits: (subject, value) => value === 'any' && subject.findings().length > 0,
    of: (subject) => subject.findings().flatMap(({ rule, severity }) => [rule, severity]),
  },
  {
    name: 'text',
    help: 'a text in its row or in the message',
    values: 'text',
    fits: (subject, value) =>
      contains(subject.raw, value) ||
      subject.signals.some((signal) => contains(factsOf(signal).text, value)) ||
      contains(subject.shown(), value),
  },
  {
    name: 'raw',
    help: 'a text in the message as it was sent',
    values: 'text',
    fits: ({ raw }, value) => contains(raw, value),
  },
  { name: 'time', help: 'time of the session', values: 'time', number: ({ t }) => [t] },
  { name: 'seq', help: 'number of the event', values: 'number', afterwards: true, number: ({ seq }) => [seq] },
  {
    name: 'round',
    help: 'number of the round of offer and answer',
    values: 'number',
    afterwards: true,
    number: ({ round }) => [round],
  },
  {
    name: 'bytes',
    help: 'length of the message',
    values: 'bytes',
    number: ({ kind, raw }) => [kind === 'message' ? raw.length : undefined],
  },
];

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));
/** Other names of fields, as people may write them. */
const ALIASES: Readonly<Record<string, string>> = {
  t: 'time',
  is: 'kind',
  dir: 'direction',
  rule: 'finding',
  size: 'bytes',
};

export function fieldNamed(name: string): Field | undefined {
  return BY_NAME.get(Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name);
}

export const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part);

/** What a value of this field reads as, where it is a number; a sentence where it cannot be read. */
export function readRange({ values, name }: Field, text: string): Range | string {
  const read = values === 'time' ? readTime : values === 'bytes' ? readBytes : readNumber;
  return readSpan(text, read) ?? `"${text}" is no ${WRITTEN[values]} for ${name}`;
}

const WRITTEN: Readonly<Record<ValueKind, string>> = {
  text: 'text',
  words: 'word',
  number: 'number (3, 3..7)',
  time: 'time (500ms, 1.5s, 1s..3s)',
  bytes: 'size (800, 4kB)',
};

/** Whether what the subject has of a field fits one value. Values are in lower case; `*` at the end stands for the rest. */
export function fitsText(field: Field, subject: Subject, value: string, part: boolean): boolean {
  if (field.fits?.(subject, value) === true) return true;
  const start = value.endsWith('*') ? value.slice(0, -1) : undefined;
  return (field.of?.(subject) ?? []).some((own) => {
    const text = own?.toLowerCase();
    if (text === undefined) return false;
    return part ? text.includes(value) : start === undefined ? text === value : text.startsWith(start);
  });
}

export function fitsNumber(field: Field, subject: Subject, range: Range): boolean {
  return (field.number?.(subject) ?? []).some((own) => own !== undefined && inRange(own, range));
}
