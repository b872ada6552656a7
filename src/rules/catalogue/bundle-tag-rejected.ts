import { bundleGroups } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import { chromeRefuses, firefoxRefuses } from '../browser.ts';
import { sectionsByMid } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const DEAD_AUDIO = { kind: 'audio', rejected: true, direction: 'inactive' } as const;

export const bundleTagRejected: Rule = {
  id: 'bundle-tag-rejected',
  severity: 'error',
  stage: 'structure',
  scope: 'description',
  title: 'the section that owns the transport of the bundle is rejected',
  cites: [cite('RFC 9143', '7.3.3'), cite('RFC 9143', '7.5.3'), cite('RFC 9429', '5.2.2')],
  explain:
    'The first mid of a group stands for its transport. If that section is rejected (port 0) while others live, the group has none. Firefox refuses the description; Chrome refuses it in an answer and in later offers, and cannot keep the group in its answer to a first offer.',
  fix: 'Take the rejected mid out of a=group:BUNDLE, so that a living section comes first.',
  exceptions: 'A group of which all members are rejected.',
  examples: {
    bad: [
      conversation(
        'the answer rejects audio and keeps it first',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer([DEAD_AUDIO, 'video']), ['BUNDLE 1', 'BUNDLE 0 1'])),
      ),
    ],
    good: [
      conversation(
        'audio is stopped and leaves the group',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer([DEAD_AUDIO, 'video'], { version: 3 })),
      ),
    ],
  },
  check: ({ sdp, description }) => {
    const sections = sectionsByMid(sdp);
    return bundleGroups(sdp).flatMap(({ mids, line }) => {
      const tag = mids[0];
      const tagged = tag === undefined ? undefined : sections.get(tag);
      const alive = mids.find((mid) => sections.get(mid)?.rejected === false);
      if (tag === undefined || !tagged?.rejected) return [];
      const first = description.type === 'offer' && description.base === undefined;
      const firefox = firefoxRefuses(
        `mid specified for bundle transport in group attribute points at a disabled m-section. (mid=${tag})`,
      );
      if (alive === undefined) {
        const message = `${whose(description)} rejects every section of its BUNDLE group and keeps the group: Firefox refuses it, Chrome does not.`;
        return [{ message, section: tagged, line, refusedBy: { firefox } }];
      }
      const message = `${whose(description)} rejects ${nameOf(tagged)}, the first of its BUNDLE group, while '${visible(alive, 20)}' lives: the group has no transport.`;
      return [
        {
          message,
          section: tagged,
          line,
          refusedBy: {
            ...(first
              ? {}
              : { chrome: chromeRefuses(description, `The m= section with mid='${alive}' should be rejected.`) }),
            firefox,
          },
        },
      ];
    });
  },
};
