/** The words of a filter: what stands between blanks, with its quotes and brackets kept together; `and or not ( ) -`. */

export interface Token {
  readonly type: 'term' | 'and' | 'or' | 'not' | 'open' | 'close';
  readonly text: string;
  /** From 0. */
  readonly at: number;
}

/** What is wrong with a filter, and where (from 1). */
export interface FilterError {
  readonly column: number;
  /** How many characters are wrong, at least 1. */
  readonly length: number;
  readonly message: string;
}

const WORDS: ReadonlyMap<string, Token['type']> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
  ['&&', 'and'],
  ['||', 'or'],
]);

/** A quoted text, a bracket with quoted texts in it, or anything that is no blank and no parenthesis. */
const TERM = /(?:"[^"]*"|\[(?:[^\]"]|"[^"]*")*\]|[^\s()"[\]])+/y;

/** Never throws; a bracket or a quote that is not closed is the error. */
export function tokensOf(text: string): readonly Token[] | FilterError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at] ?? '';
    if (/\s/.test(letter)) at += 1;
    else if (letter === '(' || letter === ')')
      tokens.push({ type: letter === '(' ? 'open' : 'close', text: letter, at: at++ });
    else if ((letter === '-' || letter === '!') && !/^[!-]=/.test(text.slice(at, at + 2)))
      tokens.push({ type: 'not', text: letter, at: at++ });
    else {
      TERM.lastIndex = at;
      const found = TERM.exec(text)?.[0];
      if (found === undefined) return unclosed(text, at);
      const next = text[at + found.length];
      if (next === '"' || next === '[' || next === ']') return unclosed(text, at + found.length);
      tokens.push({ type: WORDS.get(found.toLowerCase()) ?? 'term', text: found, at });
      at += found.length;
    }
  }
  return tokens;
}

function unclosed(text: string, at: number): FilterError {
  const length = text.length - at;
  if (text[at] === '"') return { column: at + 1, length, message: 'this quote is not closed' };
  const message = text[at] === '[' ? 'this bracket is not closed' : 'this bracket closes none';
  return { column: at + 1, length: text[at] === '[' ? length : 1, message };
}
