/** Every format renego reads, told apart by content. A new format is one file and one line here. */
import { RenegoError } from '../core/errors.ts';
import { aboutWebrtc } from './about-webrtc.ts';
import { frames } from './frames.ts';
import { har } from './har.ts';
import type { Imported, Importer } from './importer.ts';
import { ownReport } from './own-report.ts';
import { readWith } from './reading.ts';
import { rtcstats } from './rtcstats.ts';
import { sdpText } from './sdp-text.ts';
import { session } from './session.ts';
import { showJson } from './show-json.ts';
import { transcript } from './transcript.ts';
import { webrtcInternals } from './webrtc-internals.ts';

export const IMPORTERS: readonly Importer[] = [
  session,
  transcript,
  frames,
  har,
  webrtcInternals,
  rtcstats,
  aboutWebrtc,
  showJson,
  sdpText,
];

const HEAD = 64 * 1024;

/**
 * Reads a conversation in any known format; no text at all is a session without events. `place` names the input in
 * messages. Throws RenegoError `input`: `INPUT_UNREADABLE` if no format fits or nothing in it can be read, `INPUT_REPORT`
 * for a report, `SESSION_NEWER` or `SESSION_HEADER` from our own.
 */
export function readSession(text: string, place = 'the input'): Imported {
  return readWith(importerFor(text, place), text, place);
}

/**
 * The importer for a text, of which the beginning is enough. Throws RenegoError `input`: `INPUT_REPORT` for what renego
 * tells of a recording, `INPUT_UNREADABLE` for what is in no format.
 */
export function importerFor(head: string, place: string): Importer {
  const report = ownReport(head);
  if (report !== undefined)
    throw new RenegoError(
      'input',
      'INPUT_REPORT',
      `${place} is ${report}: it tells of a recording, and is none.`,
      'Give the recording itself. `renego convert` writes .renego.ndjson, .har and .json, which are read again.',
    );
  const importer = sniffFormat(head);
  if (importer !== undefined) return importer;
  const titles = IMPORTERS.map(({ title }) => title).join(', ');
  throw new RenegoError('input', 'INPUT_UNREADABLE', `${place} is in no format renego reads.`, `It reads: ${titles}.`);
}

/** The format a text, or its beginning, is most likely in. Nothing but blanks is the shortest prefix of a session. */
export function sniffFormat(text: string): Importer | undefined {
  const begins = text.search(/[^\s\ufeff]/);
  if (begins < 0) return session;
  const head = begins < HEAD / 2 ? text.slice(0, HEAD) : text.slice(begins, begins + HEAD);
  let best: { importer: Importer; sure: number } | undefined;
  for (const importer of IMPORTERS) {
    const sure = importer.sniff(head);
    if (sure > (best?.sure ?? 0)) best = { importer, sure };
  }
  return best?.importer;
}
