/** Which variables a template uses, and whether each has a value by the time it is written. */
import { nearest } from '../../core/nearest.ts';
import { type Path, TemplateFault } from './fault.ts';
import { namesIn, needsOf, type Pattern } from './pattern.ts';
import { KINDS, KNOWN, type Template } from './template.ts';

interface Use {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** The environment variables it wants, as values. Throws TemplateFault for a variable that nothing gives a value. */
export function checkVariables(
  template: Template,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const given = new Set([
    ...Object.keys(KNOWN),
    ...Object.keys(template.params),
    ...Object.keys(template.values),
    ...readOf(template).flatMap(namesIn),
  ]);
  const spelled = misspelled(template, given);
  const values: Record<string, string> = {};
  for (const { pattern, path } of writtenOf(template)) {
    const needed = needsOf(pattern);
    for (const name of namesIn(pattern)) {
      if (name.startsWith('env.')) {
        const value = needed.includes(name) ? fromEnvironment(name, env, path) : env[name.slice(4)];
        if (value !== undefined) values[name] = value;
      } else if (needed.includes(name) && (!given.has(name) || spelled.has(name))) {
        throw unknown(
          name,
          path,
          [...given].filter((one) => one !== name),
        );
      }
    }
  }
  return values;
}

function fromEnvironment(name: string, env: Readonly<Record<string, string | undefined>>, path: Path): string {
  const value = env[name.slice(4)];
  if (value !== undefined) return value;
  throw new TemplateFault(
    path,
    `the environment has no ${name.slice(4)}`,
    `Set it: ${name.slice(4)}=… renego connect …`,
  );
}

function unknown(name: string, path: Path, known: readonly string[]): TemplateFault {
  const near = nearest(name, known);
  const hint =
    near === undefined
      ? 'Catch it with {{…}} in a message that is received, or declare it under params or values.'
      : `Did you mean {{${near}}}?`;
  return new TemplateFault(path, `nothing gives {{${name}}} a value`, hint);
}

/** What stands in one message only, which is the same in both directions, and looks like a variable that renego knows. */
function misspelled({ messages, join }: Template, given: ReadonlySet<string>): ReadonlySet<string> {
  const both = KINDS.flatMap((kind) => {
    const way = messages[kind];
    return way?.send === undefined || way.send !== way.recv ? [] : [new Set(namesIn(way.send))];
  });
  const elsewhere = new Set(
    [
      ...KINDS.flatMap((kind) => (messages[kind]?.send === messages[kind]?.recv ? [] : [messages[kind]?.recv])),
      ...join.map((step) => (step.do === 'expect' ? step.pattern : step.ack)),
    ].flatMap((pattern) => (pattern === undefined ? [] : namesIn(pattern))),
  );
  const once = [...given].filter(
    (name) => both.filter((names) => names.has(name)).length === 1 && !elsewhere.has(name),
  );
  const known = Object.keys(KNOWN);
  return new Set(once.filter((name) => !known.includes(name) && nearest(name, known) !== undefined));
}

/** All that is received. */
function readOf({ messages, join, replies, errors, keep }: Template): readonly Pattern[] {
  return [
    ...KINDS.flatMap((kind) => messages[kind]?.recv ?? []),
    ...join.flatMap((step) => (step.do === 'expect' ? step.pattern : (step.ack ?? []))),
    ...replies.map(({ on }) => on),
    ...errors,
    ...keep,
  ];
}

/** All that is sent, and where it stands. */
function writtenOf({ messages, join, replies, leave, keepalive, connect, self, ack }: Template): readonly Use[] {
  const use = (pattern: Pattern | undefined, ...path: Path): Use[] =>
    pattern === undefined ? [] : [{ pattern, path }];
  return [
    ...use(connect.url, 'connect', 'url'),
    ...use(connect.path, 'connect', 'path'),
    ...use(connect.query, 'connect', 'query'),
    ...use(connect.headers, 'connect', 'headers'),
    ...use(connect.auth, 'connect', 'auth'),
    ...use(connect.namespace, 'connect', 'namespace'),
    ...use(self, 'self'),
    ...use(ack, 'ack'),
    ...join.flatMap((step, index) => (step.do === 'send' ? use(step.pattern, 'join', index, 'send') : [])),
    ...KINDS.flatMap((kind) => use(messages[kind]?.send, 'messages', kind)),
    ...replies.flatMap((reply, index) => use(reply.send, 'replies', index, 'send')),
    ...leave.flatMap((pattern) => use(pattern, 'leave')),
    ...use(keepalive?.send, 'keepalive', 'send'),
  ];
}
