/** From the words of a filter to one test: `or` binds least, then `and` (or nothing between two words), then `not`. */
import type { Subject } from './subject.ts';
import { type Reading, readBracketWord, readTerm, type Test } from './term.ts';
import { type FilterError, type Token, tokensOf } from './tokens.ts';

/** Saved filters by name. */
export type Saved = Readonly<Record<string, string>>;

export interface ReadOptions {
  /** For messages on their way: what only the log can tell is refused, and so is a word that is nothing else. */
  readonly passing?: boolean;
  readonly saved?: Saved;
}

/** A saved filter may name others, so deep. */
const DEEPEST = 16;
/** Characters; what is longer was not written by anybody. */
const LONGEST = 4000;

/** Undefined for an empty filter. Never throws. */
export function readTest(text: string, options: ReadOptions = {}): Test | FilterError | undefined {
  return read(text, options, 0, false);
}

function read(text: string, options: ReadOptions, depth: number, inBrackets: boolean): Test | FilterError | undefined {
  if (text.length > LONGEST) return { column: LONGEST, length: 1, message: `it is longer than ${LONGEST} characters` };
  const tokens = tokensOf(inBrackets ? text.replace(/"[^"]*"|,/g, (part) => (part === ',' ? ' ' : part)) : text);
  if ('message' in tokens) return tokens;
  if (tokens.length === 0) return undefined;
  const reader = createReader(tokens, text.length, readingOf(options, depth), inBrackets);
  const test = reader.either();
  if (typeof test !== 'function') return test;
  const left = reader.rest();
  return left === undefined ? test : at(left, 'this parenthesis closes none');
}

const at = ({ at: from, text }: Token, message: string): FilterError => ({
  column: from + 1,
  length: text.length,
  message,
});

function readingOf(options: ReadOptions, depth: number): Reading {
  return {
    passing: options.passing === true,
    inner(text, from) {
      const test = read(text, options, depth, true);
      if (typeof test === 'function') return test;
      if (test === undefined) return { column: from + 1, length: 1, message: 'there is nothing in these brackets' };
      return { ...test, column: from + test.column };
    },
    saved(name, from) {
      const { saved = {} } = options;
      const wrong = (message: string): FilterError => ({ column: from + 1, length: name.length + 1, message });
      if (!Object.hasOwn(saved, name)) {
        const names = Object.keys(saved);
        return wrong(
          `no filter is saved as "${name}"${names.length === 0 ? '; "filters" in a config file has none' : `; there are ${names.join(', ')}`}`,
        );
      }
      if (depth >= DEEPEST) return wrong(`the saved filter "${name}" means itself`);
      const test = read(saved[name] ?? '', options, depth + 1, false);
      if (typeof test === 'function') return test;
      return wrong(
        test === undefined ? `the saved filter "${name}" is empty` : `in the saved filter "${name}": ${test.message}`,
      );
    },
  };
}

interface Reader {
  either(): Test | FilterError;
  rest(): Token | undefined;
}

function createReader(tokens: readonly Token[], end: number, reading: Reading, inBrackets: boolean): Reader {
  let next = 0;
  const missing = (what: string): FilterError => ({ column: end + 1, length: 1, message: what });

  function either(): Test | FilterError {
    const tests: Test[] = [];
    do {
      const test = both();
      if (typeof test !== 'function') return test;
      tests.push(test);
    } while (took('or'));
    return tests.length === 1 ? (tests[0] as Test) : (subject) => tests.some((test) => test(subject));
  }

  function both(): Test | FilterError {
    const tests: Test[] = [];
    for (;;) {
      const test = single();
      if (typeof test !== 'function') return test;
      tests.push(test);
      const isAnd = took('and');
      const type = tokens[next]?.type;
      if (!isAnd && (type === undefined || type === 'or' || type === 'close')) break;
    }
    if (tests.length === 1) return tests[0] as Test;
    const needs = tests.flatMap((test) => test.needs ?? []);
    return Object.assign((subject: Subject) => tests.every((test) => test(subject)), { needs });
  }

  function single(): Test | FilterError {
    const token = tokens[next];
    if (token === undefined)
      return missing(next === 0 ? 'a word is missing here' : `a word is missing after "${tokens[next - 1]?.text}"`);
    next += 1;
    if (token.type === 'not') {
      const test = single();
      return typeof test === 'function' ? (subject) => !test(subject) : test;
    }
    if (token.type === 'open') return grouped(token);
    if (token.type !== 'term') return at(token, `a word is missing before "${token.text}"`);
    const word = inBrackets ? readBracketWord(token.text.toLowerCase()) : undefined;
    return word ?? readTerm(token.text, token.at, reading);
  }

  function grouped(open: Token): Test | FilterError {
    const test = either();
    if (typeof test === 'function' && !took('close')) return at(open, 'this parenthesis is not closed');
    return test;
  }

  function took(type: Token['type']): boolean {
    if (tokens[next]?.type !== type) return false;
    next += 1;
    return true;
  }

  return { either, rest: () => tokens[next] };
}
