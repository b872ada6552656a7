import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeParse, chromeRefuses, firefoxRefuses } from '../browser.ts';
import { dataSections, isNumber, linesOf } from '../data-section.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Refusal, type Report, type Rule } from '../rule.ts';
import { sipccReads, sipccRefuses } from '../sipcc.ts';
import { goesOn, keptTransports } from '../transport.ts';

const data = (find: string, replace: string) => edit(anOffer(['data']), [find, replace]);
const PORT = 'a=sctp-port:5000';
const LEGACY = edit(
  anOffer(['data']),
  ['UDP/DTLS/SCTP webrtc-datachannel', 'DTLS/SCTP 5000'],
  [PORT, 'a=sctpmap:5000 webrtc-datachannel 1024'],
);

export const sctpPortProblem: Rule = {
  id: 'sctp-port-problem',
  severity: 'error',
  scope: 'description',
  title: 'the SCTP port of a data section is wrong, missing or changed',
  cites: [
    cite('RFC 8841', '4.3'),
    cite('RFC 8841', '5.1'),
    cite('RFC 8841', '5.2'),
    cite('RFC 8841', '10.3'),
    cite('RFC 9429', '5.2.1'),
  ],
  explain:
    'A data section is m=application … UDP/DTLS/SCTP webrtc-datachannel with a=sctp-port, once per connection, and its port stays. Chrome refuses a port that is no number, another format with a=sctp-port, and a changed port; Firefox refuses another format. Without a=sctp-port browsers assume 5000, some stacks give up. A second data section is accepted and never opens.',
  fix: 'Write the section as browsers do, with a=sctp-port:5000, and use one section for all data channels.',
  exceptions: 'The old form DTLS/SCTP 5000 with a=sctpmap is only noted, and rejected sections are not looked at.',
  examples: {
    bad: [
      conversation('no number', a.offers(data(PORT, 'a=sctp-port:five'))),
      conversation('missing', a.offers(data(`${PORT}\r\n`, ''))),
      conversation('zero: the association is closed', a.offers(data(PORT, 'a=sctp-port:0'))),
      conversation('another format', a.offers(data('webrtc-datachannel', 'chat'))),
      conversation('old and new form at once', a.offers(data('UDP/DTLS/SCTP webrtc-datachannel', 'DTLS/SCTP 5000'))),
      conversation('the old form', a.offers(LEGACY)),
      conversation('two data sections', a.offers(anOffer(['data', 'data']))),
      conversation(
        'zero later',
        a.offers(anOffer(['data'])),
        b.answers(anAnswer(['data'])),
        a.offers(edit(anOffer(['data'], { version: 3 }), [PORT, 'a=sctp-port:0'])),
      ),
      conversation(
        'another port later',
        a.offers(anOffer(['data'])),
        b.answers(anAnswer(['data'])),
        a.offers(edit(anOffer(['data'], { version: 3 }), [PORT, 'a=sctp-port:5001'])),
      ),
    ],
    good: [
      conversation('as browsers write it', a.offers(anOffer(['data'])), b.answers(anAnswer(['data']))),
      conversation(
        'rejected',
        a.offers(edit(anOffer(['audio', { kind: 'data', rejected: true }]), [`${PORT}\r\n`, ''])),
      ),
    ],
  },
  check: (subject) => {
    const sections = dataSections(subject.sdp);
    const second = sections[1];
    return [
      ...sections.flatMap((section) => {
        const fault = faultOf(subject, section);
        const report =
          fault && fault.severity !== 'warning' ? fault : (changeOf(subject.description, section) ?? fault);
        return report ? [{ section, ...report }] : [];
      }),
      ...(second ? [secondReport(subject.description, second)] : []),
    ];
  },
};

function secondReport(description: Description, section: MSection): Report {
  const message = `${nameOf(section)} in ${whose(description)} is a second data section: one carries all data channels, and browsers answer the other but never use it.`;
  return { message, severity: 'warning', section };
}

