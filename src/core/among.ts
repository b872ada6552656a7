/** The events of several recordings as those of one: what each names (parties, connections, other events) stays its own. */
import type { SignalEvent } from './event.ts';

/** How an event of one recording stands among those of others. */
export interface Standing {
  /** Of its recording: `alice@name` is whom the recording calls alice. */
  readonly name: string;
  readonly seq: number;
  readonly t: number;
  /** What an event of the same recording is called among the others; undefined if it is not there. */
  of(seq: number): number | undefined;
}

/** The event as one among others: its frame and what that means stay as they are. */
export function among(event: SignalEvent, standing: Standing): SignalEvent {
  const own = <T extends object>(what: T): T => owned(what, standing);
  const stands = { ...own(event), seq: standing.seq, t: standing.t };
  switch (stands.kind) {
    case 'message':
      return {
        ...stands,
        signals: stands.signals.map(own),
        ...(stands.http !== undefined && { http: own(stands.http) }),
      };
    case 'action':
      return { ...stands, action: own(stands.action) };
    default:
      return stands;
  }
}

/** A party or connection of the recording with that name. */
export const ownName = (name: string, id: string): string => (id === '' ? '' : `${id}@${name}`);

/** Members that name a party, a connection, an exchange. */
const NAMING = ['from', 'to', 'link', 'pc', 'who', 'exchange'];

function owned<T extends object>(what: T, { name, of }: Standing): T {
  const own = { ...(what as Record<string, unknown>) };
  for (const key of NAMING) if (typeof own[key] === 'string') own[key] = ownName(name, own[key]);
  // What is injected goes to a side of the connection, whoever that is.
  if (own.do === 'inject') own.to = (what as { to?: unknown }).to;
  if (typeof own.of === 'number') {
    const there = of(own.of);
    if (there === undefined) delete own.of;
    else own.of = there;
  }
  return own as T;
}
