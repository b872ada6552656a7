import type { Sdp } from '../../sdp/sdp.ts';
import { chromeParse } from '../browser.ts';
import { a, anOffer, conversation, edit, editSection } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Refusal, type Rule } from '../rule.ts';
import { chromeReads, firefoxReads, taggedSections } from '../transport.ts';
import { transportRefusal } from '../transport-refusal.ts';

export const iceCredentialsMissing: Rule = {
  id: 'ice-credentials-missing',
  severity: 'error',
  scope: 'description',
  title: 'a section has no ICE user fragment or password',
  cites: [cite('RFC 8839', '4.2'), cite('RFC 8839', '5.4'), cite('RFC 9429', '5.8.3')],
  explain:
    'Connectivity checks are signed with the user fragment and password of the other side. Chrome refuses a description whose bundle tag or unbundled section lacks one of them. Firefox refuses an offer that lacks them in any section that is not bundle-only, because each of them may get a transport of its own.',
  fix: 'State a=ice-ufrag and a=ice-pwd in every section of an offer, or once for the session. Do not remove attributes of one section alone.',
  exceptions:
    'A bundled section other than the tag may leave them out in an answer, and in an offer if it is bundle-only. Values at session level count for every section.',
  examples: {
    bad: [
      conversation('no user fragment anywhere', a.offers(edit(anOffer(), ['a=ice-ufrag:aUf1\r\n', '']))),
      conversation(
        'the bundled video section has no credentials: only Firefox minds',
        a.offers(
          editSection(anOffer(['audio', 'video']), '1', ['a=ice-ufrag:aUf1\r\n', ''], [/a=ice-pwd:\S+\r\n/, '']),
        ),
      ),
    ],
    good: [
      conversation(
        'credentials for the whole session',
        a.offers(
          edit(
            anOffer(),
            ['a=ice-ufrag:aUf1\r\n', ''],
            ['a=ice-pwd:aPasswordOfGeneration0001\r\n', ''],
            ['t=0 0\r\n', 't=0 0\r\na=ice-ufrag:aUf1\r\na=ice-pwd:aPasswordOfGeneration0001\r\n'],
          ),
        ),
      ),
    ],
  },
  check: ({ description, sdp }) => {
    const lacking = sdp.media.filter(
      ({ ice, rejected }) => !rejected && ((ice.ufrag?.value ?? '') === '' || (ice.pwd?.value ?? '') === ''),
    );
    const tagged = new Set(taggedSections(sdp));
    const needed = lacking.filter(
      (section) =>
        tagged.has(section) ||
        firefoxReads(description, section) ||
        (chromeReads(description, section) && (section.ice.ufrag ?? section.ice.pwd) !== undefined),
    );
    const first = needed[0];
    if (!first) return [];
    const what = (['ufrag', 'pwd'] as const).filter((name) =>
      needed.some(({ ice }) => (ice[name]?.value ?? '') === ''),
    );
    const ends = needed.some((section) => tagged.has(section))
      ? 'no browser takes it'
      : 'Firefox refuses that, Chrome goes by the tag of the bundle if both are missing';
    return [
      {
        message: `${whose(description)} has no ${what.map((name) => `a=ice-${name}`).join(' and no ')} for ${namesOf(needed)}: ${ends}.`,
        section: first,
        refusedBy: { ...transportRefusal(description, ['ufrag', 'pwd']), ...valueless(sdp) },
      },
    ];
  },
};

/** Chromium gives up where such a line has no colon. */
function valueless(sdp: Sdp): Refusal {
  const all = [...sdp.attributes, ...sdp.media.flatMap(({ attributes }) => attributes)];
  const bare = all.find(({ name, value }) => (name === 'ice-ufrag' || name === 'ice-pwd') && value === undefined);
  if (!bare) return {};
  return { chrome: chromeParse(`a=${bare.name}`, `Failed to get the value of attribute: ${bare.name}`) };
}
