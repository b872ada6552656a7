/** Writes events of traced peer connections: who is who, and which event already carried what is handed over. */

import { type Draft, type EventBody, type PartyId, type PcId, pairId, type Signal } from '../../core/event.ts';
import { shortId } from '../../protocols/recogniser/ids.ts';
import type { NumberedDraft } from '../importer.ts';
import type { Traced } from './order.ts';

/** The far side of a peer connection whose other end is not in the dump. */
const REMOTE: PartyId = 'remote';

export interface TraceWriter {
  readonly drafts: NumberedDraft[];
  pcOf(one: Traced): PcId;
  /** Something inside the party. Returns the number of the event, as all of these do. */
  inside(one: Traced, body: EventBody): number;
  call(one: Traced, name: string, rest?: { readonly args?: unknown }): number;
  /** What the party sends; the keys are those by which the far side finds it. */
  send(one: Traced, signal: Signal, keys: readonly (string | undefined)[]): number;
  /** What came from the far side. */
  receive(one: Traced, signal: Signal): number;
  /** The newest event with which the far side, if it is in the dump too, has sent this. */
  sentByFarSide(one: Traced, key: string | undefined): number | undefined;
}

/** `protocol` names the log, `epoch` is when it began, `partners` which two are the ends of one call. */
export function createTraceWriter(protocol: string, epoch: number, partners: ReadonlyMap<string, string>): TraceWriter {
  const drafts: NumberedDraft[] = [];
  const sent = new Map<string, number>();

  const farOf = ({ pc }: Traced): PartyId => {
    const partner = partners.get(pc);
    return partner === undefined ? REMOTE : partyOf(partner);
  };
  const put = ({ t }: Traced, from: PartyId, to: PartyId, body: EventBody): number => {
    const seq = drafts.length + 1;
    drafts.push({ ...({ from, to, ...body } satisfies Draft), seq, t: t - epoch });
    return seq;
  };
  const message = ({ raw }: Traced, signal: Signal): EventBody => {
    return { kind: 'message', protocol, encoding: 'text', raw, signals: [signal] };
  };
  const writer: TraceWriter = {
    drafts,
    pcOf: (one) => pairId(partyOf(one.pc), farOf(one)),
    inside: (one, body) => put(one, partyOf(one.pc), partyOf(one.pc), body),
    call: (one, name, rest = {}) => writer.inside(one, { kind: 'call', pc: writer.pcOf(one), name, ...rest }),
    send(one, signal, keys) {
      const seq = put(one, partyOf(one.pc), farOf(one), message(one, signal));
      for (const key of keys) if (key !== undefined) sent.set(`${one.pc}\n${key}`, seq);
      return seq;
    },
    receive: (one, signal) => put(one, farOf(one), partyOf(one.pc), message(one, signal)),
    sentByFarSide(one, key) {
      const partner = partners.get(one.pc);
      return partner === undefined || key === undefined ? undefined : sent.get(`${partner}\n${key}`);
    },
  };
  return writer;
}

/** A lane for a peer connection: `pc9-1` for `9-1`, else its own name. */
function partyOf(pc: string): PartyId {
  const id = shortId(pc);
  return /^[A-Za-z]/.test(id) ? id : `pc${id}`;
}
