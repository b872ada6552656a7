import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { groupOf } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { firefoxOnAnswer } from '../firefox-answer.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const REJECTED = { kind: 'video', rejected: true, direction: 'inactive' } as const;
const BOTH = [anOffer(['audio', 'video']), anAnswer(['audio', 'video'])] as const;

export const mlineRevivedByAnswer: Rule = {
  id: 'mline-revived-by-answer',
  severity: 'error',
  plainToo: true,
  scope: 'pair',
  title: 'the answer enables a section the offer had rejected',
  cites: [cite('RFC 3264', '6')],
  explain:
    'A section offered with port 0 is dead and can only be answered with port 0. Firefox refuses the answer. Chrome refuses it if the directions do not fit either, and otherwise accepts it without ever using the section.',
  fix: 'Answer port 0 with port 0. To get the section back, its owner has to offer a new one.',
  exceptions: 'Port 0 with a=bundle-only is not a rejection.',
  examples: {
    bad: [
      conversation(
        'a stopped section is answered as if it were live',
        a.offers(BOTH[0]),
        b.answers(BOTH[1]),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
        b.answers(edit(anAnswer(['audio', 'video'], { version: 3 }), ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
    ],
    good: [
      conversation(
        'port 0 answered with port 0',
        a.offers(BOTH[0]),
        b.answers(BOTH[1]),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
        b.answers(anAnswer(['audio', REJECTED], { version: 3 })),
      ),
      conversation(
        'a bundle-only section',
        a.offers(edit(BOTH[0], ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only'])),
        b.answers(BOTH[1]),
      ),
    ],
  },
  check: ({ offer, answer }) =>
    answer.sdp.media.flatMap((answered) => {
      const offered = offer.sdp.media[answered.index];
      if (!offered?.rejected || answered.rejected || answered.port === 0) return [];
      const chrome = directionFault(offered, answered) ?? transportFault(offer, answer, answered);
      const firefox = firefoxOnAnswer(offer, answer);
      const message = `${whose(answer)} enables ${nameOf(answered)} (port ${answered.port}), which the offer had rejected with port 0: ${chrome ? 'both browsers refuse' : 'Firefox refuses, Chrome accepts but never uses it'}.`;
      const refusedBy = {
        ...(chrome ? { chrome: chromeRefuses(answer, chrome) } : {}),
        ...(firefox ? { firefox } : {}),
      };
      return [{ message, section: answered, refusedBy }];
    }),
};

/** The section that the BUNDLE group began with, and which the group has left: its transport is gone. */
function transportFault({ base }: Description, answer: Description, { mid }: MSection): string | undefined {
  const tag = base && bundleGroups(base.transport.sdp)[0]?.mids[0];
  if (mid === undefined || mid.value !== tag || groupOf(answer.sdp).has(mid.value)) return undefined;
  return `Could not find transport for m= section with mid='${mid.value}'`;
}

/** Chromium compares directions even where the offer had rejected the section. */
function directionFault(offered: MSection, answered: MSection): string | undefined {
  if (answered.kind === 'application') return undefined;
  const has = ({ direction }: MSection, way: 'send' | 'recv') => direction === 'sendrecv' || direction === `${way}only`;
  if (has(answered, 'send') && !has(offered, 'recv')) return 'Incompatible receive direction';
  return has(answered, 'recv') && !has(offered, 'send') ? 'Incompatible send direction' : undefined;
}
