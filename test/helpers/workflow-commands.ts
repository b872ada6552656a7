/** Reads workflow commands as the runner of GitHub Actions does: `::name key=value,key=value::data`, with its escapes. */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What an annotation may have beside its text. */
const PROPERTIES = ['file', 'line', 'endLine', 'col', 'endColumn', 'title'];

/** Throws for a line that is no command of annotations. */
export function readCommands(text: string): readonly Command[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [readCommand(line)]));
}

function readCommand(line: string): Command {
  if (!line.startsWith('::')) throw new Error(`no command: ${line}`);
  const end = line.indexOf('::', 2);
  if (end < 0) throw new Error(`a command without an end: ${line}`);
  const head = line.slice(2, end);
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  if (!['error', 'warning', 'notice'].includes(name)) throw new Error(`no annotation: ${name}`);
  const pairs =
    space < 0
      ? []
      : head
          .slice(space + 1)
          .trim()
          .split(',');
  const properties = Object.fromEntries(pairs.map(property));
  return { name, properties, data: unescaped(line.slice(end + 2), DATA) };
}

function property(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  const key = pair.slice(0, at);
  if (at < 0 || !PROPERTIES.includes(key)) throw new Error(`no property: ${pair}`);
  return [key, unescaped(pair.slice(at + 1), { ...DATA, '%3A': ':', '%2C': ',' })];
}

const DATA: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%25': '%' };

const unescaped = (text: string, escapes: Readonly<Record<string, string>>): string =>
  text.replace(/%[0-9A-F]{2}/g, (found) => escapes[found] ?? found);
