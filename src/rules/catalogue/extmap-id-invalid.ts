import { visible } from '../../sdp/printable.ts';
import type { HeaderExtension, MSection } from '../../sdp/sdp.ts';
import { writerOf } from '../../sdp/writer.ts';
import { firefoxRefuses } from '../browser.ts';
import { listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { extensionsOf, rtpSections } from '../header-extensions.ts';
import { type LineFault, libwebrtcReads, sessionFaults } from '../libwebrtc-rtp.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

const renumbered = (sdp: string, id: string) => edit(sdp, ['a=extmap:1 ', `a=extmap:${id} `]);

export const extmapIdInvalid: Rule = {
  id: 'extmap-id-invalid',
  severity: 'error',
  scope: 'description',
  title: 'a header extension with an id that cannot be used',
  cites: [cite('RFC 8285', '4.2'), cite('RFC 8285', '4.3'), cite('RFC 8285', '5')],
  explain:
    'Ids 1 to 14 fit into the one-byte form of header extensions, up to 255 into the two-byte form; 0 is padding and 15 is reserved. Chrome refuses 0 and everything above 255, Firefox everything above 14, with or without a=extmap-allow-mixed.',
  fix: 'Number header extensions from 1 to 14, the same in all sections of a BUNDLE group.',
  exceptions: 'Above 15 is fine between endpoints that both have a=extmap-allow-mixed and are not Firefox.',
  examples: {
    bad: [
      conversation('0 is padding', a.offers(renumbered(anOffer(), '0'))),
      conversation('15 is reserved', a.offers(renumbered(anOffer(), '15'))),
      conversation('256 does not fit', a.offers(renumbered(anOffer(), '256'))),
      conversation('not a number', a.offers(renumbered(anOffer(), 'x'))),
    ],
    good: [
      conversation(
        '14 is the last that fits',
        a.offers(renumbered(anOffer(), '14')),
        b.answers(renumbered(anAnswer(), '14')),
      ),
    ],
  },
  check: (subject) => [
    ...unreadable(subject),
    ...rtpSections(subject.sdp).flatMap((section) => judge(subject, section)),
  ],
};

/** What Chromium cannot read, in rejected sections, too. */
function unreadable({ sdp, description }: DescriptionSubject): Report[] {
  const say = ({ line, text, flaw, chrome }: LineFault, section?: MSection): Report => ({
    message: `Chrome refuses ${whose(description)}: in '${visible(text, 80)}'${section ? ` of ${nameOf(section)}` : ''} the ${flaw}.`,
    line,
    ...(section ? { section } : {}),
    refusedBy: { chrome, ...(section && isNumber(text) ? firefoxOn(idOf(text), section) : {}) },
  });
  return [
    ...sessionFaults(sdp).map((fault) => say(fault)),
    ...sdp.media.flatMap((section) =>
      libwebrtcReads(sdp, section)
        .faults.filter(({ attribute }) => attribute === 'extmap')
        .map((fault) => say(fault, section)),
    ),
  ];
}

const idOf = (text: string): string => /:(\d{1,5})[ /]/.exec(text)?.[1] ?? '';
const isNumber = (text: string): boolean => idOf(text) !== '';

/** Ids that Chromium takes and Firefox does not, or that need the two-byte form. */
function judge({ sdp, description, session }: DescriptionSubject, section: MSection): Report[] {
  const high = extensionsOf(sdp, section).filter(({ id }) => Number(id) > 14 && Number(id) <= 255);
  const [first] = high;
  if (!first) return [];
  const mixed = sdp.extmapAllowMixed || section.attributes.some(({ name }) => name === 'extmap-allow-mixed');
  const peer = session.descriptions.findLast(({ from }) => from === description.to);
  const tolerant =
    mixed && !high.some(({ id }) => id === '15') && peer !== undefined && writerOf(peer.sdp) !== 'firefox';
  const which = listed(high.map(({ id, uri }: HeaderExtension) => `${id} (${uri})`));
  const message = `${whose(description)} numbers header extensions of ${nameOf(section)} above 14: ${which}. Chrome accepts that, Firefox refuses it.`;
  return [
    {
      message,
      section,
      line: first.line,
      ...(tolerant ? { severity: 'info' as const } : {}),
      refusedBy: tolerant ? {} : firefoxOn(first.id, section),
    },
  ];
}

function firefoxOn(id: string, { index, rejected }: MSection) {
  if (rejected) return {};
  const reason = `Description contains invalid extension id ${id} on level ${index} which is unsupported until 2-byte rtp header extensions are supported in webrtc.org`;
  return { firefox: firefoxRefuses(reason, 'OperationError') };
}
