/** An event of the log as filters see it. */
import type { SignalEvent } from '../event.ts';
import { partyNow } from '../far-side.ts';
import { label } from '../label.ts';
import type { Description, Model } from '../model.ts';
import { outlineOf, restartsIce } from '../outline.ts';
import type { FoundFact, IceFact, Subject, Way } from './subject.ts';

/** What was found in an event. */
export type FindingsOf = (seq: number) => readonly FoundFact[];

/** Everything but the stamp is worked out when it is asked for. */
export function eventSubject(model: Model, event: SignalEvent, findings?: FindingsOf): Subject {
  const message = event.kind === 'message' ? event : undefined;
  const signals = message?.signals ?? [];
  const [from, to] = [partyNow(model, event, event.from), partyNow(model, event, event.to)];
  return {
    kind: event.kind,
    signals,
    from,
    to,
    link: event.link,
    protocol: message?.protocol,
    get way() {
      return wayOf(model, event);
    },
    t: event.t,
    seq: event.seq,
    get round() {
      return model.described.get(event.seq)?.find(({ round }) => round !== undefined)?.round?.number;
    },
    get pcs() {
      const own = 'pc' in event && typeof event.pc === 'string' ? [event.pc] : [];
      return [...own, ...signals.flatMap((signal) => ('pc' in signal && signal.pc !== undefined ? [signal.pc] : []))];
    },
    raw: message?.raw ?? '',
    shown: () => [label(model, event), from, to, event.kind, ...signals.map(({ type }) => type)].join('\n'),
    ice: () => iceOf(model, event.seq),
    findings: () => findings?.(event.seq) ?? [],
  };
}

/** From the client of its connection or to it: as the event says, or where the log knows the connection. */
function wayOf(model: Model, event: SignalEvent): Way | undefined {
  if (event.kind !== 'message') return undefined;
  const { link, from, to, dir } = event;
  if (dir !== undefined) return dir;
  const connection = link !== undefined ? model.links.get(link) : undefined;
  if (connection === undefined) return undefined;
  if (connection.from === from) return 'c2s';
  return connection.from === to || connection.to === from ? 's2c' : undefined;
}

function iceOf(model: Model, seq: number): readonly IceFact[] {
  const brought = (model.described.get(seq) ?? []).flatMap((description) => generationsOf(model, description));
  const gathered = (model.gathered.get(seq) ?? []).map(({ generation, stale }) => ({
    generation: generation?.number ?? 0,
    restart: false,
    stale,
  }));
  return [...brought, ...gathered];
}

/** The generations whose credentials a description carries. */
function generationsOf(model: Model, description: Description): readonly IceFact[] {
  const { base, pc, from } = description;
  const outline = outlineOf(description);
  const restart = base !== undefined && restartsIce(outlineOf(base.transport), outline);
  const ufrags = new Set(outline.sections.flatMap(({ rejected, ufrag }) => (rejected ? [] : (ufrag ?? []))));
  const side = model.sessions.get(pc)?.sides.get(from);
  return [...ufrags].flatMap((ufrag) => {
    const generation = side?.byUfrag.get(ufrag);
    return generation === undefined ? [] : [{ generation: generation.number, restart, stale: false }];
  });
}
