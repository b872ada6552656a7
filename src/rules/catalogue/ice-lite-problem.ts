import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { restartsIce } from '../transport.ts';

const LITE = ['t=0 0\r\n', 't=0 0\r\na=ice-lite\r\n'] as const;

export const iceLiteProblem: Rule = {
  id: 'ice-lite-problem',
  severity: 'warning',
  scope: 'description',
  title: 'a=ice-lite stands in a section, on both sides, or comes and goes',
  cites: [cite('RFC 8839', '5.3'), cite('RFC 8839', '4.4.1.1.1'), cite('RFC 8445', '6.1.1')],
  explain:
    'A lite agent answers connectivity checks but sends none, so exactly one side may be lite, and it may not turn into a full agent without an ICE restart. Browsers accept the line without a check; two lite agents simply never connect.',
  fix: 'Put a=ice-lite at session level, only on the server side, and always or never.',
  exceptions: 'One lite side is what most media servers are: the other side is then always the controlling one.',
  examples: {
    bad: [
      conversation('in a section', a.offers(edit(anOffer(), ['a=ice-options:trickle', 'a=ice-lite']))),
      conversation('both sides are lite', a.offers(edit(anOffer(), LITE)), b.answers(edit(anAnswer(), LITE))),
      conversation(
        'a turns lite during the call',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(undefined, { version: 3 }), LITE)),
      ),
    ],
    good: [conversation('the answering server is lite', a.offers(anOffer()), b.answers(edit(anAnswer(), LITE)))],
  },
  check: ({ description, sdp, live }) => {
    const reports: Report[] = [];
    const astray = live.find((section) => section.ownIce.lite);
    if (astray)
      reports.push({
        message: `${whose(description)} has a=ice-lite in ${nameOf(astray)}; it belongs to the session, and Chrome and Firefox ignore it there.`,
        section: astray,
        line: astray.ownIce.lite?.line ?? astray.line,
      });
    const offer = description.type === 'offer' ? undefined : description.round?.offer;
    if (sdp.ice.lite && offer?.sdp.ice.lite)
      reports.push({
        message: `${whose(offer)} and ${whose(description)} both say a=ice-lite: nobody sends connectivity checks.`,
        severity: 'error',
        line: sdp.ice.lite.line,
      });
    const before = description.base?.transport;
    if (before && Boolean(before.sdp.ice.lite) !== Boolean(sdp.ice.lite) && !restartsIce(description))
      reports.push({
        message: `${whose(description)} ${sdp.ice.lite ? 'says a=ice-lite, which it did not before,' : 'no longer says a=ice-lite'} without an ICE restart.`,
        ...(sdp.ice.lite ? { line: sdp.ice.lite.line } : {}),
      });
    return reports;
  },
};
