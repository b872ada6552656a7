/** Every format renego reads, told apart by content. A new format is one file and one line here. */
import { RenegoError } from '../core/errors.ts';
import type { PartyId, SessionHeader, SignalEvent } from '../core/event.ts';
import { aboutWebrtc } from './about-webrtc.ts';
import { frames } from './frames.ts';
import { har } from './har.ts';
import type { Imported, Importer, NumberedDraft } from './importer.ts';
import { rtcstats } from './rtcstats.ts';
import { sdpText } from './sdp-text.ts';
import { session } from './session.ts';
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
  sdpText,
];

const HEAD = 64 * 1024;

/**
 * Reads a conversation in any known format; no text at all is a session without events. `place` names the input in
 * messages. Throws RenegoError `input`: `INPUT_UNREADABLE` if no format fits or nothing in it can be read, `SESSION_NEWER` or `SESSION_HEADER` from our own.
 */
export function readSession(text: string, place = 'the input'): Imported {
  const importer = sniffFormat(text);
  if (importer === undefined) {
    const titles = IMPORTERS.map(({ title }) => title).join(', ');
    throw new RenegoError(
      'input',
      'INPUT_UNREADABLE',
      `${place} is in no format renego reads.`,
      `It reads: ${titles}.`,
    );
  }
  const { header, drafts } = importer.read(text);
  const events = stamp(drafts);
  if (importer.name !== 'session' && events.every(({ kind }) => kind === 'problem')) {
    const first = events[0];
    const why = first?.kind === 'problem' ? `: ${first.detail}` : '';
    throw new RenegoError('input', 'INPUT_UNREADABLE', `Nothing in ${place} can be read as ${importer.title}${why}.`);
  }
  return { format: importer.name, header: complete(header, importer.name, events), events };
}

/** The format a text is most likely in. Nothing but blanks is the shortest prefix of a session. */
export function sniffFormat(text: string): Importer | undefined {
  if (text.trim() === '') return session;
  const head = text.slice(0, HEAD);
  let best: { importer: Importer; sure: number } | undefined;
  for (const importer of IMPORTERS) {
    const sure = importer.sniff(head);
    if (sure > (best?.sure ?? 0)) best = { importer, sure };
  }
  return best?.importer;
}

/** Numbers and times: those a draft brings where they grow, else the next possible. */
function stamp(drafts: readonly NumberedDraft[]): SignalEvent[] {
  let [seq, last] = [0, 0];
  return drafts.map(({ t, ...draft }) => {
    seq = draft.seq !== undefined && draft.seq > seq ? draft.seq : seq + 1;
    if (t !== undefined && t > last && Number.isFinite(t)) last = t;
    return { ...draft, seq, t: last };
  });
}

function complete(header: Partial<SessionHeader>, format: string, events: readonly SignalEvent[]): SessionHeader {
  return {
    tool: 'unknown',
    startedAt: '1970-01-01T00:00:00.000Z',
    source: `import:${format}`,
    redacted: [],
    ...header,
    format: 1,
    parties: header.parties ?? partiesOf(events),
  };
}

function partiesOf(events: readonly SignalEvent[]): PartyId[] {
  return [...new Set(events.flatMap(({ from, to }) => [from, to]))].filter((party) => party !== '');
}
