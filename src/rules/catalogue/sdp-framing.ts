import type { Sdp, SdpLine } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { type Framing, framingFault, textRefusal, wrappingOf } from '../text-fault.ts';

export const sdpFraming: Rule = {
  id: 'sdp-framing',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'line ends missing, doubled or of the wrong kind',
  cites: [cite('RFC 8866', '5'), cite('RFC 8866', '9')],
  explain:
    'Every line of a description ends in CRLF (LF alone is tolerated), begins with its type letter and is not empty. Chrome refuses the whole description otherwise. Firefox stops reading at a blank line without a word, so that everything behind it is lost.',
  fix: 'Pass the text on as it came. Do not trim() it, do not indent it in template strings, and join edited lines with \\r\\n, with one more at the end.',
  exceptions: 'LF alone at the end of lines is taken by all browsers.',
  examples: {
    bad: [
      conversation('trimmed', a.offers(anOffer().trim())),
      conversation(
        'a blank line between sections',
        a.offers(edit(anOffer(['audio', 'data']), ['m=application', '\r\nm=application'])),
      ),
      conversation('indented in the source code', a.offers(anOffer().replaceAll('\r\n', '\r\n  '))),
      conversation('carriage returns only', a.offers(anOffer().replaceAll('\r\n', '\r'))),
    ],
    good: [conversation('CRLF everywhere', a.offers(anOffer()))],
  },
  check: ({ sdp, description }) => {
    if (wrappingOf(sdp) !== undefined) return [];
    const damage = framingFault(sdp);
    const line = damage?.lines[0];
    if (!damage || !line) return lineEnds(sdp, whose(description));
    const refusedBy = textRefusal(description);
    const message = `${whose(description)} ${SAYS[damage.fault](damage.lines, line.number)}`;
    return [{ message, line: line.number, refusedBy }];
  },
};

const SAYS: Readonly<Record<Framing, (lines: readonly SdpLine[], number: number) => string>> = {
  indented: (lines, number) =>
    `has blanks before ${count(lines, 'line')} (from line ${number}): browsers do not take that for a line.`,
  'bare-cr': () =>
    'has carriage returns without line feeds: to a browser those are no line ends, and it sees one long line.',
  blank: (lines, number) =>
    `has ${count(lines, 'blank line')} (line ${number}): Chrome refuses it, Firefox ignores everything from there on.`,
  unterminated: () => 'ends without a line end (a trim()?): Chrome refuses it, Firefox drops the last line.',
};

function count(lines: readonly SdpLine[], what: string): string {
  return lines.length === 1 ? `one ${what}` : `${lines.length} ${what}s`;
}

/** LF instead of CRLF: tolerated. */
function lineEnds({ lines }: Sdp, whoseText: string): Report[] {
  const bare = lines.filter(({ eol }) => eol === '\n');
  const first = bare[0];
  if (!first) return [];
  if (bare.length === lines.length)
    return [
      { message: `${whoseText} ends its lines in LF instead of CRLF; browsers take both.`, severity: 'info', line: 1 },
    ];
  const message = `${whoseText} mixes line ends: LF alone on ${bare.length} of ${lines.length} lines, from line ${first.number}; it was put together from two sources, and browsers take both.`;
  return [{ message, severity: 'info', line: first.number }];
}
