import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { establishedBy, groupOf, leavers } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const FIRST = [a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))] as const;
const AGAIN = anOffer(['audio', 'video'], { version: 3 });

export const bundleEstablishedRemoved: Rule = {
  id: 'bundle-established-removed',
  severity: 'error',
  scope: 'succession',
  title: 'a section leaves a BUNDLE group that was agreed on',
  cites: [cite('RFC 9143', '7.3.2'), cite('RFC 9143', '7.5.2')],
  explain:
    'Once sections share a transport an answer cannot take one out: Chrome refuses it. An offer may in theory move a section out, but Chrome cannot: it refuses the answer that follows on either side, and the call keeps an offer without an answer.',
  fix: 'Keep all living sections in a=group:BUNDLE for the rest of the session.',
  exceptions: 'A section that is rejected leaves the group, and its place may be used again.',
  examples: {
    bad: [
      conversation(
        'the second answer drops video',
        ...FIRST,
        a.offers(AGAIN),
        b.answers(edit(anAnswer(['audio', 'video'], { version: 3 }), ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
      conversation('the second offer drops the group', ...FIRST, a.offers(edit(AGAIN, ['a=group:BUNDLE 0 1\r\n', '']))),
      conversation('the second offer drops video', ...FIRST, a.offers(edit(AGAIN, ['BUNDLE 0 1', 'BUNDLE 0']))),
    ],
    good: [
      conversation(
        'video is stopped',
        ...FIRST,
        a.offers(anOffer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }], { version: 3 })),
      ),
      conversation('all stay', ...FIRST, a.offers(AGAIN)),
    ],
  },
  check: ({ session, description }) => {
    const established = establishedBy(session, description);
    const offered = description.type === 'offer' ? undefined : description.round?.offer.sdp.media;
    const left = established ? leavers(established.sdp, description.sdp) : [];
    const gone = left.filter(({ index }) => offered?.[index]?.rejected !== true);
    const [first] = gone;
    if (!first || !established) return [];
    return [description.type === 'offer' ? inOffer(description, gone) : inAnswer(description, established, gone)];
  },
};

function inAnswer(answer: Description, established: Description, gone: readonly MSection[]): Report {
  const mids = new Set(gone.map(({ mid }) => mid?.value));
  const order = bundleGroups(established.sdp).flatMap((group) => group.mids);
  const first = order.find((mid) => mids.has(mid));
  const chrome = chromeRefuses(
    answer,
    `Answer cannot remove m= section with mid='${first}' from already-established BUNDLE group.`,
  );
  const message = `${whose(answer)} takes ${namesOf(gone)} out of the BUNDLE group that was agreed on: Chrome refuses it.`;
  return { message, ...(gone[0] ? { section: gone[0] } : {}), refusedBy: { chrome } };
}

function inOffer(offer: Description, gone: readonly MSection[]): Report {
  const whole = groupOf(offer.sdp).size === 0;
  const what = whole ? 'drops the BUNDLE group that was agreed on' : 'leaves its BUNDLE group';
  const message = whole
    ? `${whose(offer)} ${what}, with ${namesOf(gone)}: Chrome takes the offer and then cannot answer it.`
    : `In ${whose(offer)} ${namesOf(gone)} ${what}: Chrome takes the offer, and refuses an answer that does the same.`;
  return { message, severity: whole ? 'error' : 'warning', ...(gone[0] ? { section: gone[0] } : {}) };
}
