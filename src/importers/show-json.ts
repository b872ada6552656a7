/** What `renego show --json` and `renego convert … .json` write: a whole session as one object, with what follows from it. */
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import { createSessionDecoder, type SessionDecoder } from '../session/decode.ts';
import { isObject, type JsonObject } from '../session/lines.ts';
import type { Importer, Put, Reading } from './importer.ts';
import { createJsonReader } from './json-stream.ts';

const EXAMPLE = JSON.stringify({
  schema: 1,
  source: { format: 1, tool: 'renego 0.1.0', startedAt: '2026-11-21T06:31:13.000Z', source: 'peer', redacted: [] },
  parties: ['a', 'b'],
  events: [{ seq: 1, t: 0, kind: 'link', from: 'a', to: 'b', change: 'open', url: 'ws://127.0.0.1:8080/' }],
  negotiations: [],
  findings: [],
});

export const showJson: Importer = {
  name: 'show-json',
  title: 'JSON of renego show',
  sniff: (head) => (/^\ufeff?\s*\{\s*"schema"\s*:\s*\d+\s*,\s*"source"\s*:\s*\{/.test(head) ? 0.98 : 0),
  open: openShown,
  stamped: true,
  example: EXAMPLE,
};

/** The same as the recording that was shown: what is derived from the events is passed over. */
function openShown(put: Put): Reading {
  let last: Pick<SignalEvent, 'seq' | 't'> = { seq: 0, t: 0 };
  const events = decoderOf({}, (event) => {
    last = event;
    put(event);
  });
  let about: JsonObject = {};
  let parties: unknown = [];
  const reader = createJsonReader({
    want([member, place]) {
      if (member === undefined) return 'enter';
      if (member === 'source' || member === 'parties') return 'take';
      if (member !== 'events') return 'skip';
      return place === undefined ? 'enter' : 'take';
    },
    take([member], value) {
      if (member === 'events') events.write(`${JSON.stringify(value)}\n`);
      else if (member === 'parties') parties = value;
      else if (isObject(value)) about = value;
    },
  });
  return {
    write: reader.write,
    end() {
      const problem = reader.end();
      events.end();
      if (problem !== undefined) put({ ...problem, seq: last.seq + 1, t: last.t });
    },
    header: (): SessionHeader => decoderOf({ ...about, parties }, () => {}).header(),
  };
}

/** A decoder that has read its header: what is wrong with a line is known there. */
function decoderOf(header: JsonObject, put: (event: SignalEvent) => void): SessionDecoder {
  const decoder = createSessionDecoder(put);
  decoder.write(`${JSON.stringify({ format: 1, ...header, kind: 'session' })}\n`);
  return decoder;
}
