/** What is wrong with a template, and where in it. */

/** Keys and indices from the root to the place. */
export type Path = readonly (string | number)[];

/** Thrown while a template is read; `readTemplate` and the YAML reader turn it into a RenegoError with line and column. */
export class TemplateFault extends Error {
  readonly path: Path;
  /** What to write instead. */
  readonly hint: string;
  /** It is the key itself that is wrong, not what it holds. */
  readonly atKey: boolean;

  constructor(path: Path, message: string, hint: string, atKey = false) {
    super(message);
    this.name = 'TemplateFault';
    this.path = path;
    this.hint = hint;
    this.atKey = atKey;
  }
}

/** `messages.offer[1].to` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** The known word nearest to a misspelt one; undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(word.length / 3)) ? best.one : undefined;
}

/** How many letters have to be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(a.length, 64); i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
