import type { MSection } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { extensionScopes, extensionsOf, URI } from '../header-extensions.ts';
import { nameOf, namesOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';
import { acceptedOf, type SectionPair } from '../subjects.ts';

const withoutMid = (sdp: string) => sdp.replaceAll(/a=extmap:4 [^\r]*\r\n/g, '');

export const extmapMidMissing: Rule = {
  id: 'extmap-mid-missing',
  severity: 'info',
  scope: 'description',
  title: 'a header extension that carries routing or bandwidth is missing',
  cites: [cite('RFC 9143', '9.1')],
  explain:
    'Packets of a BUNDLE group find their section by the sdes:mid header extension. Without it, and without a=ssrc lines, two sections of one kind cannot be told apart. In the same way, simulcast needs rtp-stream-id, and bandwidth estimation needs transport-wide-cc or abs-send-time. Chrome and Firefox accept all that.',
  fix: 'Keep sdes:mid, rtp-stream-id and transport-wide-cc when you filter header extensions.',
  exceptions: 'With one section of each kind, or with a=ssrc lines, packets are found without sdes:mid.',
  examples: {
    bad: [
      conversation('two cameras, nothing to tell them apart', a.offers(withoutMid(anOffer(['video', 'video'])))),
      conversation(
        'the answer drops bandwidth estimation',
        a.offers(anOffer(['video']).replaceAll('urn:3gpp:video-orientation', URI.transportCc)),
        b.answers(edit(anAnswer(['video']), [/a=extmap:3 [^\r]*\r\n/, ''])),
      ),
    ],
    good: [
      conversation('one section of each kind', a.offers(withoutMid(anOffer(['audio', 'video'])))),
      conversation('two cameras with sdes:mid', a.offers(anOffer(['video', 'video']))),
    ],
  },
  check: (subject) => [...unroutable(subject), ...dropped(subject)],
};

function has(subject: Pick<DescriptionSubject, 'sdp'>, section: MSection, ...uris: readonly string[]): boolean {
  return extensionsOf(subject.sdp, section).some(({ uri }) => uris.includes(uri));
}

function unroutable(subject: DescriptionSubject): Report[] {
  return extensionScopes(subject.sdp).flatMap((scope) =>
    ['audio', 'video'].flatMap((kind) => {
      const same = scope.filter((section) => section.kind === kind);
      const [first] = same;
      if (
        !first ||
        same.length < 2 ||
        same.some((section) => section.ssrcs.length > 0 || has(subject, section, URI.mid))
      )
        return [];
      const message = `${whose(subject.description)} bundles ${namesOf(same)} without the sdes:mid header extension and without a=ssrc lines: their packets can only be told apart by payload type.`;
      return [{ message, section: first }];
    }),
  );
}

/** What the answer left out that something else depends on. */
function dropped(subject: DescriptionSubject): Report[] {
  const { description, sdp, type } = subject;
  const offer = description.round?.offer;
  if (type === 'offer' || !offer) return [];
  return acceptedOf(offer.sdp, sdp).flatMap((pair) => {
    const lost = [...bandwidth(subject, offer, pair), ...layers(subject, offer, pair)];
    if (lost.length === 0) return [];
    const message = `${whose(description)} drops ${lost.join(', and ')} in ${nameOf(pair.answered)}.`;
    return [{ message, section: pair.answered, related: [offer.seq] }];
  });
}

function bandwidth(
  subject: DescriptionSubject,
  offer: { sdp: DescriptionSubject['sdp'] },
  pair: SectionPair,
): string[] {
  const either = [URI.transportCc, URI.sendTime];
  if (pair.answered.kind !== 'video' || !has(offer, pair.offered, ...either) || has(subject, pair.answered, ...either))
    return [];
  return ['transport-wide-cc and abs-send-time (bandwidth estimation)'];
}

function layers(subject: DescriptionSubject, offer: { sdp: DescriptionSubject['sdp'] }, pair: SectionPair): string[] {
  const offered = pair.offered.simulcast.length > 0 && has(offer, pair.offered, URI.streamId);
  return offered && !has(subject, pair.answered, URI.streamId) ? ['rtp-stream-id (simulcast)'] : [];
}
