import { bundleGroups } from '../../sdp/bundle.ts';
import { chromeRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { effectiveMids, firefoxOnTag, repeatedMid, unknownMid } from '../mids.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const midMissing: Rule = {
  id: 'mid-missing',
  severity: 'warning',
  stage: 'structure',
  scope: 'description',
  title: 'a section has no a=mid',
  cites: [cite('RFC 9429', '5.2.1'), cite('RFC 9429', '5.3.1'), cite('RFC 9143', '7.1.1'), cite('RFC 9143', '9.1')],
  explain:
    'Groups, candidates and RTP name a section by its mid. Chrome invents a number for a section without one, and refuses the description if another section has that number. Firefox accepts it and leaves the section out of the bundle.',
  fix: 'Keep a=mid in every section.',
  exceptions:
    'Old SIP devices write no mid at all and no group; a single section can be matched by place, and so can a rejected one.',
  examples: {
    bad: [
      conversation(
        'video lost its mid',
        a.offers(edit(anOffer(['audio', 'video']), ['a=mid:1\r\n', ''], ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
      conversation(
        'the answer has no mids',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', 'video']), ['a=mid:0\r\n', ''], ['a=mid:1\r\n', ''])),
      ),
    ],
    good: [
      conversation('every section has a mid', a.offers(anOffer(['audio', 'video']))),
      conversation(
        'one section, no group',
        a.offers(edit(anOffer(['audio']), ['a=mid:0\r\n', ''], ['a=group:BUNDLE 0\r\n', ''])),
      ),
    ],
  },
  check: ({ description, sdp, live }) => {
    const lacking = live.filter((section) => (section.mid?.value ?? '') === '');
    const [first] = lacking;
    const grouped = bundleGroups(sdp).some((group) => group.mids.length > 0);
    const all = lacking.length === live.length;
    if (!first || (!grouped && all && live.length === 1)) return [];
    const twin = repeatedMid(effectiveMids(description));
    const message = `${whose(description)} has no a=mid for ${namesOf(lacking)}`;
    if (twin === undefined && unknownMid(description)) return [];
    if (twin === undefined) {
      const refusedBy = firefoxOnTag(sdp);
      if (!refusedBy.firefox)
        return [{ message: `${message}: browsers match by place and leave it out of the bundle.`, section: first }];
      const ends =
        'Firefox does not find the section that the BUNDLE group begins with and refuses; Chrome goes by place';
      return [{ message: `${message}: ${ends}.`, severity: 'error', section: first, refusedBy }];
    }
    const chrome = chromeRefuses(description, `Duplicate a=mid value '${twin}'.`);
    const ends = `Chrome gives it the number ${twin}, which another section has, and refuses; Firefox accepts`;
    return [{ message: `${message}: ${ends}.`, severity: 'error', section: first, refusedBy: { chrome } }];
  },
};
