/**
 * What a session must keep for its whole life: which section stands at which m-line, what each extmap id and payload
 * type means, who is bundled with whom, who is DTLS client. Entered when a round commits; the first committed message
 * that contradicts an entry is recorded as a breach.
 */
import type { MSection, Sdp } from '../sdp/sdp.ts';
import type { Steps } from '../sdp/steps.ts';
import type { Breach, Ledger, PayloadEntry, Slot } from './ledger-types.ts';
import type { Description, Round, Session } from './model.ts';
import { passing } from './sent-description.ts';

export type * from './ledger-types.ts';

export function emptyLedger(): Ledger {
  return {
    slots: [],
    extensions: new Map(),
    answeredExtensions: new Map(),
    extensionLists: new Map(),
    payloads: new Map(),
    bundle: undefined,
    dtls: undefined,
    breaches: [],
  };
}

/** A ledger and which rounds are in it. */
export interface LedgerCursor {
  ledger: Ledger;
  /** Entered rounds, in the order of their answers. */
  entered: Set<Round>;
  last: Round | undefined;
  /** Rounds of the session before this index are over. */
  next: number;
}

export function createLedgerCursor(): LedgerCursor {
  return { ledger: emptyLedger(), entered: new Set(), last: undefined, next: 0 };
}

/**
 * Enters the rounds that have been committed since, up to but not including event `before`. A round that was taken back
 * (its answer was refused after all) makes the ledger start anew. Amortised constant time per round.
 */
export function advance(cursor: LedgerCursor, session: Session, before = Number.POSITIVE_INFINITY): Ledger {
  begin(cursor);
  for (let i = cursor.next; i < session.rounds.length; i += 1) enterRound(cursor, session, i, before);
  return cursor.ledger;
}

function begin(cursor: LedgerCursor): void {
  if (cursor.last && cursor.last.state !== 'complete') Object.assign(cursor, createLedgerCursor());
}

/** `sdps`: of offer and answer, where they have been parsed for this. */
function enterRound(cursor: LedgerCursor, session: Session, index: number, before: number, sdps?: Sdps): void {
  const round = session.rounds[index] as Round;
  if (round.state === 'complete' && !cursor.entered.has(round) && (round.answer?.seq ?? before) < before) {
    enter(cursor.ledger, round, sdps);
    cursor.entered.add(round);
    cursor.last = round;
  }
  const over = round.state !== 'open' && (round.state !== 'complete' || cursor.entered.has(round));
  if (over && index === cursor.next) cursor.next += 1;
}

const cursors = new WeakMap<Session, LedgerCursor>();

/** The session's ledger as it stands now. */
export function ledgerOf(session: Session): Ledger {
  return advance(cursorOf(session), session);
}

/** Works it out in steps, so that `ledgerOf` needs no time. */
export function* enteringRounds(session: Session): Steps<void> {
  const cursor = cursorOf(session);
  begin(cursor);
  for (let i = cursor.next; i < session.rounds.length; i += 1) {
    const { offer, answer, state } = session.rounds[i] as Round;
    const sdps: Sdps | undefined =
      state === 'complete' && answer !== undefined ? [yield* passing(offer), yield* passing(answer)] : undefined;
    enterRound(cursor, session, i, Number.POSITIVE_INFINITY, sdps);
    yield;
  }
}

function cursorOf(session: Session): LedgerCursor {
  const cursor = cursors.get(session) ?? createLedgerCursor();
  cursors.set(session, cursor);
  return cursor;
}

type Sdps = readonly [offer: Sdp, answer: Sdp];

function enter(ledger: Ledger, round: Round, sdps: Sdps | undefined): void {
  const { offer, answer } = round;
  if (!answer) return;
  const [offered, answered] = sdps ?? [offer.sdp, answer.sdp];
  enterSlots(ledger, offer, answer, [offered, answered]);
  enterSections(ledger, offer, offered);
  enterSections(ledger, answer, answered);
  forgetTransport(ledger, answered);
  enterAnsweredExtensions(ledger, answered);
  enterBundle(ledger, answer, answered);
  enterRole(ledger, round, answer, answered);
}

function enterSections(ledger: Ledger, description: Description, { media }: Sdp): void {
  for (const section of media) {
    if (section.rejected) continue;
    enterExtensions(ledger, description, section);
    enterPayloads(ledger, description, section);
  }
}

/** The section's mid, or its index where it has none. */
export function midOf(section: MSection): string {
  return section.mid?.value ?? `#${section.index}`;
}

function breach(ledger: Ledger, kind: Breach['ledger'], seq: number, sentence: string): void {
  ledger.breaches.push({ ledger: kind, seq, sentence });
}

