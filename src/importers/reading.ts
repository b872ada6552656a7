/** A text whose format is known, as stamped events. */
import { RenegoError } from '../core/errors.ts';
import type { PartyId, SessionHeader, SignalEvent } from '../core/event.ts';
import type { Imported, Importer, NumberedDraft } from './importer.ts';

/** `place` names the input in messages. Throws RenegoError `input`: what the importer throws, and `INPUT_UNREADABLE` if nothing in it can be read. */
export function readWith(importer: Importer, text: string, place: string): Imported {
  const { header, drafts } = importer.read(text);
  const events = stamp(drafts);
  if (importer.name !== 'session' && events.every(({ kind }) => kind === 'problem')) {
    const first = events[0];
    const why = first?.kind === 'problem' ? `: ${first.detail}` : '';
    throw new RenegoError('input', 'INPUT_UNREADABLE', `Nothing in ${place} can be read as ${importer.title}${why}.`);
  }
  return { format: importer.name, header: complete(header, importer.name, events), events };
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
