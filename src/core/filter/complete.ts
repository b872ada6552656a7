/** What can be written next in a filter: fields, kinds, and the names, sections and codecs of the session. */
import type { Model } from '../model.ts';
import { factsOf } from './facts.ts';
import { FIELDS, fieldNamed } from './fields.ts';
import { KINDS } from './kinds.ts';

export interface Option {
  /** Takes the place of the word that is being typed. */
  readonly text: string;
  readonly help: string;
}

export interface Completion {
  /** Where the word begins that is being typed, from 0. It ends with the text. */
  readonly at: number;
  /** Those that begin with what is typed, best first. */
  readonly options: readonly Option[];
}

/** Names that a session makes known, by field. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** Completes the last word of a filter. */
export function complete(text: string, vocabulary: Vocabulary): Completion {
  const word = /[^\s()[\],!]*$/.exec(text)?.[0] ?? '';
  const from = text.length - word.length;
  const sign = word.startsWith('-') ? 1 : 0;
  const [, name, operator = ''] = /^([a-z]+)([:=~])/i.exec(word.slice(sign)) ?? [];
  if (name === undefined) return { at: from + sign, options: starting(word.slice(sign), words(vocabulary)) };
  const at = from + sign + name.length + operator.length;
  return { at, options: starting(text.slice(at), valuesOf(name.toLowerCase(), vocabulary)) };
}

function words({ saved = [] }: Vocabulary): readonly Option[] {
  return [
    ...saved.map((name) => ({ text: `@${name}`, help: 'a saved filter' })),
    ...KINDS.map((kind) => ({ text: kind, help: 'a kind' })),
    ...FIELDS.map(({ name, help }) => ({ text: `${name}:`, help })),
    { text: 'not', help: 'not what follows' },
    { text: 'or', help: 'either of the two' },
  ];
}

function valuesOf(name: string, vocabulary: Vocabulary): readonly Option[] {
  const field = fieldNamed(name);
  if (field === undefined) return [];
  const own = vocabulary[field.name] ?? [];
  return [...(field.words ?? []), ...own].map((text) => ({
    text: /[\s,()[\]"]/.test(text) ? `"${text}"` : text,
    help: field.help,
  }));
}

function starting(typed: string, options: readonly Option[]): readonly Option[] {
  const start = typed.toLowerCase();
  return options.filter(({ text }) => text.toLowerCase().startsWith(start) && text.toLowerCase() !== start);
}

/** How many messages are looked through for names of sections and codecs, the newest. */
const LOOKED_THROUGH = 500;

/** The names in a session. `saved` are names of saved filters, `rules` ids of rules. */
export function vocabularyOf(model: Model, saved: readonly string[] = [], rules: readonly string[] = []): Vocabulary {
  const recent = model.events.slice(-LOOKED_THROUGH).filter((event) => event.kind === 'message');
  const facts = recent.flatMap(({ signals }) => signals.map(factsOf));
  const { parties } = model;
  return {
    saved,
    finding: rules,
    from: parties,
    to: parties,
    party: parties,
    link: [...model.links.keys()],
    pc: [...model.sessions.keys()],
    protocol: different(recent.map(({ protocol }) => protocol)),
    mid: different(facts.flatMap(({ mids }) => mids)),
    codec: different(facts.flatMap(({ codecs }) => codecs)),
    ufrag: different(facts.flatMap(({ ufrags }) => ufrags)),
    method: different(facts.flatMap(({ method }) => method ?? [])),
  };
}

const different = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