function enterSlots(ledger: Ledger, offer: Description, answer: Description, [offered, answered]: Sdps): void {
  for (const section of offered.media) {
    const mid = midOf(section);
    const slot: Slot = ledger.slots[section.index] ?? { index: section.index, tenants: [] };
    ledger.slots[section.index] = slot;
    const tenant = slot.tenants.at(-1);
    const rejected = section.rejected || answered.media[section.index]?.rejected === true;
    if (!tenant || tenant.mid !== mid || tenant.kind !== section.kind) {
      if (tenant && tenant.rejectedBy === undefined)
        breach(
          ledger,
          'slot',
          offer.seq,
          `m-line ${section.index} was ${tenant.kind} '${tenant.mid}', now ${section.kind} '${mid}'`,
        );
      slot.tenants.push({ mid, kind: section.kind, since: offer.seq, rejectedBy: rejected ? answer.seq : undefined });
    } else tenant.rejectedBy = rejected ? (tenant.rejectedBy ?? answer.seq) : undefined;
  }
}

function enterExtensions(ledger: Ledger, description: Description, section: MSection): void {
  for (const { id, uri } of section.extensions) {
    const known = ledger.extensions.get(id);
    if (known && known.uri !== uri)
      breach(ledger, 'extmap', description.seq, `extmap id ${id} meant ${known.uri}, now ${uri}`);
    if (!known)
      ledger.extensions.set(id, { id, uri, since: description.seq, from: description.from, mid: midOf(section) });
  }
}

/** With its tagged section a BUNDLE group's transport goes; what still lives begins anew on another one. */
function forgetTransport({ bundle, extensionLists }: Ledger, answer: Sdp): void {
  if (bundle?.tag === undefined) return;
  const live = new Set(answer.media.filter((section) => !section.rejected).map(midOf));
  if (live.has(bundle.tag)) return;
  for (const mid of extensionLists.keys()) if (!live.has(mid)) extensionLists.delete(mid);
}

function enterAnsweredExtensions(ledger: Ledger, answer: Sdp): void {
  for (const section of answer.media) {
    if (section.rejected || section.codecs.length === 0) continue;
    const list = section.extensions.length > 0 ? section.extensions : answer.extensions;
    ledger.extensionLists.set(midOf(section), list);
    for (const { id, uri } of list) ledger.answeredExtensions.set(id, uri);
  }
}

function enterPayloads(ledger: Ledger, description: Description, section: MSection): void {
  const mid = midOf(section);
  const payloads = ledger.payloads.get(mid) ?? new Map<string, PayloadEntry>();
  ledger.payloads.set(mid, payloads);
  for (const { payloadType, name, identity } of section.codecs) {
    const known = payloads.get(payloadType);
    if (known && known.identity !== identity)
      breach(
        ledger,
        'payload',
        description.seq,
        `payload type ${payloadType} of '${mid}' meant ${known.codec}, now ${name}`,
      );
    if (!known)
      payloads.set(payloadType, {
        payloadType,
        codec: name,
        identity,
        since: description.seq,
        from: description.from,
        mid,
      });
  }
}

function bundleOf(sdp: Sdp): readonly string[] {
  return sdp.groups.find((group) => group.semantics === 'BUNDLE')?.mids ?? [];
}

function enterBundle(ledger: Ledger, answer: Description, sdp: Sdp): void {
  const mids = bundleOf(sdp);
  const live = new Set(sdp.media.filter((section) => !section.rejected).map(midOf));
  const gone = ledger.bundle?.mids.filter((mid) => live.has(mid) && !mids.includes(mid)) ?? [];
  if (gone.length > 0) breach(ledger, 'bundle', answer.seq, `'${gone.join("', '")}' left the BUNDLE group`);
  ledger.bundle = { tag: mids[0], mids, since: answer.seq };
}

function enterRole(ledger: Ledger, round: Round, answer: Description, sdp: Sdp): void {
  const section = sdp.media.find((m) => !m.rejected);
  const setup = section?.dtls.setup?.value;
  if (!section || (setup !== 'active' && setup !== 'passive')) return;
  const client = setup === 'active' ? round.answerer : round.offerer;
  const server = setup === 'active' ? round.offerer : round.answerer;
  const tag = ledger.bundle?.tag ?? midOf(section);
  const known = ledger.dtls;
  if (known && known.tag === tag && known.client !== client)
    breach(ledger, 'dtls', answer.seq, `${client} became DTLS client, was ${known.client}`);
  ledger.dtls = {
    client,
    server,
    tag,
    since: known && known.client === client && known.tag === tag ? known.since : answer.seq,
  };
}
