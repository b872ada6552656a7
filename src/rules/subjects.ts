/** Builds what the rules are asked about from the model (guards G1, G5, G6, E.2 are applied here, once). */
import type { Ledger } from '../core/ledger.ts';
import type { CandidateRecord, Description, Round } from '../core/model.ts';
import type { MSection, Sdp } from '../sdp/sdp.ts';
import type { CandidateSubject, DescriptionSubject, PairSubject, Scene, SuccessionSubject } from './rule.ts';

export function descriptionSubject(scene: Scene, description: Description): DescriptionSubject {
  const sdp = description.sdp;
  return { ...scene, description, sdp, type: description.type, plain: isPlain(scene, description), live: liveOf(sdp) };
}

/** Sections that take part: not rejected (guard G1). */
export function liveOf(sdp: Sdp): readonly MSection[] {
  return sdp.media.filter((section) => !section.rejected);
}

/** Plain SIP or RTSP: nothing of ICE or DTLS in it, nor in any earlier description of the session. */
function isPlain(scene: Scene, description: Description): boolean {
  if (hasTransport(description.sdp)) return false;
  return !scene.session.descriptions.some((d) => d.seq < description.seq && hasTransport(d.sdp));
}

function hasTransport(sdp: Sdp): boolean {
  if (sdp.ice.ufrag || sdp.dtls.fingerprints.length > 0 || sdp.media.length === 0) return true;
  return sdp.media.some((m) => m.ownIce.ufrag || m.ownDtls.fingerprints.length > 0 || /SAVPF|DTLS/i.test(m.protocol));
}

export function pairSubject(scene: Scene, answer: Description, ledger: Ledger): PairSubject | undefined {
  const round = answer.round;
  if (!round || answer.type === 'offer') return undefined;
  return {
    ...scene,
    offer: round.offer,
    answer,
    round,
    provisional: answer.type === 'pranswer',
    accepted: acceptedOf(round.offer.sdp, answer.sdp),
    ledger,
  };
}

/** An offered section and its answer. */
export type SectionPair = PairSubject['accepted'][number];

/** Sections of the same index whose kind and mid agree, live in both. */
export function acceptedOf(offer: Sdp, answer: Sdp): PairSubject['accepted'] {
  return answer.media.flatMap((answered, i) => {
    const offered = offer.media[i];
    if (!offered || offered.rejected || answered.rejected || offered.kind !== answered.kind) return [];
    if (offered.mid && answered.mid && offered.mid.value !== answered.mid.value) return [];
    return [{ offered, answered }];
  });
}

export function successionSubject(
  scene: Scene,
  description: Description,
  ledger: Ledger,
): SuccessionSubject | undefined {
  const before = description.base?.transport;
  if (!before) return undefined;
  const last = scene.session.rounds.findLast(
    (r) => r.state === 'complete' && r.answer && r.answer.seq < description.seq,
  );
  const beforeOther = last && (last.offer.from === description.from ? last.answer : last.offer);
  return { ...scene, description, before, beforeOther, recyclable: recyclableOf(last), lastRound: last, ledger };
}

/** Slots that are free for another section: port 0 in the last committed offer or in its answer (guard G6). */
export function recyclableOf(round: Round | undefined): ReadonlySet<number> {
  const sections = [...(round?.offer.sdp.media ?? []), ...(round?.answer?.sdp.media ?? [])];
  return new Set(sections.filter((section) => section.rejected).map((section) => section.index));
}

export function candidateSubject(scene: Scene, record: CandidateRecord): CandidateSubject {
  const described = record.generation?.since ?? newestOf(scene, record);
  const section = described && sectionFor(described.sdp, record);
  return { ...scene, record, described, section };
}

function newestOf(scene: Scene, record: CandidateRecord): Description | undefined {
  return scene.session.descriptions.findLast((d) => d.from === record.from);
}

/** The mid counts, else the index (RFC 9429 3.5.2.1). */
export function sectionFor(sdp: Sdp, record: Pick<CandidateRecord, 'mid' | 'mLine'>): MSection | undefined {
  if (record.mid !== undefined) return sdp.media.find((section) => section.mid?.value === record.mid);
  return record.mLine === undefined ? undefined : sdp.media[record.mLine];
}
