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
