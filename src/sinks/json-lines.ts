/** Live `--json`: each event as a line in the session format, and what is derived from it: negotiations and findings. */
import type { SignalEvent } from '../core/event.ts';
import type { Model, Round, Session } from '../core/model.ts';
import { negotiationJson } from '../core/report.ts';
import { touchedBy } from '../core/touched.ts';
import { encodeEvent } from '../session/format.ts';
import type { Sink, Write } from './sink.ts';

/** A sink that writes one JSON object a line. A negotiation still open when the session ends is told then. */
export function createJsonLines(write: Write): Sink {
  const seen = new WeakMap<Session, number>();
  const open = new Set<Round>();
  let last: Model | undefined;

  function noteNew(model: Model, event: SignalEvent): void {
    for (const session of touchedBy(model, event)) {
      for (const round of session.rounds.slice(seen.get(session) ?? 0)) open.add(round);
      seen.set(session, session.rounds.length);
    }
  }

  function derived(kind: 'negotiation' | 'finding', object: object): void {
    write(`${JSON.stringify({ schema: 1, kind, ...object })}\n`);
  }

  function tellRound(model: Model, round: Round): void {
    open.delete(round);
    derived('negotiation', negotiationJson(model, round));
  }

  return {
    accept(event, model) {
      last = model;
      write(`{"schema":1,${encodeEvent(event).slice(1)}\n`);
      noteNew(model, event);
      for (const round of [...open]) if (round.state !== 'open') tellRound(model, round);
    },
    passed(event) {
      write(`{"schema":1,${encodeEvent(event).slice(1)}\n`);
    },
    found(finding) {
      derived('finding', finding);
    },
    close() {
      for (const round of [...open]) if (last !== undefined) tellRound(last, round);
    },
  };
}