function faultOf(subject: DescriptionSubject, section: MSection): Report | undefined {
  const { description } = subject;
  const where = `${nameOf(section)} in ${whose(description)}`;
  const format = section.formats[0] ?? '';
  const legacy = isNumber(format);
  const modern = format === 'webrtc-datachannel';
  const [port] = linesOf(subject.sdp, section, 'sctp-port');
  const [map] = linesOf(subject.sdp, section, 'sctpmap');
  const conflict = port ?? map;
  if (!legacy && !modern && (conflict || section.protocol !== 'DTLS/SCTP')) {
    const message = `${where} has the format '${visible(format, 24)}' instead of webrtc-datachannel.`;
    return { message, line: section.line, refusedBy: { ...mapRefusal(port), ...sipccSays(description, section) } };
  }
  if (port && (legacy || map)) {
    const message = `${where} has a=sctp-port together with ${map ? 'a=sctpmap' : `the port ${visible(format, 8)} on the m= line`}.`;
    return {
      message,
      line: port.line,
      refusedBy: { ...(modern ? {} : mapRefusal(port)), ...sipccSays(description, section) },
    };
  }
  if (port) return valueFault(where, port, description.type === 'answer' ? section.index : undefined);
  if (legacy || map) {
    if (description.type !== 'offer' || isOld(description.base?.transport.sdp.media[section.index])) return undefined;
    const message = `${where} uses the old data channel syntax (${map ? 'a=sctpmap' : 'a port on the m= line'}).`;
    return { message, severity: 'info', line: (map ?? section).line };
  }
  return { message: `${where} has no a=sctp-port; browsers assume 5000, other stacks give up.`, severity: 'warning' };
}

/** The old form, as it was before: said once is enough, and answers follow the offer. */
function isOld(section: MSection | undefined): boolean {
  return section !== undefined && isNumber(section.formats[0] ?? '');
}

interface Line {
  readonly line: number;
  readonly text: string;
  readonly value: string | undefined;
}

function mapRefusal(port: Line | undefined): Refusal {
  return port ? { chrome: chromeParse(port.text, "sctp-port attribute can't be used with sctpmap.") } : {};
}

function sipccSays({ sdp }: Description, section: MSection): Refusal {
  const { refusal } = sipccReads(sdp);
  const firefox = refusal?.at === 'mline' && refusal.line === section.line ? sipccRefuses(sdp) : undefined;
  return firefox === undefined ? {} : { firefox };
}

/** `answered` is the place of the section in an answer: there Firefox misses the data channel. */
function valueFault(where: string, { value = '', line, text }: Line, answered?: number): Report | undefined {
  const reason = `Answer had no codecs in common with offer in m-section ${answered}`;
  const firefox = answered === undefined ? {} : { firefox: firefoxRefuses(reason, 'OperationError') };
  const shown = `a=sctp-port:${visible(value, 20)} of ${where}`;
  if (!isNumber(value))
    return {
      message: `${shown} is no number.`,
      line,
      refusedBy: {
        chrome: chromeParse(text, text.includes(':') ? 'Invalid sctp port value.' : 'Expects at least 2 fields.'),
        ...firefox,
      },
    };
  if (Number(value) > 65535)
    return {
      message: `${shown} is above 65535.`,
      line,
      refusedBy: { chrome: chromeParse(text, 'Invalid sctp port value.') },
    };
  if (Number(value) > 0) return undefined;
  return { message: `${shown} says that the association is closed.`, severity: 'warning', line };
}

/** The port differs from that of the side's last committed description. */
function changeOf(description: Description, section: MSection): Report | undefined {
  const before = description.base?.transport.sdp.media[section.index];
  if (!description.base || !before || !goesOn(before, section)) return undefined;
  const [old, now] = [before.sctpPort?.value ?? '5000', section.sctpPort?.value ?? '5000'];
  if (old === now) return undefined;
  const message = `${nameOf(section)} in ${whose(description)} changes the SCTP port from ${visible(old, 8)} to ${visible(now, 8)}; the association cannot move.`;
  const chrome = chromeRefuses(description, 'Failed to start SCTP transport.', 'InvalidModificationError');
  // Where the bundle's transport was replaced, a new association begins.
  const kept = keptTransports(description.base.transport, description).length > 0;
  return { message, line: section.sctpPort?.line ?? section.line, refusedBy: kept ? { chrome } : {} };
}
