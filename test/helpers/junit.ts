/** JUnit XML read by an XML parser, and held against what the schema of Jenkins (xUnit plugin, junit-10) lets stand where. */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

interface Kind {
  readonly must: readonly string[];
  readonly may: readonly string[];
  readonly children: readonly string[];
  readonly text?: true;
}

const OUTPUT = ['system-out', 'system-err'];
const COUNTS = ['tests', 'failures', 'errors'];
const outcome: Kind = { must: [], may: ['type', 'message'], children: [], text: true };
const output: Kind = { must: [], may: [], children: [], text: true };

const KINDS: Readonly<Record<string, Kind>> = {
  testsuites: { must: [], may: ['name', 'time', ...COUNTS], children: ['testsuite'] },
  testsuite: {
    must: ['name', ...COUNTS],
    may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', ...OUTPUT],
  },
  testcase: {
    must: ['name'],
    may: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', ...OUTPUT],
  },
  ...{ failure: outcome, error: outcome, skipped: outcome },
  ...{ 'system-out': output, 'system-err': output },
};

/** The root. Throws for what is no XML, or not of that schema. */
export function readJunit(text: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  const [top] = root.children;
  if (top?.name !== 'testsuites' || root.children.length > 1) throw new Error('the root is not one testsuites');
  hold(top);
  return top;
}

/** Every element of that name, in the order they stand in. */
export function all(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

function hold(element: Element): void {
  const { name, attributes, children, text } = element;
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`nobody knows <${name}>`);
  for (const key of kind.must) if (attributes[key] === undefined) throw new Error(`<${name}> has no ${key}`);
  for (const key of Object.keys(attributes))
    if (!kind.must.includes(key) && !kind.may.includes(key)) throw new Error(`<${name}> has ${key}`);
  for (const child of children)
    if (!kind.children.includes(child.name)) throw new Error(`<${child.name}> stands in <${name}>`);
  if (kind.text === undefined && text.trim() !== '') throw new Error(`text stands in <${name}>: ${text}`);
  if (name === 'testsuites' || name === 'testsuite') count(element);
  for (const child of children) hold(child);
}

function count(element: Element): void {
  const { name, attributes } = element;
  for (const [key, of] of [...COUNTS, 'skipped'].map((key, i) => [
    key,
    ['testcase', 'failure', 'error', 'skipped'][i],
  ])) {
    const said = attributes[key ?? ''];
    if (said !== undefined && Number(said) !== all(element, of ?? '').length)
      throw new Error(`<${name}> says ${key}="${said}"`);
  }
}
