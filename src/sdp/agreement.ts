/** What an offer and its answer settle together (rules C.4). */
import { type AgreedSection, agreeSection } from './agreement/section.ts';
import { type AgreedTransport, agreeTransports } from './agreement/transport.ts';
import type { MSection, Sdp } from './sdp.ts';
import { finished, type Steps } from './steps.ts';

export { describeAgreement } from './agreement/describe.ts';
export type { AgreedCodec, AgreedLimits, AgreedSection } from './agreement/section.ts';
export type { AgreedTransport } from './agreement/transport.ts';

/** Names for the two sides, for sentences and to compare agreements whose offerers differ. */
export interface AgreementParties {
  readonly offerer: string;
  readonly answerer: string;
}

/** A section that carries nothing. */
export interface RejectedSection {
  readonly mid: string | null;
  readonly index: number;
  readonly kind: string;
  /** `stopped`: port 0 in the offer already. `missing`: the answer is too short. */
  readonly cause: 'stopped' | 'missing' | 'insecure' | 'declined';
  /** The likely reason in words, without a full stop. */
  readonly reason: string;
}

/** Plain data. */
export interface Agreement {
  readonly parties: AgreementParties;
  readonly sections: readonly AgreedSection[];
  readonly rejected: readonly RejectedSection[];
  readonly transports: readonly AgreedTransport[];
}

const NAMELESS: AgreementParties = { offerer: 'the offerer', answerer: 'the answerer' };

/** Joins an offer and its answer, section by section in order (RFC 3264 6). Never throws. */
export function agree(offer: Sdp, answer: Sdp, parties: AgreementParties = NAMELESS): Agreement {
  return finished(agreeing(offer, answer, parties));
}

/** The same in steps. */
export function* agreeing(offer: Sdp, answer: Sdp, parties: AgreementParties = NAMELESS): Steps<Agreement> {
  const accepted: [MSection, MSection][] = [];
  const rejected: RejectedSection[] = [];
  for (const offered of offer.media) {
    const answered = answer.media[offered.index];
    if (answered === undefined || answered.rejected || offered.rejected) rejected.push(reject(offered, answered));
    else accepted.push([offered, answered]);
  }
  const sections: AgreedSection[] = [];
  for (const [offered, answered] of accepted) {
    sections.push(agreeSection(offer, answer, offered, answered));
    yield;
  }
  return { parties, sections, rejected, transports: agreeTransports(offer, answer, accepted) };
}

function reject(offered: MSection, answered: MSection | undefined): RejectedSection {
  const [cause, reason] = likelyReason(offered, answered);
  return { mid: offered.mid?.value ?? null, index: offered.index, kind: offered.kind, cause, reason };
}

function likelyReason(offered: MSection, answered: MSection | undefined): [RejectedSection['cause'], string] {
  if (offered.rejected) return ['stopped', 'stopped in the offer'];
  if (answered === undefined) return ['missing', 'the answer has no m-line for it'];
  const secure = offered.dtls.fingerprints.length > 0 || offered.protocol.includes('TLS');
  if (!secure) return ['insecure', 'declined, and the offer has no DTLS for it'];
  const media = offered.codecs.filter((codec) => codec.role === 'media').map((codec) => codec.identity);
  const known = new Set(answered.codecs.map((codec) => codec.identity));
  const shared = media.some((identity) => known.has(identity));
  if (offered.protocol.includes('RTP/') && !shared) return ['declined', 'declined, no codec in common'];
  return ['declined', 'declined (port 0 in the answer), by the application or for want of a common codec'];
}
