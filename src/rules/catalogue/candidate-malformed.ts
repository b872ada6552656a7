import { visible } from '../../sdp/printable.ts';
import { chromeCandidate, chromeParse } from '../browser.ts';
import { candidateFault } from '../candidate-fault.ts';
import { isOddEnd } from '../end-of-candidates.ts';
import { a, anOffer, candidateOf, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

export const candidateMalformed: Rule = {
  id: 'candidate-malformed',
  severity: 'error',
  scope: 'candidate',
  title: 'a candidate cannot be read',
  cites: [cite('RFC 8839', '5.1'), cite('RFC 6544', '4.5')],
  explain:
    "A candidate is one line: 'candidate:', foundation, component, transport, priority, address, port, 'typ' and a type, then pairs. For whatever is wrong with it Chrome only says 'Error processing ICE candidate'; in a description it quotes the line and refuses the whole. Firefox takes nearly everything and drops it later.",
  fix: 'Pass event.candidate on as it is, with JSON.stringify and JSON.parse once each, and hand the whole object to addIceCandidate.',
  exceptions:
    'Pairs nobody knows, host names, IPv6 zones and capital letters in UDP or TCP are legal; Chrome also accepts a leading a=.',
  examples: {
    bad: [
      conversation('the prefix is missing', a.offers(anOffer()), a.sends(candidateOf('a').replace('candidate:', ''))),
      conversation('an impossible port', a.offers(anOffer()), a.sends(candidateOf('a', { port: 99999 }))),
      conversation('in a description', a.offers(edit(anOffer(), ['a=setup', 'a=candidate:1 1 udp\r\na=setup']))),
    ],
    good: [
      conversation(
        'capital letters and an unknown pair',
        a.offers(anOffer()),
        a.sends(`${candidateOf('a', { transport: 'UDP' })} network-cost 999 x-note 1`),
      ),
      conversation('with a=', a.offers(anOffer()), a.sends(`a=${candidateOf('a')}`)),
    ],
  },
  check: ({ record }) => {
    if (isOddEnd(record.text)) return [];
    const fault = candidateFault(record.text);
    if (!fault) return [];
    // Firefox looks for a colon and for nothing else.
    const firefox = record.text.includes(':')
      ? {}
      : { firefox: `OperationError: Invalid candidate, no ':' (${record.text})` };
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} ${visible(fault.text, 80)}: '${visible(record.text, 80)}'.`,
        mid: record.mid ?? null,
        refusedBy: { chrome: chromeCandidate(), ...firefox },
      },
    ];
  },
  inDescription: ({ description, sdp }) =>
    sdp.media.flatMap((section): Report[] => {
      for (const { name, value, line } of section.attributes) {
        const text = `candidate:${value ?? ''}`;
        const fault = name === 'candidate' ? candidateFault(text) : undefined;
        if (!fault) continue;
        return [
          {
            message: `A candidate in ${nameOf(section)} of ${whose(description)} ${visible(fault.text, 80)}; Chrome refuses the description, Firefox does not.`,
            section,
            line,
            refusedBy: fault.reason ? { chrome: chromeParse(`a=${text}`, fault.reason) } : {},
          },
        ];
      }
      return [];
    }),
};
