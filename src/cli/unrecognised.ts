/** What is told where nothing that negotiates was recognised among messages: what they look like, and how renego is taught. */
import type { MessageEvent, Signal, SignalEvent } from '../core/event.ts';
import { printable } from '../core/text.ts';

export interface Recognition {
  observe(event: SignalEvent): void;
  /** In two sentences; undefined if something was recognised, or nothing said. */
  note(): string | undefined;
}

/** Kinds of messages that are told apart, members that are named, and how much of a message is looked at. */
const [MOST_KINDS, MOST_MEMBERS, LONGEST] = [4, 4, 16 * 1024];

export function createRecognition(): Recognition {
  let [messages, recognised] = [0, false];
  const kinds = new Map<string, number>();

  return {
    observe(event) {
      if (event.kind === 'apply' || event.kind === 'state') recognised = true;
      if (recognised || event.kind !== 'message') return;
      messages += 1;
      recognised = event.signals.some(isNegotiation);
      const kind = recognised ? '' : kindOf(event);
      if (kinds.has(kind) || kinds.size < MOST_KINDS) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    note() {
      if (recognised || messages === 0) return undefined;
      const counted = [...kinds].map(([kind, count]) => `${count} ${kind}`);
      const rest = messages - [...kinds.values()].reduce((sum, count) => sum + count, 0);
      const list = [...counted, ...(rest > 0 ? [`${rest} of other kinds`] : [])].join(', ');
      return (
        `no description and no candidate was recognised in ${messages} message${messages === 1 ? '' : 's'}: ${list}\n` +
        '  What is encrypted cannot be read. For a format of its own, describe one message of each kind in a template, or write ' +
        'a module:\n  renego proxy <url> --protocol ./mine.yaml (README, Your own signaling). If it is a usual one, please report it.'
      );
    },
  };
}

function isNegotiation(signal: Signal): boolean {
  return 'sdp' in signal || signal.type === 'candidate' || (signal.type === 'notify' && /^ICE /.test(signal.method));
}

/** `JSON {op, d}`, `binary`, `text`. */
function kindOf({ raw, encoding }: MessageEvent): string {
  if (encoding === 'base64') return 'binary';
  const value = /^\s*[[{]/.test(raw) && raw.length <= LONGEST ? parsed(raw) : undefined;
  if (typeof value !== 'object' || value === null) return 'text';
  if (Array.isArray(value)) return `JSON list of ${value.length}`;
  const names = Object.keys(value);
  const told = names.slice(0, MOST_MEMBERS).map((name) => printable(name).slice(0, 20));
  return `JSON {${told.join(', ')}${names.length > MOST_MEMBERS ? ', …' : ''}}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
