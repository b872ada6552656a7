import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import type { Group } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { groupOf } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

export const bundleAnswerNotSubset: Rule = {
  id: 'bundle-answer-not-subset',
  severity: 'error',
  scope: 'pair',
  title: 'the answer bundles more than was offered',
  cites: [cite('RFC 9143', '7.3')],
  explain:
    'An answer may bundle only what the offer bundled, each offered group by itself. Chrome refuses an answer that adds a group, adds a section to one or joins two. Firefox does not check it, and sends the section over a transport the other side may not use.',
  fix: 'Build the group of the answer from the offered one: leave out what is rejected, add nothing.',
  examples: {
    bad: [
      conversation(
        'no group was offered',
        a.offers(edit(anOffer(['audio', 'video']), ['a=group:BUNDLE 0 1\r\n', ''])),
        b.answers(anAnswer(['audio', 'video'])),
      ),
      conversation(
        'video was offered by itself',
        a.offers(edit(anOffer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0'])),
        b.answers(anAnswer(['audio', 'video'])),
      ),
      conversation(
        'one offered group becomes two',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0\r\na=group:BUNDLE 1'])),
      ),
    ],
    good: [
      conversation('the same group', a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))),
    ],
  },
  check: ({ offer, answer }) => {
    const offered = groupOf(offer.sdp);
    const answered = bundleGroups(answer.sdp).filter(({ mids }) => mids.length > 0);
    const [group] = answered;
    if (!group) return [];
    if (offered.size === 0) {
      const chrome = chromeRefuses(answer, 'A BUNDLE group was added in the answer that did not exist in the offer.');
      const message = `${whose(answer)} bundles sections although the offer has no BUNDLE group: Chrome refuses it.`;
      return [{ message, line: group.line, refusedBy: { chrome } }];
    }
    return [...joined(answer, answered, offered), ...split(answer, answered, offered)].slice(0, 1);
  },
};

type Groups = ReadonlyMap<string, Group>;

function joined(answer: Description, answered: readonly Group[], offered: Groups): Report[] {
  const odd = answered.flatMap((one) => oddMid(one, offered) ?? [])[0];
  if (!odd) return [];
  const why = offered.has(odd.mid) ? 'joins it with another offered group' : 'the offer has it in none';
  const chrome = chromeRefuses(
    answer,
    `A BUNDLE group in answer contains a MID='${odd.mid}' that was not in the offered group.`,
  );
  const message = `${whose(answer)} has '${visible(odd.mid, 20)}' in a BUNDLE group, but ${why}: Chrome refuses it.`;
  return [{ message, mid: odd.mid, line: odd.line, refusedBy: { chrome } }];
}

/** One offered group spread over several. */
function split(answer: Description, answered: readonly Group[], offered: Groups): Report[] {
  const homes = new Map<Group, Group>();
  for (const group of answered) {
    for (const mid of group.mids) {
      const offer = offered.get(mid);
      const home = offer && homes.get(offer);
      if (offer && !home) homes.set(offer, group);
      if (!home || home === group) continue;
      const chrome = chromeRefuses(answer, 'A MID in the answer has changed group.');
      const message = `${whose(answer)} spreads one offered BUNDLE group over several ('${visible(mid, 20)}' is in another than the rest): Chrome refuses it.`;
      return [{ message, mid, line: group.line, refusedBy: { chrome } }];
    }
  }
  return [];
}

/** The first mid of a group that is in no offered group, or in another than the mids before it. */
function oddMid({ mids, line }: Group, offered: ReadonlyMap<string, Group>): { mid: string; line: number } | undefined {
  const home = offered.get(mids.find((mid) => offered.has(mid)) ?? '');
  const mid = mids.find((one) => offered.get(one) === undefined || offered.get(one) !== home);
  return mid === undefined ? undefined : { mid, line };
}
