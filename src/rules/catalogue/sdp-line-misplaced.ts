import type { Description } from '../../core/model.ts';
import { readAs } from '../../core/sent-description.ts';
import { parseSdp } from '../../sdp/parse.ts';
import { visible } from '../../sdp/printable.ts';
import type { SdpLine } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcSays, libwebrtcStop } from '../libwebrtc-text.ts';
import { chromeUnknownMid, unknownMid } from '../mids.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { sipccReads, sipccRefuses } from '../sipcc.ts';
import { isDamaged } from '../text-fault.ts';

export const sdpLineMisplaced: Rule = {
  id: 'sdp-line-misplaced',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'a line that is none, or stands where it must not',
  cites: [cite('RFC 8866', '5'), cite('RFC 8866', '9')],
  explain:
    'A line is a lower-case letter, an equals sign and a value, and the lines before the first m= have a fixed order. Chrome refuses anything else there, and lines that are none everywhere. Firefox stops reading at such a line, or refuses if it looks like one.',
  fix: 'Insert session-level lines at their place (b= and c= before t=), and look at what appends text to the description.',
  exceptions: 'Inside a section browsers take the lines in any order.',
  examples: {
    bad: [
      conversation(
        'bandwidth behind the session attributes',
        a.offers(edit(anOffer(), ['a=extmap-allow-mixed', 'b=AS:500'])),
      ),
      conversation('text at the end', a.offers(`${anOffer()}garbage\r\n`)),
      conversation('an upper-case attribute', a.offers(edit(anOffer(), ['a=rtcp-rsize', 'A=RTCP-RSIZE']))),
      conversation('a letter no line type has', a.offers(edit(anOffer(), ['a=rtcp-rsize', 'x=1']))),
    ],
    good: [
      conversation('bandwidth before t=', a.offers(edit(anOffer(), ['t=0 0', 'b=AS:500\r\nt=0 0']))),
      conversation('bandwidth at the end of a section', a.offers(`${anOffer()}b=AS:500\r\n`)),
    ],
  },
  check: ({ sdp, description }) => {
    if (isDamaged(sdp) || libwebrtcStop(sdp)?.at === 'order') return [];
    const reports = [...stopReport(description), ...cutReport(description), ...secondReport(description)];
    return reports.length > 0 ? reports.slice(0, 1) : unknownLetters(description);
  },
};

function stopReport(description: Description): Report[] {
  const { sdp } = description;
  const found = libwebrtcStop(sdp);
  const stop = found?.at === 'session-part' || found?.at === 'media-part' ? found : undefined;
  const { refusal } = sipccReads(sdp);
  const firefox = refusal?.at === 'line' ? sipccRefuses(sdp) : undefined;
  if (!stop && !firefox) return [];
  const line = stop?.line ?? refusal?.line ?? 1;
  const text = visible(stop?.text ?? sdp.lines[line - 1]?.text ?? '', 40);
  const message =
    stop?.flaw === 'wrong-type'
      ? `Line ${line} of ${whose(description)}, '${text}', stands too late: behind the session's attributes only m= may follow.`
      : `Line ${line} of ${whose(description)}, '${text}', is no line of a description.`;
  return [
    { message, line, refusedBy: { ...(stop ? { chrome: libwebrtcSays(stop) } : {}), ...(firefox ? { firefox } : {}) } },
  ];
}

/** An m= line behind whose = a blank stands ends the description for Chromium, without an error of its own. */
function cutReport(description: Description): Report[] {
  const { sdp } = description;
  const line = sdp.lines.find(({ text }) => text.startsWith('m=') && /^m=(?: |$)/.test(text));
  if (!line || sdp.media[0]?.line === line.number) return [];
  const beginning = sdp.lines.slice(0, line.number - 1).map(({ text, eol }) => text + eol);
  const unknown = unknownMid(readAs(description, parseSdp(beginning.join(''))));
  const message = `Line ${line.number} of ${whose(description)}, '${visible(line.text, 40)}', has a blank behind the equals sign: Chrome ignores everything from there on.`;
  return [
    { message, line: line.number, refusedBy: unknown ? { chrome: chromeUnknownMid(description, unknown.mid) } : {} },
  ];
}

/** A second v= line: two descriptions in one. What Chromium says then depends on what is in both of them. */
function secondReport(description: Description): Report[] {
  const second = description.sdp.lines.find(({ text, number }) => number > 1 && text.startsWith('v='));
  if (!second) return [];
  const message = `A second description begins at line ${second.number} of ${whose(description)}. Firefox ignores it, Chrome takes it for more lines and sections of the first.`;
  return [{ message, line: second.number }];
}

function unknownLetters(description: Description): Report[] {
  const first = description.sdp.media[0]?.line ?? Number.POSITIVE_INFINITY;
  const odd = description.sdp.lines.filter(
    ({ text, number }) => number > first && !text.startsWith('a=') && /^(?![micbka])[a-z]=/.test(text),
  );
  const [line] = odd;
  if (!line) return [];
  const message = `${whose(description)} has ${lettersOf(odd)} in a section, from line ${line.number}; browsers skip them.`;
  return [{ message, severity: 'info', line: line.number }];
}

function lettersOf(lines: readonly SdpLine[]): string {
  const letters = [...new Set(lines.map(({ text }) => `${text.charAt(0)}=`))];
  return `${letters.join(', ')} lines`;
}
