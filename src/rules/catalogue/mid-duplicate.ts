import { chromeRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

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
      conversation('video has the mid of audio', a.offers(edit(anOffer(['audio', 'video']), ['a=mid:1', 'a=mid:0']))),
    ],
    good: [conversation('every section has its own mid', a.offers(anOffer(['audio', 'video'])))],
  },
  check: ({ sdp, description }) =>
    sdp.media.flatMap((section, i) => {
      const mid = section.mid;
      const twin = mid && sdp.media.slice(0, i).find((other) => other.mid?.value === mid.value);
      if (!mid || !twin) return [];
      return [
        {
          message: `Section ${i} (${section.kind}) repeats the mid '${mid.value}' of section ${twin.index} (${twin.kind}).`,
          section,
          line: mid.line,
          refusedBy: { chrome: chromeRefuses(description, `Duplicate a=mid value '${mid.value}'.`) },
        },
      ];
    }),
};
