/** What of a message is edited, and how it gets back into its frame. */
import { rewrap } from '../../core/rewrap.ts';
import type { MessageDraft } from './intervention.ts';
import { meaningOf } from './meaning.ts';

/** As it is handed to an editor. */
export interface Editable {
  readonly text: string;
  readonly as: 'signal' | 'frame';
  /** The whole frame. */
  readonly frame: string;
  /** For the name of the file: `offer`, `candidate`, `frame`. */
  readonly what: string;
}

/** The first description or candidate of a message, if it stands in it as text. */
function signalText(draft: MessageDraft): { text: string; what: string } | undefined {
  if (draft.encoding === 'base64') return undefined;
  for (const signal of meaningOf(draft).signals) {
    if ('sdp' in signal) return { text: signal.sdp, what: signal.type };
    if (signal.type === 'candidate') return { text: signal.candidate, what: 'candidate' };
  }
  return undefined;
}

const known = new WeakMap<MessageDraft, Editable>();

/** Line ends are the editor's; JSON is laid out to be read. */
export function editable(draft: MessageDraft): Editable {
  const before = known.get(draft);
  if (before !== undefined) return before;
  const made = toEdit(draft);
  known.set(draft, made);
  return made;
}

function toEdit(draft: MessageDraft): Editable {
  const json = draft.encoding === 'text' ? parse(draft.raw) : undefined;
  const frame = json === undefined ? draft.raw : `${JSON.stringify(json, null, 2)}\n`;
  const signal = signalText(draft);
  if (signal === undefined) return { text: frame, as: 'frame', frame, what: 'frame' };
  return { ...signal, text: signal.text.replaceAll('\r\n', '\n'), as: 'signal', frame };
}

/** The frame with what was edited in it; undefined if it cannot be put back. `as` defaults to what `editable` offers. */
export function edited(draft: MessageDraft, text: string, as = editable(draft).as): string | undefined {
  if (as === 'signal') {
    const signal = signalText(draft);
    if (signal === undefined) return undefined;
    const next = likeBefore(text, signal.text);
    return next === signal.text ? draft.raw : rewrap(draft.raw, signal.text, next);
  }
  if (parse(draft.raw) === undefined) return text;
  const json = parse(text);
  return json === undefined ? text : JSON.stringify(json);
}

/** Line ends as they were, and a last one where there was one. */
function likeBefore(text: string, before: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replace(/(?:\r?\n)+$/, '').split(/\r?\n/);
  return lines.join(end) + (before.endsWith('\n') ? end : '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `s/old/new/flags`, with any sign instead of the slash, as a change of what is edited. Undefined if it is none. */
export function parseSubstitution(script: string): ((text: string) => string) | undefined {
  const [, sign = '', rest = ''] = /^s([^\w\s\\])(.*)$/s.exec(script) ?? [];
  if (sign === '') return undefined;
  const parts = rest.split(new RegExp(`(?<!\\\\)\\${sign}`));
  const [pattern, replacement, flags] = parts;
  if (parts.length !== 3 || pattern === '' || !/^[gimsu]*$/.test(flags ?? '')) return undefined;
  const plain = (text: string) => text.replaceAll(`\\${sign}`, sign);
  try {
    const regexp = new RegExp(plain(pattern ?? ''), [...new Set(`m${flags ?? ''}`)].join(''));
    return (text) => text.replace(regexp, unescaped(plain(replacement ?? '')));
  } catch {
    return undefined;
  }
}

const unescaped = (text: string): string => text.replaceAll('\\n', '\n').replaceAll('\\r', '\r');
