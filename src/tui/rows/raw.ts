/** The tab Raw: the frame as it went over the wire, every byte of it visible. */
import type { SignalEvent } from '../../core/event.ts';
import { cell, type Row, row, wrapped } from './row.ts';
import type { Scene, Tab } from './tab.ts';

export const rawTab: Tab = {
  id: 'raw',
  title: 'Raw',
  about: 'event',
  rows: ({ event, width, glyphs }) => (event === undefined ? [] : rawRows(event, width, glyphs)),
  copy: ({ event }) => (event === undefined ? undefined : { text: rawText(event), what: `raw event ${event.seq}` }),
};

/** The frame; for an event that is none, the event itself as JSON. */
function rawText(event: SignalEvent): string {
  return event.kind === 'message' || event.kind === 'other' ? event.raw : JSON.stringify(event, null, 2);
}

function rawRows(event: SignalEvent, width: number, glyphs: Scene['glyphs']): readonly Row[] {
  const text = rawText(event);
  if (event.kind === 'message' && event.encoding === 'base64') return binaryRows(text, event.protocol, glyphs);
  const what =
    event.kind === 'message' ? `${event.protocol}, text, ${text.length} characters` : `${event.kind}, not a frame`;
  const lines = text.split(/\r\n|\n/).flatMap((line) => wrapped(cell(line, 'plain', glyphs).text, Math.max(1, width)));
  return [
    row('what', cell(what, 'muted', glyphs)),
    ...lines.map((line, index) => row(String(index), { text: line, tone: 'plain' })),
  ];
}

const BYTES_A_ROW = 16;

function binaryRows(base64: string, protocol: string, glyphs: Scene['glyphs']): readonly Row[] {
  const bytes = Uint8Array.from(decoded(base64), (character) => character.charCodeAt(0));
  const rows: Row[] = [row('what', cell(`${protocol}, binary, ${bytes.length} bytes`, 'muted', glyphs))];
  for (let at = 0; at < bytes.length; at += BYTES_A_ROW) {
    const part = [...bytes.subarray(at, at + BYTES_A_ROW)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(
      row(
        String(at),
        { text: `${at.toString(16).padStart(6, '0')}  `, tone: 'muted' },
        { text: hex.padEnd(BYTES_A_ROW * 3 + 1), tone: 'plain' },
        { text: letters, tone: 'plain' },
      ),
    );
  }
  return rows;
}

/** What is not base64 is shown as the characters it is. */
function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return base64.replace(/[^\x00-\xff]/g, '?');
  }
}
