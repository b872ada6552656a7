/** A text whose format is known, as stamped events. */
import { RenegoError } from '../core/errors.ts';
import type { PartyId, SessionHeader, SignalEvent } from '../core/event.ts';
import type { Imported, Importer, NumberedDraft, Spool } from './importer.ts';

/** A file that is read piece by piece, with stamped events. */
export interface EventReading {
  /** The next piece of the text, cut anywhere. Throws RenegoError `input`. */
  write(text: string): void;
  /** Nothing more will come. Throws RenegoError `input`. */
  end(): void;
  /** The same, step by step. */
  ending(): Iterable<unknown>;
  /** As far as it is known; whole after `end`. */
  header(): SessionHeader;
}

/** Events are put out in order. `asWritten`: the line that was read last holds exactly this event. */
export type PutEvent = (event: SignalEvent, asWritten: boolean) => void;

/** Problems that are held back until there is something beside them. */
const MOST_HELD = 1000;

/**
 * Begins to read a text; `place` names it in messages. What the importer throws is thrown, and `INPUT_UNREADABLE` by
 * `end` if nothing in it can be read.
 */
export function openReading(importer: Importer, place: string, put: PutEvent, spool?: Spool): EventReading {
  const stamp = createStamper();
  const parties = new Set<PartyId>();
  const ours = importer.stamped === true;
  /** Until something can be read. */
  let held: SignalEvent[] | undefined = ours ? undefined : [];
  let first: SignalEvent | undefined;

  function pass(event: SignalEvent, asWritten = false): void {
    for (const party of [event.from, event.to]) if (party !== '') parties.add(party);
    put(event, asWritten);
  }

  function release(): void {
    const events = held ?? [];
    held = undefined;
    for (const event of events) pass(event);
  }

  const reading = importer.open((draft, asWritten) => {
    const event = ours ? (draft as SignalEvent) : stamp(draft);
    first ??= event;
    if (event.kind !== 'problem' || (held?.length ?? 0) >= MOST_HELD) release();
    if (held === undefined) pass(event, asWritten);
    else held.push(event);
  }, spool);

  function* ending(): Generator<unknown> {
    yield* reading.end() ?? [];
    if (held === undefined) return;
    const why = first?.kind === 'problem' ? `: ${first.detail}` : '';
    throw new RenegoError('input', 'INPUT_UNREADABLE', `Nothing in ${place} can be read as ${importer.title}${why}.`);
  }

  return {
    write: reading.write,
    end() {
      const steps = ending()[Symbol.iterator]();
      while (steps.next().done !== true);
    },
    ending,
    header: () => complete(reading.header(), importer.name, parties),
  };
}

/** A whole text at once. Throws as `openReading` does. */
export function readWith(importer: Importer, text: string, place: string): Imported {
  const events: SignalEvent[] = [];
  const reading = openReading(importer, place, (event) => events.push(event));
  reading.write(text);
  reading.end();
  return { format: importer.name, header: reading.header(), events };
}

/** Numbers and times: those a draft brings where they grow, else the next possible. */
function createStamper(): (draft: NumberedDraft) => SignalEvent {
  let [seq, last] = [0, 0];
  return ({ t, ...draft }) => {
    seq = draft.seq !== undefined && draft.seq > seq ? draft.seq : seq + 1;
    if (t !== undefined && t > last && Number.isFinite(t)) last = t;
    return { ...draft, seq, t: last };
  };
}

function complete(header: Partial<SessionHeader>, format: string, parties: ReadonlySet<PartyId>): SessionHeader {
  return {
    tool: 'unknown',
    startedAt: '1970-01-01T00:00:00.000Z',
    source: `import:${format}`,
    redacted: [],
    ...header,
    format: 1,
    parties: header.parties ?? [...parties],
  };
}
