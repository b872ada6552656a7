import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeParse } from '../browser.ts';
import { dataSections, isNumber, linesOf } from '../data-section.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const SIZE = 'a=max-message-size:262144';
const size = (line: string) => edit(anOffer(['data']), [`${SIZE}\r\n`, line === '' ? '' : `${line}\r\n`]);

export const maxMessageSize: Rule = {
  id: 'max-message-size',
  severity: 'info',
  scope: 'description',
  title: 'data channel messages are limited unusually, or not stated how',
  cites: [cite('RFC 8841', '6'), cite('RFC 8841', '6.1'), cite('RFC 8831', '6.6')],
  explain:
    'a=max-message-size is what a side accepts per message. Missing means 64 KiB, 0 means any size. Sending more than the other side accepts throws or closes the channel. Chrome says 262144, Firefox 1073741823; Chrome refuses a description whose value is no number.',
  fix: 'Split messages at 16 KiB, which every stack takes, or ask pc.sctp.maxMessageSize before sending. Servers should state what they accept.',
  exceptions: 'A later description that says the same as the one before.',
  examples: {
    bad: [
      conversation('not stated', a.offers(size(''))),
      conversation('unlimited', a.offers(size('a=max-message-size:0'))),
      conversation('less than 16 KiB', a.offers(size('a=max-message-size:1200'))),
      conversation('no number', a.offers(size('a=max-message-size:64k'))),
    ],
    good: [
      conversation('stated', a.offers(anOffer(['data'])), b.answers(anAnswer(['data']))),
      conversation('no data section', a.offers(anOffer())),
    ],
  },
  check: ({ sdp, description }) =>
    dataSections(sdp).flatMap((section) => {
      const report = reportOf(description, section);
      return report ? [{ section, ...report }] : [];
    }),
};

function reportOf(description: Description, section: MSection): Report | undefined {
  const { sdp, base } = description;
  const who = visible(description.from, 30);
  const where = `${nameOf(section)} in ${whose(description)}`;
  const [at] = linesOf(sdp, section, 'max-message-size');
  if (at && !isNumber(at.value ?? '')) {
    const message = `a=max-message-size:${visible(at.value ?? '', 20)} of ${where} is no number of 31 bits.`;
    const reason = at.text.includes(':') ? 'Invalid SCTP max message size.' : 'Expects at least 2 fields.';
    const chrome = /^\d{1,9}$/.test(at.value ?? '') ? {} : { chrome: chromeParse(at.text, reason) };
    return { message, severity: 'error', line: at.line, refusedBy: chrome };
  }
  const before = base?.transport.sdp.media[section.index];
  if (before?.kind === section.kind && before.maxMessageSize?.value === section.maxMessageSize?.value) return undefined;
  if (!at) return { message: `${where} does not say how large messages may be: ${who} accepts 64 KiB.` };
  const size = Number(at.value);
  if (size === 0) return { message: `${where} says that ${who} accepts messages of any size.`, line: at.line };
  if (size >= 16384) return undefined;
  const message = `${where} says that ${who} accepts ${size} bytes per message, less than the 16 KiB most applications rely on.`;
  return { message, severity: 'warning', line: at.line };
}
