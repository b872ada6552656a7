/** The tab Raw: the frame as it went over the wire, every byte of it visible. */
import type { SignalEvent } from '../../core/event.ts';
import type { Model } from '../../core/model.ts';
import { eventOf } from './event-of.ts';
import { cell, type Row, row, wrapped } from './row.ts';
import type { Scene, Tab } from './tab.ts';

export const rawTab: Tab = {
  id: 'raw',
  title: 'Raw',
  about: 'event',
  *rows({ model, seqs, width, glyphs }) {
    for (const seq of seqs) {
      const event = eventOf(model, seq);
      const rows = event === undefined ? [] : rawRows(event, width, glyphs);
      for (const one of rows) yield seqs.length < 2 ? one : { ...one, key: `${seq} ${one.key}` };
    }
  },
  copy({ model, seqs }) {
    const events = eventsOf(model, seqs);
    if (events.length === 0) return undefined;
    const what = events.length === 1 ? `raw event ${seqs[0]}` : `${events.length} raw events`;
    return { text: events.map(rawText).join('\n'), what };
  },
};

function eventsOf(model: Model, seqs: readonly number[]): readonly SignalEvent[] {
  return seqs.flatMap((seq) => eventOf(model, seq) ?? []);
}

/** The frame; for an event that is none, the event itself as JSON. */
function rawText(event: SignalEvent): string {
  return event.kind === 'message' || event.kind === 'other' ? event.raw : JSON.stringify(event, null, 2);
}

/** Of a frame longer than this only the beginning is laid out; `y` copies it whole. */
const MOST_CHARACTERS = 100_000;

function* rawRows(event: SignalEvent, width: number, glyphs: Scene['glyphs']): Iterable<Row> {
  const text = rawText(event);
  const shown = text.slice(0, MOST_CHARACTERS);
  const rest = text.length - shown.length;
  if (event.kind === 'message' && event.encoding === 'base64') yield* binaryRows(shown, bytesIn(text), event, glyphs);
  else {
    const what =
      event.kind === 'message' ? `${event.protocol}, text, ${text.length} characters` : `${event.kind}, not a frame`;
    yield row('what', cell(`event ${event.seq} · ${what}`, 'muted', glyphs));
    yield* textRows(shown, width, glyphs);
  }
  if (rest > 0) yield row('more', cell(`and ${rest} more characters; y copies them all`, 'muted', glyphs));
}

function* textRows(text: string, width: number, glyphs: Scene['glyphs']): Iterable<Row> {
  let count = 0;
  for (const line of text.split(/\r\n|\n/))
    for (const part of wrapped(cell(line, 'plain', glyphs).text, Math.max(1, width)))
      yield row(String(count++), { text: part, tone: 'plain' });
}

const BYTES_A_ROW = 16;

function bytesIn(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

function* binaryRows(base64: string, count: number, event: SignalEvent, glyphs: Scene['glyphs']): Iterable<Row> {
  const protocol = event.kind === 'message' ? event.protocol : '';
  const bytes = Uint8Array.from(decoded(base64), (character) => character.charCodeAt(0));
  yield row('what', cell(`event ${event.seq} · ${protocol}, binary, ${count} bytes`, 'muted', glyphs));
  for (let at = 0; at < bytes.length; at += BYTES_A_ROW) {
    const part = [...bytes.subarray(at, at + BYTES_A_ROW)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    yield row(
      String(at),
      { text: `${at.toString(16).padStart(6, '0')}  `, tone: 'muted' },
      { text: hex.padEnd(BYTES_A_ROW * 3 + 1), tone: 'plain' },
      { text: letters, tone: 'plain' },
    );
  }
}

/** What is not base64 is shown as the characters it is. */
function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return base64.replace(/[^\x00-\xff]/g, '?');
  }
}
