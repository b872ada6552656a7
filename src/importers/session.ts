/** Our own format, read as one among others. */
import { createSessionDecoder } from '../session/decode.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../session/format.ts';
import type { Importer } from './importer.ts';

const EXAMPLE = [
  encodeHeader({
    format: 1,
    tool: 'renego 0.1.0',
    startedAt: '2026-11-21T06:31:13.000Z',
    source: 'peer',
    parties: ['a', 'b'],
    redacted: [],
  }),
  encodeEvent({ seq: 1, t: 0, kind: 'link', from: 'a', to: 'b', change: 'open', url: 'ws://127.0.0.1:8080/' }),
  encodeEnd({ events: 1, reason: 'user' }),
  '',
].join('\n');

export const session: Importer = {
  name: 'session',
  title: 'renego session',
  sniff: (head) => (isSession(head) ? 1 : oddlyOrdered(head) || printed(head) ? 0.9 : 0),
  open(put) {
    const { write, end, header } = createSessionDecoder(put);
    return { write, header, end: () => void end() };
  },
  stamped: true,
  example: EXAMPLE,
};

/** A recording of ours beyond doubt: no other format needs to be asked. */
export const isSession = (head: string): boolean => /^\ufeff?\s*\{"kind"\s*:\s*"session"/.test(head);

/** What `connect --json` prints: events without a header. */
function printed(head: string): boolean {
  return /^\ufeff?\s*\{(?:"schema":\d+,)?"seq":\d+,"t":[\d.]+,"kind":"/.test(head);
}

/** A header whose members another tool has put in another order. */
function oddlyOrdered(head: string): boolean {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  return line.startsWith('{') && /"kind"\s*:\s*"session"/.test(line) && /"format"\s*:\s*\d/.test(line);
}
