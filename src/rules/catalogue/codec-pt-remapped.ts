import type { PayloadEntry } from '../../core/ledger.ts';
import { midOf } from '../../core/ledger.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { extensionScopes } from '../header-extensions.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule, type SuccessionSubject } from '../rule.ts';
import { restartsIce } from '../transport.ts';

const before = [a.offers(anOffer(['video'])), b.answers(anAnswer(['video']))] as const;

export const codecPtRemapped: Rule = {
  id: 'codec-pt-remapped',
  severity: 'error',
  scope: 'succession',
  title: 'a payload type now means another codec',
  cites: [cite('RFC 3264', '8.3.2'), cite('RFC 9429', '5.2.2'), cite('RFC 9143', '9.1.1')],
  explain:
    'Once negotiated, a payload type keeps its codec for the life of the section, because packets on the way and the other side still use it. Chrome and Firefox both accept a new meaning without a word; packets then reach the wrong decoder.',
  fix: 'Keep the numbers of the first negotiation and give a new codec a number that was never used. The same codec may get a second number.',
  exceptions: 'A recycled section, or a new certificate with an ICE restart (a new peer), may start over.',
  examples: {
    bad: [
      conversation(
        'VP8 was 96, now 96 is VP9',
        ...before,
        a.offers(edit(anOffer(['video'], { version: 3 }), ['a=rtpmap:96 VP8/90000', 'a=rtpmap:96 VP9/90000'])),
      ),
      conversation(
        'video takes the number of audio',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(
          edit(
            anOffer(['audio', 'video'], { version: 3 }).replaceAll('111', '42').replaceAll(':96 ', ':111 '),
            ['SAVPF 96 97', 'SAVPF 111 97'],
            ['apt=96', 'apt=111'],
          ),
        ),
      ),
    ],
    good: [
      conversation('the same numbers again', ...before, a.offers(anOffer(['video'], { version: 3 }))),
      conversation(
        'a codec is added under a new number',
        ...before,
        a.offers(
          edit(
            anOffer(['video'], { version: 3 }),
            ['SAVPF 96 97', 'SAVPF 96 97 98'],
            ['a=rtpmap:97', 'a=rtpmap:98 VP9/90000\r\na=rtpmap:97'],
          ),
        ),
      ),
    ],
  },
  check: (subject) => {
    if (restartsIce(subject.description)) return [];
    return extensionScopes(subject.description.sdp).flatMap((scope) => {
      const free = givenUp(subject, scope);
      return scope.flatMap((section) => [...ownRemaps(subject, section), ...borrowed(subject, section, free)]);
    });
  },
};

/** Numbers of this section that meant something else in it. */
function ownRemaps({ ledger, description }: SuccessionSubject, section: MSection): Report[] {
  const known = tenantSince(ledger.slots[section.index], section) ? ledger.payloads.get(midOf(section)) : undefined;
  const offer = description.type === 'offer' ? undefined : description.round?.offer.sdp.media[section.index];
  const offered = new Map(offer?.codecs.map((codec) => [codec.payloadType, codec.identity]));
  const changed = section.codecs.flatMap((codec) => {
    const old = known?.get(codec.payloadType);
    // An answer that repeats its offer: that one has been judged.
    if (offered.get(codec.payloadType) === codec.identity) return [];
    if (!old || old.codec === '' || codec.name === '' || old.identity === codec.identity) return [];
    // A retransmission number follows its codec: that one is named.
    if (codec.role === 'rtx' && old.codec.toLowerCase() === 'rtx') return [];
    return [{ old, codec }];
  });
  const [first] = changed;
  if (!first) return [];
  const which = listed(changed.map(({ old, codec }) => `${codec.payloadType} (${change(old, codec.identity)})`));
  const message = `${whose(description)} gives payload types of ${nameOf(section)} a new meaning: ${which}. Chrome and Firefox accept it and decode wrongly.`;
  return [{ message, section, line: first.codec.rtpmapLine ?? section.line, related: [first.old.since] }];
}

function change({ identity }: PayloadEntry, now: string): string {
  return `was ${visible(identity, 30)}, now ${visible(now, 30)}`;
}

/** The slot still has the tenant whose numbers are known. */
function tenantSince(slot: SuccessionSubject['ledger']['slots'][number] | undefined, section: MSection): boolean {
  const tenant = slot?.tenants.at(-1);
  return tenant?.mid === midOf(section) && tenant.kind === section.kind && tenant.rejectedBy === undefined;
}

interface GivenUp {
  readonly peer: MSection;
  readonly old: PayloadEntry;
}

/** Numbers that sections of the group had and do not list any more. */
function givenUp({ ledger }: SuccessionSubject, scope: readonly MSection[]): ReadonlyMap<string, GivenUp> {
  const numbers = new Map<string, GivenUp>();
  for (const peer of scope) {
    const listed = new Set(peer.formats);
    for (const old of ledger.payloads.get(midOf(peer))?.values() ?? [])
      if (!listed.has(old.payloadType) && old.codec !== '') numbers.set(old.payloadType, { peer, old });
  }
  return numbers;
}

/** Numbers new to this section that another section of the group gave up. An answer only repeats its offer. */
function borrowed(
  { ledger, description }: SuccessionSubject,
  section: MSection,
  free: ReadonlyMap<string, GivenUp>,
): Report[] {
  const own = ledger.payloads.get(midOf(section));
  if (!own || description.type !== 'offer') return [];
  for (const codec of section.codecs) {
    const { peer, old } = free.get(codec.payloadType) ?? {};
    if (codec.role !== 'media' || own.has(codec.payloadType) || !peer || !old || old.identity === codec.identity)
      continue;
    const message = `${whose(description)} uses payload type ${visible(codec.payloadType, 10)} of ${nameOf(peer)} (${visible(old.identity, 30)}) for ${visible(codec.identity, 30)} in ${nameOf(section)} of the same BUNDLE group. Chrome and Firefox accept it, media stops.`;
    return [{ message, section, line: codec.rtpmapLine ?? section.line, related: [old.since] }];
  }
  return [];
}
