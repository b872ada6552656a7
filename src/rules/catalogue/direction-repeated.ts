import { visible } from '../../sdp/printable.ts';
import type { Attribute } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const DIRECTIONS = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

export const directionRepeated: Rule = {
  id: 'direction-repeated',
  severity: 'warning',
  scope: 'description',
  title: 'a section states two directions',
  cites: [cite('RFC 8866', '6.7')],
  explain:
    'At most one direction attribute may stand in a section. Browsers accept several without a word and take the last one, so media can be missing although a=sendrecv stands there.',
  fix: 'Replace the direction line instead of adding another one.',
  exceptions: 'A direction of the session part, which a section may override once.',
  examples: {
    bad: [
      conversation('recvonly is appended by munging', a.offers(edit(anOffer(), [/$/, 'a=recvonly\r\n']))),
      conversation('sendrecv and inactive', a.offers(edit(anOffer(), ['a=sendrecv', 'a=sendrecv\r\na=inactive']))),
    ],
    good: [
      conversation('one direction', a.offers(anOffer())),
      conversation(
        'the section overrides the session',
        a.offers(edit(anOffer(), ['a=extmap-allow-mixed', 'a=inactive\r\na=extmap-allow-mixed'])),
      ),
    ],
  },
  check: ({ sdp, live, description }) => {
    const session = repeated(sdp.attributes, `The session part of ${whose(description)}`);
    const sections = live.flatMap((section) => {
      const report = repeated(section.attributes, `${nameOf(section)} in ${whose(description)}`);
      return report ? [{ ...report, section }] : [];
    });
    return [...(session ? [{ ...session, mid: null }] : []), ...sections];
  },
};

function repeated(attributes: readonly Attribute[], where: string): Pick<Report, 'message' | 'line'> | undefined {
  const lines = attributes.filter(({ name }) => DIRECTIONS.has(name));
  const last = lines.at(-1);
  if (last === undefined || lines.length < 2) return undefined;
  const names = [...new Set(lines.map(({ name }) => `a=${visible(name, 10)}`))];
  const both = names.length > 1 ? names.join(' and ') : `${names[0]} ${lines.length} times`;
  return { message: `${where} states ${both}; browsers take the last one, a=${last.name}.`, line: last.line };
}
