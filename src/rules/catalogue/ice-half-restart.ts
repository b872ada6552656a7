import { FIREFOX_UNASKED_RESTART } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { changeOf, keptTransports, restartsIce } from '../transport.ts';

export const iceHalfRestart: Rule = {
  id: 'ice-half-restart',
  severity: 'error',
  scope: 'succession',
  title: 'the ICE user fragment changed without the password, or the reverse',
  cites: [cite('RFC 8839', '4.4.1.1.1'), cite('RFC 8839', '5.4')],
  explain:
    'An ICE restart replaces both credentials; the same user fragment promises the same password. Chrome accepts the half and stays on its old pair, Firefox accepts it in an offer and fails within half a minute, because the checks are signed with a password the other side does not have.',
  fix: 'Take user fragment and password from the same description. If an ICE restart was meant, change both; if not, leave both.',
  exceptions: 'A masked value is not compared.',
  examples: {
    bad: [
      conversation(
        'the re-offer has another password for the same user fragment',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(undefined, { version: 3 }), ['aPasswordOfGeneration0001', 'anotherPasswordThanBefore'])),
      ),
    ],
    good: [
      conversation(
        'a complete ICE restart',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
    ],
  },
  check: ({ description, before }) => {
    const halves = keptTransports(before, description).filter((kept) => ['ufrag', 'pwd'].includes(changeOf(kept)));
    const half = halves[0];
    if (!half) return [];
    const changed = changeOf(half);
    const [now, kept] = changed === 'ufrag' ? ['user fragment', 'password'] : ['password', 'user fragment'];
    const answered = description.type === 'answer' ? description.round?.offer : undefined;
    const refused = answered && !restartsIce(answered) ? { firefox: FIREFOX_UNASKED_RESTART } : {};
    return [
      {
        message: `${whose(description)} changes the ICE ${now} of ${nameOf(half.after)} but keeps the ${kept}: neither the old generation nor a new one.`,
        section: half.after,
        line: half.after.ice[changed === 'ufrag' ? 'ufrag' : 'pwd']?.line ?? half.after.line,
        refusedBy: refused,
      },
    ];
  },
};
