import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeParse, chromeRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { firefoxOnAnswer } from '../firefox-answer.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { repeatedMsid } from '../text-fault.ts';

export const midDuplicate: Rule = {
  id: 'mid-duplicate',
  severity: 'error',
  stage: 'structure',
  scope: 'description',
  title: 'two sections carry the same mid',
  cites: [cite('RFC 5888', '4'), cite('RFC 9429', '5.8.2')],
  explain:
    'The mid names a section for BUNDLE, candidates and RTP. Two sections with one name cannot be told apart, so Chrome refuses the description and Firefox misassigns media.',
  fix: 'Give every section its own a=mid. A duplicate usually comes from gluing two descriptions together or from copying a section.',
  examples: {
    bad: [
      conversation(
        'video has the mid of audio',
        a.offers(edit(anOffer(['audio', 'video']), ['a=mid:1', 'a=mid:0'], ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
    ],
    good: [conversation('every section has its own mid', a.offers(anOffer(['audio', 'video'])))],
  },
  check: ({ sdp, description }) => {
    const first = new Map<string, MSection>();
    const sentence =
      description.type === 'offer' || !description.round
        ? undefined
        : firefoxOnAnswer(description.round.offer, description);
    const firefox = sentence === undefined ? {} : { firefox: sentence };
    return sdp.media.flatMap((section) => {
      const mid = section.mid;
      const twin = mid && first.get(mid.value);
      if (mid && !twin) first.set(mid.value, section);
      if (!mid || !twin || mid.value === '') return [];
      const message = `Section ${section.index} (${visible(section.kind, 20)}) of ${whose(description)} repeats the mid '${visible(mid.value, 20)}' of section ${twin.index} (${visible(twin.kind, 20)}).`;
      return [
        { message, section, line: mid.line, refusedBy: { chrome: chromeSays(description, mid.value), ...firefox } },
      ];
    });
  },
};

/** A copied section repeats its track, too, and Chromium looks at tracks first. */
function chromeSays(description: Description, mid: string): string {
  if (repeatedMsid(description.sdp) !== undefined) return chromeParse('', 'Duplicate a=msid lines detected');
  return chromeRefuses(description, `Duplicate a=mid value '${mid}'.`);
}
