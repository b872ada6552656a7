import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { Bandwidth, MSection, Sdp } from '../../sdp/sdp.ts';
import { chromeParse } from '../browser.ts';
import { receives } from '../direction.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';
import { sipccRefusesLine } from '../sipcc.ts';
import { goesOn } from '../transport.ts';

const C = 'c=IN IP4 0.0.0.0\r\n';
const line = (text: string) => edit(anOffer(['video']), [C, `${C}${text}\r\n`]);

export const bandwidthLine: Rule = {
  id: 'bandwidth-line',
  severity: 'error',
  scope: 'description',
  title: 'a b= line is malformed, in the wrong unit, or changed',
  cites: [cite('RFC 8866', '5.8'), cite('RFC 3890', '6'), cite('RFC 9429', '5.8.2'), cite('RFC 9429', '5.9')],
  explain:
    'b=AS is a limit in kilobits per second, b=TIAS one in bits per second, for what its writer wants to receive. Chrome refuses a section whose b= line it cannot read. Numbers in the wrong unit pass: AS in bits limits nothing, TIAS in kilobits leaves next to no picture.',
  fix: 'Write b=AS:<kbit/s> or b=TIAS:<bit/s>, digits only, or better set maxBitrate with RTCRtpSender.setParameters.',
  exceptions: 'Modifiers other than AS and TIAS (CT, RR, RS, X-…).',
  examples: {
    bad: [
      conversation('no colon', a.offers(line('b=AS 500'))),
      conversation('no whole number', a.offers(line('b=AS:1.5'))),
      conversation('negative', a.offers(line('b=TIAS:-1'))),
      conversation('bits in b=AS', a.offers(line('b=AS:2500000'))),
      conversation('kilobits in b=TIAS', a.offers(line('b=TIAS:2500'))),
      conversation('zero', a.offers(line('b=AS:0'))),
      conversation(
        'another limit later',
        a.offers(line('b=AS:500')),
        b.answers(anAnswer(['video'])),
        a.offers(edit(anOffer(['video'], { version: 3 }), [C, `${C}b=AS:250\r\n`])),
      ),
    ],
    good: [
      conversation('500 kbit/s in both units', a.offers(line('b=AS:500\r\nb=TIAS:500000'))),
      conversation('another modifier', a.offers(line('b=RR:0'))),
      conversation('no limit', a.offers(anOffer(['video']))),
    ],
  },
  check: (subject) => subject.sdp.media.flatMap((section) => sectionReports(subject, section)),
};

function sectionReports({ sdp, description }: DescriptionSubject, section: MSection): Report[] {
  const of = `of ${nameOf(section)} in ${whose(description)}`;
  const faults = bandwidthTexts(sdp, section).flatMap(({ text, line }): Report[] => {
    const fault = syntaxFault(text);
    if (!fault) return [];
    const firefox = sipccRefusesLine(sdp, line);
    const chrome = fault.reason === undefined ? {} : { chrome: chromeParse(text, fault.reason) };
    const refusedBy = { ...chrome, ...(firefox === undefined ? {} : { firefox }) };
    return [{ message: `'${visible(text, 40)}' ${of} ${fault.flaw}.`, section, line, refusedBy }];
  });
  if (faults.length > 0 || section.rejected) return faults;
  const units = section.bandwidth.flatMap((limit): Report[] => {
    const fault = unitFault(limit, section);
    return fault
      ? [{ ...fault, message: `b=${limit.modifier}:${limit.value} ${of} ${fault.message}`, section, line: limit.line }]
      : [];
  });
  return units.length > 0 ? units : change(description, section);
}

function bandwidthTexts(sdp: Sdp, { line, lastLine }: MSection) {
  const lines = sdp.lines.slice(line, lastLine).filter(({ text }) => text.startsWith('b='));
  return lines.map(({ text, number }) => ({ text, line: number }));
}

/** `reason` is Chromium's; it takes AS:-1 for no limit. */
function syntaxFault(text: string): { readonly flaw: string; readonly reason?: string } | undefined {
  const colon = text.indexOf(':');
  if (colon < 0)
    return {
      flaw: 'has no colon between modifier and value',
      reason: 'b= syntax error, does not match b=<modifier>:<bandwidth-value>.',
    };
  const [modifier, value] = [text.slice(2, colon), text.slice(colon + 1)];
  if ((modifier !== 'AS' && modifier !== 'TIAS') || /^\d{1,9}$/.test(value)) return undefined;
  if (/^\d+$/.test(value) && Number(value) < 2 ** 31) return undefined;
  if (/^-\d{1,9}$/.test(value)) {
    const negative = `b=${modifier} value can't be negative.`;
    return { flaw: 'is negative', ...(text === 'b=AS:-1' ? {} : { reason: negative }) };
  }
  return { flaw: 'has a value that is no number of 31 bits', reason: `Invalid value: ${value}.` };
}

function unitFault(
  { modifier, value }: Bandwidth,
  section: MSection,
): Pick<Report, 'message' | 'severity'> | undefined {
  const limit = Number(value);
  if (modifier === 'AS' && limit >= 1_000_000)
    return { message: 'looks like bits per second; b=AS counts kilobits.', severity: 'warning' };
  if (modifier === 'TIAS' && limit > 0 && limit < 5000)
    return { message: 'looks like kilobits per second; b=TIAS counts bits.', severity: 'warning' };
  if ((modifier !== 'AS' && modifier !== 'TIAS') || limit !== 0 || !receives(section)) return undefined;
  return { message: 'says that nothing may be sent; Chrome reads 0 as no limit for video.', severity: 'info' };
}

const limits = ({ bandwidth }: MSection): string =>
  bandwidth.map(({ modifier, value }) => `b=${modifier}:${value}`).join(' ') || 'no limit';

/** Another limit than the side's last committed description had. */
function change(description: Description, section: MSection): Report[] {
  const before = description.base?.transport.sdp.media[section.index];
  if (!before || !goesOn(before, section) || limits(before) === limits(section)) return [];
  const message = `${nameOf(section)} in ${whose(description)} changes the bandwidth from ${visible(limits(before), 40)} to ${visible(limits(section), 40)}.`;
  return [{ message, severity: 'info', section, line: section.bandwidth[0]?.line ?? section.line }];
}
