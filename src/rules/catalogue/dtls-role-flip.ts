import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { writerOf } from '../../sdp/writer.ts';
import { chromeSection } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule, type SuccessionSubject } from '../rule.ts';
import { certificateChange, type KeptTransport, keptTransports, restartsIce } from '../transport.ts';

/** Who was the DTLS client of this transport by the last round: the answer says it, active unless stated. */
function clientBefore({ lastRound }: SuccessionSubject, index: number): string | undefined {
  const section = lastRound?.answer?.sdp.media[index];
  if (!lastRound || !section || section.rejected) return undefined;
  const setup = section.dtls.setup?.value.toLowerCase() ?? 'active';
  if (setup === 'active') return lastRound.answerer;
  return setup === 'passive' ? lastRound.offerer : undefined;
}

/** Another certificate or `tls-id` on either side: a new DTLS association, in which roles are free. */
function isNewAssociation({ description, beforeOther }: SuccessionSubject, { before, after }: KeptTransport): boolean {
  const fresh = (old: typeof before, now: typeof after) =>
    certificateChange(old, now) === 'changed' || differ(old.dtls.tlsId?.value, now.dtls.tlsId?.value);
  const [old, now] = [beforeOther?.sdp.media[after.index], offerOf(description)?.sdp.media[after.index]];
  return fresh(before, after) || (old !== undefined && now !== undefined && fresh(old, now));
}

function differ(old: string | undefined, now: string | undefined): boolean {
  return old !== undefined && now !== undefined && old !== now;
}

function offerOf(description: Description): Description | undefined {
  return description.type === 'offer' ? undefined : description.round?.offer;
}

/** Firefox chooses its role anew with every ICE restart, and takes that of others. */
function toleratedByFirefox(description: Description): boolean {
  const offer = offerOf(description);
  return offer !== undefined && writerOf(offer.sdp) === 'firefox' && restartsIce(offer);
}

export const dtlsRoleFlip: Rule = {
  id: 'dtls-role-flip',
  severity: 'error',
  scope: 'succession',
  title: 'DTLS client and server change places on a running connection',
  cites: [cite('RFC 8842', '5.5'), cite('RFC 9429', '5.3.2')],
  explain:
    'While a DTLS association lives, each side keeps its role, also across an ICE restart. Chrome refuses an answer that swaps them, and to an offer that fixes the opposite role it can make no answer. Firefox keeps its role without a word.',
  fix: 'In later answers repeat the role negotiated first instead of always saying active (or passive); in later offers say actpass.',
  exceptions:
    'A new bundle tag, a recycled section and a new certificate are other associations, in which roles are free.',
  examples: {
    bad: [
      conversation(
        'b is the client, then b offers and a answers active',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.offers(edit(anAnswer(undefined, { version: 3 }), ['a=setup:active', 'a=setup:actpass'])),
        a.answers(edit(anOffer(undefined, { version: 3 }), ['a=setup:actpass', 'a=setup:active'])),
      ),
      conversation(
        'a re-offer fixes the opposite role',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, setup: 'active' })),
      ),
    ],
    good: [
      conversation(
        'a answers passive, because b is the client',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.offers(edit(anAnswer(undefined, { version: 3 }), ['a=setup:active', 'a=setup:actpass'])),
        a.answers(edit(anOffer(undefined, { version: 3 }), ['a=setup:actpass', 'a=setup:passive'])),
      ),
    ],
  },
  check: (subject) => {
    const { description, before } = subject;
    const flipped = keptTransports(before, description).find((kept) => {
      const setup = kept.after.dtls.setup?.value.toLowerCase();
      if (setup !== 'active' && setup !== 'passive') return false;
      const client = clientBefore(subject, kept.after.index);
      if (client === undefined || (setup === 'active') === (client === description.from)) return false;
      return !isNewAssociation(subject, kept);
    });
    if (!flipped) return [];
    const { after } = flipped;
    const client = visible(clientBefore(subject, after.index) ?? '', 30);
    const offer = description.type === 'offer';
    const mid = after.mid?.value;
    const tolerant = toleratedByFirefox(description);
    const refused = !offer && !tolerant && mid !== undefined;
    const ends = tolerant
      ? 'Firefox, which offered an ICE restart, takes it, Chrome would not'
      : offer
        ? 'Chrome will fail at its own answer'
        : 'Chrome refuses it';
    return [
      {
        message: `${whose(description)} says a=setup:${after.dtls.setup?.value.toLowerCase()} for ${nameOf(after)}, but ${client} has been the DTLS client so far; ${ends}.`,
        severity: tolerant ? 'info' : 'error',
        section: after,
        line: after.dtls.setup?.line ?? after.line,
        refusedBy: refused
          ? { chrome: chromeSection(description, mid, 'Failed to set SSL role for the transport.') }
          : {},
      },
    ];
  },
};
