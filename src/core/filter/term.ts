/** One word of a filter: a kind with what stands in its brackets, a field with its values, a text. */
import { nearest } from '../nearest.ts';
import { contains, FIELDS, type Field, fieldNamed, fitsNumber, fitsText, type Operator, readRange } from './fields.ts';
import { isKind, KINDS, typesOf } from './kinds.ts';
import { type Need, needOf } from './needs.ts';
import type { Range } from './range.ts';
import { narrowed, type Subject } from './subject.ts';
import type { FilterError } from './tokens.ts';

export interface Test {
  (subject: Subject): boolean;
  /** What the events it lets through have in them. */
  readonly needs?: readonly Need[];
}

/** The test, with what it needs. */
function needing(test: (subject: Subject) => boolean, need: Need | undefined): Test {
  return need === undefined ? test : Object.assign(test, { needs: [need] });
}

/** How words are read that are neither kinds nor fields: as texts of a row; or, of messages on their way, not at all. */
export interface Reading {
  readonly passing: boolean;
  /** Reads what stands in brackets; `at` is where it begins. */
  readonly inner: (text: string, at: number) => Test | FilterError;
  /** Reads a saved filter. */
  readonly saved: (name: string, at: number) => Test | FilterError;
}

const fault = (at: number, length: number, message: string): FilterError => ({ column: at + 1, length, message });

/** `at` counts from 0. Never throws. */
export function readTerm(text: string, at: number, reading: Reading): Test | FilterError {
  if (text.startsWith('@')) return reading.saved(text.slice(1), at);
  if (/^#\d+$/.test(text)) return readField('seq', '=', text.slice(1), at, at + 1, reading);
  const [, kind, inside] = /^([\w-]+)\[(.*)\]$/s.exec(text) ?? [];
  if (kind !== undefined && inside !== undefined) return readKind(kind.toLowerCase(), inside, at, reading);
  const [whole = '', name = '', operator = ''] = /^([a-z]+)(!=|<=|>=|[:=~<>])/i.exec(text) ?? [];
  const value = text.slice(whole.length);
  if (operator !== '' && (fieldNamed(name.toLowerCase()) !== undefined || reading.passing || isSlip(name)))
    return readField(name.toLowerCase(), operator as Operator, value, at, at + whole.length, reading);
  return readWord(text, at, reading);
}

/** `frm:bob` is no text of a row that anybody looks for; in quotes it is one. */
function isSlip(name: string): boolean {
  const names = FIELDS.map((field) => field.name);
  return name.length > 2 && nearest(name.toLowerCase(), names) !== undefined;
}

const WAYS: readonly string[] = ['c2s', 's2c'];

function readWord(text: string, at: number, { passing }: Reading): Test | FilterError {
  const word = text.toLowerCase();
  if (isKind(word)) return ofKind(word, undefined);
  if (WAYS.includes(word)) return ({ way }) => way === word;
  const wanted = unquoted(word);
  if (passing && wanted === word) {
    const near = nearest(word, [...KINDS, ...WAYS, ...FIELDS.map(({ name }) => name)]);
    const hint = near === undefined ? `write text:${text} for messages with this text` : `did you mean ${near}?`;
    return fault(at, text.length, `"${text}" is no kind of message; ${hint}`);
  }
  if (passing) return ({ raw }) => contains(raw, wanted);
  return needing((subject) => contains(subject.shown(), wanted), needOf(wanted, true));
}

function readKind(kind: string, inside: string, at: number, reading: Reading): Test | FilterError {
  if (!isKind(kind)) return fault(at, kind.length, `there is no kind "${kind}"${meant(kind, KINDS)}`);
  const test = reading.inner(inside, at + kind.length + 1);
  return typeof test === 'function' ? ofKind(kind, test) : test;
}

/** What stands in brackets is asked of each signal of the kind; of the whole message, where it is no kind of signal. */
function ofKind(kind: string, test: Test | undefined): Test {
  const types = typesOf(kind);
  return (subject) => {
    if (subject.kind === kind && (test === undefined || test(subject))) return true;
    const own = subject.signals.filter(({ type }) => types.includes(type));
    return test === undefined ? own.length > 0 : own.some((signal) => test(narrowed(subject, signal)));
  };
}

/** Words that mean themselves in brackets: `candidate[relay]`. */
export function readBracketWord(word: string): Test | undefined {
  const field = FIELDS.find(({ name, words }) => (name === 'type' || name === 'transport') && words?.includes(word));
  return field && ((subject) => fitsText(field, subject, word, false));
}

function readField(
  name: string,
  operator: Operator,
  text: string,
  at: number,
  valueAt: number,
  { passing }: Reading,
): Test | FilterError {
  const field = fieldNamed(name);
  if (field === undefined) {
    const names = FIELDS.map((one) => one.name);
    return fault(at, name.length, `there is no field "${name}"${meant(name, names)}`);
  }
  if (passing && field.afterwards === true)
    return fault(at, name.length, `${field.name} is not known before a message has passed`);
  if (text === '') return fault(valueAt, 1, `a value is missing after "${name}${operator}"`);
  const tests: Test[] = [];
  let from = valueAt;
  for (const part of text.match(/(?:"[^"]*"|[^,"])+/g) ?? []) {
    const test = readValue(field, operator, unquoted(part).toLowerCase());
    if (typeof test === 'string') return fault(from, part.length, test);
    tests.push(test);
    from += part.length + 1;
  }
  const [only] = tests;
  if (tests.length === 1 && only !== undefined && operator !== '!=') return only;
  const any: Test = (subject) => tests.some((test) => test(subject));
  return operator === '!=' ? (subject) => !any(subject) : any;
}

function readValue(field: Field, operator: Operator, value: string): Test | string {
  const isWord = field.words?.includes(value) === true;
  if (field.values === 'words' && !isWord && operator !== '~')
    return `there is no ${field.name} "${value}"${meant(value, field.words ?? [])}`;
  if (field.number === undefined || isWord) {
    if (/[<>]/.test(operator)) return `${field.name} is no number: write ${field.name}:${value}`;
    const need = field.name === 'text' || field.name === 'raw' ? needOf(value, field.name === 'text') : undefined;
    return needing((subject) => fitsText(field, subject, value, operator === '~'), need);
  }
  const range = readRange(field, value);
  if (typeof range === 'string') return isNamed(field) ? `${range}, nor ${field.words?.join(' or ')}` : range;
  const bounds = bounded(range, operator);
  return (subject) => fitsNumber(field, subject, bounds);
}

const isNamed = ({ words }: Field): boolean => words !== undefined;

/** The smallest step that numbers, times and sizes are written in. */
const STEP = 1e-6;

function bounded({ least, most }: Range, operator: Operator): Range {
  const open = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  if (operator === '<') return { ...open, most: least - STEP };
  if (operator === '<=') return { ...open, most };
  if (operator === '>') return { ...open, least: most + STEP };
  if (operator === '>=') return { ...open, least };
  return { least, most };
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${near}?`;
}

const unquoted = (text: string): string => text.replace(/"([^"]*)"/g, '$1');
