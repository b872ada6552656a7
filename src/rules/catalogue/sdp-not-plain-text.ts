import { visible } from '../../sdp/printable.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { foreignCharacter, textRefusal, wrappingOf } from '../text-fault.ts';

export const sdpNotPlainText: Rule = {
  id: 'sdp-not-plain-text',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'the description is wrapped or encoded once too often',
  cites: [cite('RFC 8866', '5'), cite('RFC 8866', '9'), cite('RFC 9429', '5.8')],
  explain:
    'A description is plain text with one field a line. When it is stringified twice, URL-encoded or escaped for HTML on its way, no browser finds the v= line it must begin with.',
  fix: 'Encode the description once when sending and decode it once when receiving; hand the browser the text itself.',
  exceptions:
    'A whole RTCSessionDescription as JSON is fine on the wire if the application unpacks its sdp member before using it.',
  examples: {
    bad: [
      conversation('JSON.stringify twice', a.offers(anOffer().replaceAll('\r\n', '\\r\\n'))),
      conversation(
        'the whole description object in the sdp member',
        a.offers(JSON.stringify({ type: 'offer', sdp: anOffer() })),
      ),
      conversation('a byte order mark', a.offers(`\ufeff${anOffer()}`)),
    ],
    good: [
      conversation('plain text', a.offers(anOffer())),
      conversation('an = sign and braces inside values', a.offers(edit(anOffer(), ['s=-', 's={"a":1}']))),
    ],
  },
  check: ({ sdp, description }) => {
    const wrapping = wrappingOf(sdp);
    const foreign = foreignCharacter(sdp);
    if (wrapping === undefined && !foreign) return [];
    const refusedBy = textRefusal(description);
    if (wrapping !== undefined)
      return [
        {
          message: `${whose(description)} is no plain text but ${wrapping}: no browser can read it.`,
          line: 1,
          refusedBy,
        },
      ];
    if (!foreign) return [];
    const what = `the character '${visible(foreign.character)}' at position ${foreign.at}`;
    const ends = foreign.at === 0 ? 'No browser finds the v= line behind it' : 'Firefox refuses all that is not ASCII';
    return [
      {
        message: `${whose(description)} contains ${what}. ${ends}.`,
        line: sdp.text.slice(0, foreign.at).split('\n').length,
        refusedBy,
        fix: 'Write the description in ASCII, without a byte order mark.',
      },
    ];
  },
};
