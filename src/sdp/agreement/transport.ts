/** The transports that are left after BUNDLE and mux, and who plays which part on them. */
import { credentialsOf, fingerprintsOf, tagOf } from '../diff/transports.ts';
import type { MSection, Sdp } from '../sdp.ts';

export type Party = 'offerer' | 'answerer';

/** One transport: the sections of a bundle, or one section. */
export interface AgreedTransport {
  /** The section whose attributes hold for all. */
  readonly tag: string | null;
  readonly mids: readonly (string | null)[];
  /** Undefined where no section carries RTP. */
  readonly rtcpMux: boolean | undefined;
  /** Who sends the DTLS ClientHello (RFC 8842 5.3): the side that says active. Undefined without DTLS. */
  readonly dtlsClient: Party | undefined;
  /** The offerer, unless it alone is ICE lite (RFC 8445 6.1.1). Undefined without ICE. */
  readonly iceControlling: Party | undefined;
  readonly ufrags: Readonly<Record<Party, string | undefined>>;
  /** Certificate fingerprints, sorted and joined, to tell one certificate from another. */
  readonly certificates: Readonly<Record<Party, string>>;
}

/** Groups the accepted sections by the answer's bundle; `accepted` pairs each offered section with its answer. */
export function agreeTransports(
  offer: Sdp,
  answer: Sdp,
  accepted: readonly (readonly [MSection, MSection])[],
): AgreedTransport[] {
  const partners = new Map(accepted.map(([offered, answered]) => [answered, offered]));
  const members = new Map<MSection, MSection[]>();
  for (const [, answered] of accepted) {
    const tag = tagOf(answer, answered);
    const known = members.get(tag);
    if (known === undefined) members.set(tag, [answered]);
    else known.push(answered);
  }
  return [...members].map(([tag, sections]) => transport(offer, answer, partners.get(tag) ?? tag, tag, sections));
}

function transport(
  offer: Sdp,
  answer: Sdp,
  offered: MSection,
  answered: MSection,
  sections: readonly MSection[],
): AgreedTransport {
  const ufrags = { offerer: credentialsOf(offer, offered).ufrag, answerer: credentialsOf(answer, answered).ufrag };
  const rtp = sections.some((section) => section.protocol.includes('RTP/'));
  const usesIce = ufrags.offerer !== undefined && ufrags.answerer !== undefined;
  const onlyOffererLite = isLite(offer, offered) && !isLite(answer, answered);
  return {
    tag: answered.mid?.value ?? null,
    mids: sections.map((section) => section.mid?.value ?? null),
    rtcpMux: rtp ? sections.some((section) => section.rtcpMux !== undefined) : undefined,
    dtlsClient: dtlsClient(offered, answered),
    iceControlling: usesIce ? (onlyOffererLite ? 'answerer' : 'offerer') : undefined,
    ufrags,
    certificates: {
      offerer: fingerprintsOf(offer, offered).values.join(', '),
      answerer: fingerprintsOf(answer, answered).values.join(', '),
    },
  };
}

function isLite(sdp: Sdp, section: MSection): boolean {
  return (section.ice.lite ?? sdp.ice.lite) !== undefined;
}

/** The answer decides; an answer without a role leaves the offer's word (RFC 5763 5). */
function dtlsClient(offered: MSection, answered: MSection): Party | undefined {
  const roles: Readonly<Record<string, Party>> = { active: 'answerer', passive: 'offerer' };
  const offers: Readonly<Record<string, Party>> = { active: 'offerer', passive: 'answerer' };
  if (answered.dtls.fingerprints.length === 0 && offered.dtls.fingerprints.length === 0) return undefined;
  return roles[answered.dtls.setup?.value ?? ''] ?? offers[offered.dtls.setup?.value ?? ''];
}
