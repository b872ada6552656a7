/** The messages of a template, and how it restarts ICE. */
import { isObject } from '../json.ts';
import { type Path, TemplateFault } from './fault.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { compilePattern, namesIn, type Pattern } from './pattern.ts';
import { KINDS, type Kind, type Template, type Way } from './template.ts';

type Messages = Partial<Record<Kind, Way>>;

/** What of these a kind cannot do without. */
const CARRIES: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  offer: ['sdp', 'desc'],
  reoffer: ['sdp', 'desc'],
  answer: ['sdp', 'desc'],
  reanswer: ['sdp', 'desc'],
  candidate: ['ice', 'candidate'],
};

/** Throws TemplateFault. */
export function readMessages(fields: Fields): { messages: Messages; restart: Template['restart'] } {
  if (fields.messages === undefined) {
    const hint = 'Add messages: with offer, answer and candidate, each a message with {{sdp}} or {{ice}} in its place.';
    throw new TemplateFault([], 'the template has no messages', hint);
  }
  const source = fieldsOf(fields.messages, ['messages'], KINDS, 'messages');
  const messages: Messages = {};
  for (const kind of KINDS) {
    const way = readWay(source[kind], ['messages', kind]);
    if (way === undefined) continue;
    checkContent(kind, way, ['messages', kind]);
    messages[kind] = way;
  }
  for (const kind of ['offer', 'answer'] as const) {
    if (messages[kind] !== undefined) continue;
    const hint = `Add ${kind}: with the message that carries one, and {{sdp}} where the SDP stands.`;
    throw new TemplateFault(['messages'], `messages has no ${kind}`, hint);
  }
  const restart = readRestart(fields.restart, messages);
  return { messages, restart };
}

function readWay(source: unknown, path: Path): Way | undefined {
  if (source === undefined || source === null) return undefined;
  if (!isObject(source) || !('send' in source || 'recv' in source)) {
    const pattern = compilePattern(source, path);
    return { send: pattern, recv: pattern };
  }
  const { send, recv } = fieldsOf(source, path, ['send', 'recv'], 'a message of two directions');
  return {
    ...(send !== undefined && send !== null && { send: compilePattern(send, [...path, 'send']) }),
    ...(recv !== undefined && recv !== null && { recv: compilePattern(recv, [...path, 'recv']) }),
  };
}

function checkContent(kind: Kind, way: Way, path: Path): void {
  const wanted = CARRIES[kind];
  if (wanted === undefined) return;
  const patterns = [way.send, way.recv].filter((pattern): pattern is Pattern => pattern !== undefined);
  if (patterns.every((pattern) => namesIn(pattern).some((name) => wanted.includes(name)))) return;
  const hint = `Put {{${wanted[0]}}} where it stands${wanted[0] === 'sdp' ? ', or {{desc}} for an object with type and sdp' : ''}.`;
  throw new TemplateFault(
    path,
    `nothing in ${kind} says where the ${kind === 'candidate' ? 'candidate' : 'SDP'} is`,
    hint,
  );
}

function readRestart(source: unknown, messages: Messages): Template['restart'] {
  if (isObject(source)) {
    const { request } = fieldsOf(source, ['restart'], ['request'], 'restart');
    const way = readWay(request, ['restart', 'request']);
    if (way !== undefined) messages.restart = way;
    return 'ask';
  }
  switch (source) {
    case undefined:
    case null:
      return messages.restart === undefined ? 'offer' : 'ask';
    case 'offer':
      return 'offer';
    case 'reconnect':
      return { why: 'this system restarts by a new connection: hang up and call again' };
    case 'unsupported':
      return { why: 'this system has no way to restart ICE' };
    default: {
      const hint = 'Write offer, { request: the message that asks for one }, reconnect or unsupported.';
      throw new TemplateFault(['restart'], `there is no restart by '${String(source)}'`, hint);
    }
  }
}
