/** Reads a template: checks that everything in it has a meaning, and compiles its messages. */

import { nearest } from '../../core/nearest.ts';
import { isObject } from '../json.ts';
import { carrierNamed, carrierNames } from './carrier/index.ts';
import { readExamples } from './examples.ts';
import { type Path, TemplateFault } from './fault.ts';
import { durationField, fieldsOf, listField, patternField, textField, textsField, wordField } from './fields.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { readMessages } from './read-messages.ts';
import { type Connect, ROLES, type Step, type Template } from './template.ts';
import { checkVariables } from './variables.ts';

const KEYS = [
  'name',
  'title',
  'carrier',
  'connect',
  'join',
  'leave',
  'self',
  'peer',
  'role',
  'messages',
  'replies',
  'ack',
  'acked',
  'errors',
  'keep',
  'keepalive',
  'restart',
  'renegotiation',
  'params',
  'values',
  'examples',
  'tested',
];
const CONNECT = ['url', 'path', 'query', 'headers', 'subprotocol', 'auth', 'namespace', 'version'];

/** `name` is taken where the template has none; `env` is the environment its `{{env.…}}` stand for. Throws TemplateFault. */
export function readTemplate(
  source: unknown,
  name: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Template {
  const fields = fieldsOf(source, [], KEYS, 'a template');
  const carrier = carrierNamed(textField(fields.carrier, ['carrier']) ?? 'json');
  if (carrier === undefined) {
    const near = nearest(String(fields.carrier), carrierNames);
    const hint = `There are ${carrierNames.join(', ')}.${near === undefined ? '' : ` Did you mean '${near}'?`}`;
    throw new TemplateFault(['carrier'], `there is no carrier '${String(fields.carrier)}'`, hint);
  }
  const { messages, restart } = readMessages(fields);
  const self = patternField(fields.self, ['self']);
  const peer = textField(fields.peer, ['peer']);
  const ack = patternField(fields.ack, ['ack']);
  const keepalive = readKeepalive(fields.keepalive);
  const tested = textField(fields.tested, ['tested']);
  const template: Template = {
    name: textField(fields.name, ['name']) ?? name,
    title: textField(fields.title, ['title']) ?? name,
    carrier,
    connect: readConnect(fields.connect),
    join: listField(fields.join, ['join']).map((step) => readStep(step.source, step.path)),
    leave: fields.leave === undefined ? [] : [compilePattern(fields.leave, ['leave'])],
    ...(self !== undefined && { self }),
    ...(peer !== undefined && { peer }),
    role: wordField(fields.role, ['role'], ROLES, 'anyone'),
    messages,
    replies: listField(fields.replies, ['replies']).map((reply) => readReply(reply.source, reply.path)),
    ...(ack !== undefined && { ack }),
    acked: fields.acked === true,
    errors: listField(fields.errors, ['errors']).map((error) => compilePattern(error.source, error.path)),
    keep: listField(fields.keep, ['keep']).map((kept) => compilePattern(kept.source, kept.path)),
    ...(keepalive !== undefined && { keepalive }),
    restart,
    renegotiation: readRenegotiation(fields.renegotiation),
    params: textsField(fields.params, ['params']),
    values: isObject(fields.values) ? fields.values : {},
    examples: readExamples(fields.examples, carrier),
    ...(tested !== undefined && { tested }),
  };
  return { ...template, values: { ...template.values, ...checkVariables(template, env) } };
}

function readConnect(source: unknown): Connect {
  if (source === undefined || source === null) return {};
  const fields = fieldsOf(source, ['connect'], CONNECT, 'connect');
  const at = (key: string): Pattern | undefined => patternField(fields[key], ['connect', key]);
  const patterns = ['url', 'path', 'query', 'headers', 'auth', 'namespace'].map((key) => [key, at(key)] as const);
  const { subprotocol, version } = fields;
  const names = Array.isArray(subprotocol)
    ? subprotocol
    : subprotocol === undefined || subprotocol === null
      ? []
      : [subprotocol];
  if (version !== undefined && version !== 3 && version !== 4) {
    const hint = 'Write 3 for Socket.IO 1 and 2, 4 for Socket.IO 3 and 4, or leave it out: renego finds out.';
    throw new TemplateFault(['connect', 'version'], `there is no version ${String(version)}`, hint);
  }
  return {
    ...Object.fromEntries(patterns.filter(([, pattern]) => pattern !== undefined)),
    ...(names.length > 0 && { subprotocols: names.map(String) }),
    ...(version !== undefined && { version }),
  };
}

function readStep(source: unknown, path: Path): Step {
  const fields = fieldsOf(source, path, ['send', 'ack', 'expect'], 'a step of join');
  if ((fields.send === undefined) === (fields.expect === undefined)) {
    throw new TemplateFault(path, 'a step of join either sends or expects', 'Write - send: … or - expect: …');
  }
  if (fields.expect !== undefined) return { do: 'expect', pattern: compilePattern(fields.expect, [...path, 'expect']) };
  const ack = patternField(fields.ack, [...path, 'ack']);
  return { do: 'send', pattern: compilePattern(fields.send, [...path, 'send']), ...(ack !== undefined && { ack }) };
}

function readReply(source: unknown, path: Path): { on: Pattern; send: Pattern } {
  const { on, send } = fieldsOf(source, path, ['on', 'send'], 'a reply');
  if (on === undefined || send === undefined) {
    throw new TemplateFault(path, 'a reply has both on and send', 'Write { on: what comes, send: what goes back }.');
  }
  return { on: compilePattern(on, [...path, 'on']), send: compilePattern(send, [...path, 'send']) };
}

function readKeepalive(source: unknown): Template['keepalive'] {
  if (source === undefined || source === null) return undefined;
  const { every, send } = fieldsOf(source, ['keepalive'], ['every', 'send'], 'keepalive');
  if (send === undefined) throw new TemplateFault(['keepalive'], 'keepalive sends nothing', 'Add send: … to it.');
  return { every: durationField(every, ['keepalive', 'every']), send: compilePattern(send, ['keepalive', 'send']) };
}

function readRenegotiation(source: unknown): Template['renegotiation'] {
  if (source === undefined || source === true) return true;
  if (typeof source === 'string') return { why: source };
  return { why: 'this system takes one offer for a call' };
}
