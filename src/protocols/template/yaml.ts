/** Reads a template from YAML, and says line and column of what is wrong in it. Imported only when a template is read. */
import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { RenegoError } from '../../core/errors.ts';
import type { Protocol } from '../protocol.ts';
import { type Path, pathText, TemplateFault } from './fault.ts';
import { protocolOf } from './protocol.ts';
import { readTemplate } from './read.ts';

export interface TemplateFile {
  readonly text: string;
  /** How the file is called in errors: `./mine.yaml`. */
  readonly file: string;
  /** What the protocol is called if the file does not say. */
  readonly name: string;
  /** What `{{env.…}}` stands for. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Throws RenegoError `usage`/`TEMPLATE`. */
export function templateFromYaml({ text, file, name, env }: TemplateFile): Protocol {
  return fromYaml({ text, file, code: 'TEMPLATE' }, (value) => protocolOf(readTemplate(value, name, env)));
}

export interface YamlFile {
  readonly text: string;
  readonly file: string;
  /** Of the error that is thrown. */
  readonly code: string;
}

/**
 * What `read` makes of the file; its faults get line and column, and it may ask for the line of a path. Throws RenegoError
 * `usage` with that code.
 */
export function fromYaml<T>(
  { text, file, code }: YamlFile,
  read: (value: unknown, lineOf: (path: Path) => number) => T,
): T {
  const fault = (place: string, message: string, hint: string): RenegoError =>
    new RenegoError('usage', code, `${file}:${place}: ${message}`, hint);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw fault(placeAt(lines, broken.pos[0]), firstLine(broken.message), yamlHint(text, broken.pos[0]));
  const bare = bareVariable(document);
  if (bare !== undefined) throw fault(placeAt(lines, bare), 'a variable stands without quotes', QUOTE);
  try {
    return read(plain(document), (path) => lines.linePos(offsetOf(document, path, false)).line);
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    const { path, message, hint, atKey } = thrown;
    const where = path.length === 0 ? '' : ` (in ${pathText(path)})`;
    throw fault(placeAt(lines, offsetOf(document, path, atKey)), `${message}${where}`, hint);
  }
}

/** Aliases that lead nowhere, or to far too much, show only here. */
function plain(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    throw new TemplateFault([], firstLine((thrown as Error).message), 'Write it without * and &.');
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

/** `line:column`, from 1. */
function placeAt(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${Math.max(1, line)}:${Math.max(1, col)}`;
}

const QUOTE = 'Put variables into quotes: "{{sdp}}".';

/** The mistake that is made most: to YAML, a variable without quotes is an object whose key is an object. */
function bareVariable(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair(_, { key }) {
      if (!isCollection(key)) return undefined;
      found = key.range?.[0];
      return visit.BREAK;
    },
  });
  return found;
}

function yamlHint(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
  if (/[^"'{]\{\{\w/.test(line)) return QUOTE;
  return 'See https://yaml.org, or write the message as JSON: every JSON is YAML.';
}

/** Where the node at this path begins, or the nearest one above it. */
function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const above = path.slice(0, length);
    if (atKey || length < path.length) {
      const key = keyOffset(document, above);
      if (key !== undefined) return key;
    }
    const node = length === 0 ? document.contents : document.getIn(above, true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return offset;
  }
  return 0;
}

function keyOffset(document: Document.Parsed, path: Path): number | undefined {
  if (path.length === 0) return undefined;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const key = parent.items.map((pair) => pair.key).find((one) => isScalar(one) && one.value === path.at(-1));
  return isScalar(key) ? key.range?.[0] : undefined;
}

function isNode(value: unknown): value is { readonly range?: readonly [number, number, number] | null } {
  return typeof value === 'object' && value !== null && 'range' in value;
}
