/** Explains one line of a description: its fields by name, its meaning and its specification. */
import { parse } from 'sdp-transform';
import { parseCandidate } from './candidate.ts';
import { ATTRIBUTE_MEANINGS, LINE_MEANINGS } from './meanings.ts';
import { words } from './tokens.ts';

export interface Explanation {
  /** Attribute name, or the type letter. */
  readonly name: string;
  /** Named parts of the value, as written on the wire (not made printable). */
  readonly fields: Readonly<Record<string, string>>;
  readonly what: string;
  readonly spec: string;
}

/** Longer lines are not given to the grammar's regular expressions, some of which are not linear. */
const LONGEST = 1000;

/** Explains a line such as `a=rtcp-mux` (line end allowed); undefined if its type or attribute is not known. */
export function explainLine(line: string): Explanation | undefined {
  const text = line.replace(/\r?\n$|\r$/, '');
  if (text.charAt(1) !== '=' || /[\r\n]/.test(text)) return undefined;
  const type = text.charAt(0);
  const rest = text.slice(2);
  if (type !== 'a') return explain(type, LINE_MEANINGS, text, rest);
  const colon = rest.indexOf(':');
  return colon < 0
    ? explain(rest, ATTRIBUTE_MEANINGS, text, undefined)
    : explain(rest.slice(0, colon), ATTRIBUTE_MEANINGS, text, rest.slice(colon + 1));
}

function explain(name: string, table: typeof LINE_MEANINGS, text: string, value: string | undefined) {
  const meaning = table.get(name);
  if (meaning === undefined) return undefined;
  return { name, fields: value === undefined ? {} : fieldsOf(name, text, value), ...meaning };
}

/** The grammar's names for the parts; a part the grammar leaves out brings in the whole `value`. */
function fieldsOf(name: string, text: string, value: string): Record<string, string> {
  const own = OWN_FIELDS.get(name)?.(value);
  if (own !== undefined) return own;
  const fields = text.length > LONGEST ? {} : grammarFields(text);
  const covered = new Set(Object.values(fields).flatMap(pieces));
  return pieces(value).every((piece) => covered.has(piece)) ? fields : { ...fields, value };
}

const pieces = (text: string): string[] => text.split(/[ \t/:=;,]+/).filter((piece) => piece !== '');

/** Flattens what sdp-transform makes of a single line; it has one entry, of text, numbers or a list of one object. */
function grammarFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  // `invalid` is the whole line again, when no expression fits.
  const { media, invalid: _, ...session } = parse(text) as unknown as Record<string, unknown> & { media: unknown[] };
  flatten('value', media[0] ?? session, fields);
  return fields;
}

function flatten(name: string, item: unknown, fields: Record<string, string>): void {
  if (Array.isArray(item)) {
    for (const one of item) flatten(name, one, fields);
  } else if (typeof item === 'object' && item !== null) {
    for (const [key, value] of Object.entries(item)) flatten(key, value, fields);
  } else if (typeof item === 'string' || typeof item === 'number') {
    fields[name] = String(item);
  }
}

/** Attributes whose grammar in sdp-transform 3.0 loses something: ids with braces, lists, address types, ufrag. */
const OWN_FIELDS: ReadonlyMap<string, (value: string) => Record<string, string> | undefined> = new Map<
  string,
  (value: string) => Record<string, string> | undefined
>([
  ['msid', (value) => named(['stream', 'track'], words(value))],
  ['ice-options', (value) => ({ options: value })],
  ['msid-semantic', (value) => named(['semantic', 'streams'], words(value))],
  ['rtcp-fb', (value) => named(['payload', 'type', 'parameter'], words(value))],
  ['candidate', candidateFields],
  [
    'o',
    (value) => named(['username', 'sessionId', 'sessionVersion', 'netType', 'addressType', 'address'], words(value)),
  ],
  ['c', (value) => named(['netType', 'addressType', 'address'], words(value))],
  ['rtcp', (value) => named(['port', 'netType', 'addressType', 'address'], words(value))],
]);

/** Gives words their names; the last name takes all words that are left. */
function named(names: readonly string[], list: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = index === names.length - 1 ? list.slice(index).join(' ') : list[index];
    if (part !== undefined && part !== '') fields[name] = part;
  }
  return fields;
}

function candidateFields(value: string): Record<string, string> | undefined {
  const candidate = parseCandidate(`candidate:${value}`);
  if (candidate === undefined) return undefined;
  const { extensions, ...known } = candidate;
  const fields: Record<string, string> = {};
  for (const [key, part] of Object.entries(known)) if (part !== undefined) fields[key] = String(part);
  for (const { key, value: part } of extensions) fields[key] ??= part;
  return fields;
}
