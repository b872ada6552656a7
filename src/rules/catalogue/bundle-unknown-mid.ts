import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { firefoxRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { libwebrtcSays, libwebrtcStop, type Stop } from '../libwebrtc-text.ts';
import { chromeUnknownMid, firefoxMid, unknownMid } from '../mids.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

export const bundleUnknownMid: Rule = {
  id: 'bundle-unknown-mid',
  severity: 'error',
  scope: 'description',
  title: 'a BUNDLE group names a mid that no section has, or cannot be read',
  cites: [cite('RFC 5888', '7'), cite('RFC 9143', '7.1'), cite('RFC 9143', '7.3')],
  explain:
    'A group lists the mids of sections that share a transport. Chrome refuses a description that lists one no section has. Firefox refuses it if that mid comes first or if it stands in an answer; in an offer it fails later, when it answers.',
  fix: 'When a section is removed or renamed, change a=group:BUNDLE with it. Look for a second a=mid line in one section, too: the last one counts.',
  examples: {
    bad: [
      conversation('the section was cut out, the group was not', a.offers(edit(anOffer(), ['BUNDLE 0', 'BUNDLE 0 1']))),
      conversation('first in the group', a.offers(edit(anOffer(), ['BUNDLE 0', 'BUNDLE 7 0']))),
      conversation('two a=mid lines', a.offers(edit(anOffer(), ['a=mid:0', 'a=mid:0\r\na=mid:other']))),
    ],
    good: [
      conversation('all are there', a.offers(anOffer(['audio', 'video']))),
      conversation(
        'the answer leaves mids out: they are those of the offer',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', 'video']), ['a=mid:0\r\n', ''], ['a=mid:1\r\n', ''])),
      ),
    ],
  },
  check: ({ description }) => {
    const stop = libwebrtcStop(description.sdp);
    if (stop?.at === 'group') return unreadable(description, stop);
    const unknown = unknownMid(description);
    if (!unknown) return [];
    const { mid, line } = unknown;
    const renamed = description.sdp.media.find(({ attributes }) =>
      attributes.some(({ name, value }) => name === 'mid' && value === mid),
    );
    const blank = mid === '' ? ' (there is a blank too many)' : '';
    const why = renamed ? `: section ${renamed.index} has two a=mid lines, and the last one counts` : '';
    const message = `The BUNDLE group of ${whose(description)} names '${visible(mid, 20)}', which no section has${blank}${why}.`;
    const firefox = firefoxSays(description, mid, unknown.tag);
    return [
      { message, line, refusedBy: { chrome: chromeUnknownMid(description, mid), ...(firefox ? { firefox } : {}) } },
    ];
  },
};

/** A section that has this odd mid is a matter of rule mid-illegal. */
function unreadable(description: Description, stop: Stop): Report[] {
  const { sdp } = description;
  const odd = sdp.groups.find(({ line }) => line === stop.line)?.mids ?? [];
  if (
    sdp.media.some(
      ({ mid }) => mid !== undefined && /[^!#$%&'*+\-.\w^`{|}~]/.test(mid.value) && odd.includes(mid.value),
    )
  )
    return [];
  const message = `The group line of ${whose(description)} cannot be read: '${visible(stop.text, 50)}'. Chrome refuses it.`;
  return [{ message, line: stop.line, refusedBy: { chrome: libwebrtcSays(stop) } }];
}

/** Firefox knows the first of several a=mid lines, so that a renamed section still has its mid there. */
function firefoxSays({ type, sdp }: Description, mid: string, tag: boolean): string | undefined {
  if (mid.trim() === '' || sdp.media.some((section) => firefoxMid(section) === mid)) return undefined;
  if (tag)
    return firefoxRefuses(
      `mid specified for bundle transport in group attribute does not exist in the SDP. (mid=${mid})`,
    );
  return type === 'answer' ? firefoxRefuses(`No transceiver for bundled mid ${mid}`, 'OperationError') : undefined;
}
