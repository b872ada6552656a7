import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { codecNames, isKnownToBrowsers, mediaCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, namesOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const REJECTED = { kind: 'video', rejected: true, direction: 'inactive' } as const;

export const mlineRejected: Rule = {
  id: 'mline-rejected',
  severity: 'info',
  plainToo: true,
  scope: 'description',
  title: 'a section is rejected or stopped (port 0)',
  cites: [cite('RFC 3264', '6'), cite('RFC 3264', '8.2'), cite('RFC 9429', '5.3.1')],
  explain:
    'Port 0 ends a section: in an answer the side does not want it or cannot handle it, in an offer its transceiver was stopped. Neither direction will carry media, and the section cannot come back.',
  fix: 'Look for codecs both sides have, and for the transceiver of that section. To pause media use the direction inactive; to stop a section call transceiver.stop() instead of editing the port.',
  examples: {
    bad: [
      conversation(
        'video is not wanted',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', REJECTED])),
      ),
      conversation(
        'stopped later',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
      ),
      conversation('dead from the first offer on', a.offers(anOffer(['audio', REJECTED]))),
      conversation(
        'no codec a browser knows: it will be rejected',
        a.offers(
          edit(anOffer(), ['SAVPF 111 0', 'SAVPF 18'], [/a=rtpmap:111[\s\S]*8000\r\n/, 'a=rtpmap:18 G729/8000\r\n']),
        ),
      ),
    ],
    good: [
      conversation(
        'bundle-only is not rejected',
        a.offers(
          edit(anOffer(['audio', 'video']), ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only']),
        ),
      ),
      conversation(
        'it was rejected before',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
      ),
    ],
  },
  check: ({ description, plain, live }) => {
    if (description.type !== 'offer') return inAnswer(description);
    return [...inOffer(description), ...(plain ? [] : hopeless(description, live))];
  },
};

/** Rejected sections still in a group, and bundle-only ones, are matters of rules of their own. */
function bundled({ sdp }: Description): ReadonlySet<string> {
  return new Set(bundleGroups(sdp).flatMap(({ mids }) => mids));
}

function inAnswer(answer: Description): Report[] {
  const offered = answer.round?.offer.sdp.media ?? [];
  const grouped = bundled(answer);
  const rejected = answer.sdp.media.filter((section) => {
    const offer = offered[section.index];
    const misread = offer?.bundleOnly === true && grouped.size > 0;
    return section.rejected && offer?.rejected === false && !misread && !grouped.has(section.mid?.value ?? '');
  });
  const [first] = rejected;
  if (!first) return [];
  const kept = rejected.filter(({ index }) => answer.base?.transport.sdp.media[index]?.rejected === false);
  const message = `${whose(answer)} rejects ${namesOf(rejected)}: ${reasonOf(offered, rejected)}.`;
  return [{ message, severity: kept.length === rejected.length ? 'info' : 'warning', section: first }];
}

/** Why, as far as one can tell: rejected sections keep no list of what would have been possible. */
function reasonOf(offered: readonly MSection[], rejected: readonly MSection[]): string {
  const kinds = rejected.map(({ index }) => offered[index]);
  if (kinds.every((section) => section && !/^(?:audio|video|application)$/.test(section.kind)))
    return 'it does not know this media type';
  const data = offered.filter(({ kind, rejected: dead }) => kind === 'application' && !dead);
  if (kinds.every((section) => section?.kind === 'application') && data.length > 1)
    return 'one data section is all a connection can have';
  return 'it has no codec in common, no use for it, or its text was edited';
}

function inOffer(offer: Description): Report[] {
  const before = offer.base?.transport.sdp.media ?? [];
  const grouped = bundled(offer);
  const listed = ({ mid }: MSection) => mid !== undefined && grouped.has(mid.value);
  const fresh = offer.sdp.media.filter(
    (section) => section.rejected && before[section.index]?.rejected !== true && !listed(section),
  );
  const isEdited = (section: MSection) => before[section.index] === undefined || looksLive(section);
  const edited = fresh.filter(isEdited);
  const stopped = fresh.filter((section) => !isEdited(section));
  return [
    ...edited
      .slice(0, 1)
      .map((section): Report => ({ message: editedText(offer, edited), severity: 'warning', section })),
    ...stopped
      .slice(0, 1)
      .map((section): Report => ({ message: `${whose(offer)} stops ${namesOf(stopped)}.`, section })),
  ];
}

/** Sections an answer of a browser can only reject: it knows none of their codecs. */
function hopeless(offer: Description, live: readonly MSection[]): Report[] {
  return live.flatMap((section) => {
    const codecs = mediaCodecs(section);
    if (codecs.length === 0 || codecs.some(isKnownToBrowsers)) return [];
    const message = `${whose(offer)} lists nothing for ${nameOf(section)} that a browser knows (${codecNames(codecs)}): Chrome and Firefox accept the offer and carry no media there.`;
    return [{ message, severity: 'warning', section }];
  });
}

/** A stopped section is inactive in the words of every engine; this one still wants to send or receive. */
function looksLive({ directionLine, direction }: MSection): boolean {
  return directionLine !== undefined && direction !== 'inactive';
}

function editedText(offer: Description, sections: readonly MSection[]): string {
  const names = namesOf(sections);
  return sections.every(looksLive)
    ? `${whose(offer)} has port 0 for ${names}, but still a direction as if it were live: the port was edited, and the engine behind it goes on with that section.`
    : `${whose(offer)} has port 0 for ${names} from the beginning: it can never carry anything.`;
}
