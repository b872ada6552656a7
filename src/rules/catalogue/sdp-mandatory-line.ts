import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { a, anOffer, conversation, describe, edit } from '../example.ts';
import { libwebrtcStop } from '../libwebrtc-text.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { sipccReads } from '../sipcc.ts';
import { isDamaged, textRefusal } from '../text-fault.ts';

export const sdpMandatoryLine: Rule = {
  id: 'sdp-mandatory-line',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'a mandatory line (v=, o=, s=, t=) is missing or malformed',
  cites: [
    cite('RFC 8866', '5.1'),
    cite('RFC 8866', '5.2'),
    cite('RFC 8866', '5.3'),
    cite('RFC 8866', '5.9'),
    cite('RFC 9429', '5.8.1'),
  ],
  explain:
    'A description begins with v=0, o=, s= and t= in this order. Chrome refuses one in which a line is missing, empty or elsewhere; Firefox insists on o= and t= and reads the numbers of o=.',
  fix: 'Keep the head of the description as the browser wrote it; o= has six fields, its id and version are decimal numbers below 2^63.',
  exceptions: 's=- and s= with a single blank are both fine, and so are any two numbers of t=.',
  examples: {
    bad: [
      conversation('no o= line', a.offers(edit(anOffer(), [/o=.*\r\n/, '']))),
      conversation('a blank in the user name of o=', a.offers(edit(anOffer(), ['o=-', 'o=my user']))),
      conversation('an empty s= line', a.offers(edit(anOffer(), ['s=-', 's=']))),
      conversation('a version that is no number', a.offers(edit(anOffer(), [/ 2 IN/, ' -1 IN']))),
      conversation('one number only in t=', a.offers(edit(anOffer(), ['t=0 0', 't=0']))),
      conversation('another version', a.offers(edit(anOffer(), ['v=0', 'v=1']))),
      conversation('nothing at all', a.offers('')),
      conversation('nothing to negotiate', a.offers(describe({ side: 'a', sections: [] }))),
    ],
    good: [
      conversation('all there', a.offers(anOffer())),
      conversation('a blank as the session name', a.offers(edit(anOffer(), ['s=-', 's= ']))),
    ],
  },
  check: ({ sdp, description }) => {
    if (sdp.text === '') {
      const message = `${whose(description)} is empty: its sdp is missing or ''.`;
      return [{ message, refusedBy: textRefusal(description) }];
    }
    if (isDamaged(sdp)) return [];
    return headFault(description) ?? withoutSections(description);
  },
};

function headFault(description: Description): Report[] | undefined {
  const stop = libwebrtcStop(description.sdp);
  const { refusal } = sipccReads(description.sdp);
  const ours = stop?.at === 'order' || stop?.at === 'origin' ? stop : undefined;
  const theirs =
    refusal?.at === 'text' ||
    refusal?.at === 'owner' ||
    refusal?.at === 'time' ||
    (refusal?.at === 'missing' && !lacksConnection(description));
  if (!ours && !theirs) return undefined;
  const { chrome, firefox } = textRefusal(description);
  const refusedBy = { ...(ours && chrome ? { chrome } : {}), ...(theirs && firefox ? { firefox } : {}) };
  return [{ message: messageOf(description), line: ours?.line ?? refusal?.line ?? 1, refusedBy }];
}

function lacksConnection({ sdp }: Description): boolean {
  return sipccReads(sdp).complaints.at(-1)?.includes('c= connection line') === true;
}

const LINES: Readonly<Record<string, string>> = { v: 'v=0', o: 'the o= line', s: 'the s= line', t: 'the t= line' };

function messageOf(description: Description): string {
  const { sdp } = description;
  const stop = libwebrtcStop(sdp);
  const found = `'${visible(stop?.text ?? '', 40)}'`;
  const type = stop?.at === 'order' ? /Expect line: (\w)/.exec(stop.reason)?.[1] : undefined;
  if (type !== undefined && stop) {
    const instead = stop.text === '' ? 'the text ends' : `${found} stands`;
    return `${whose(description)} lacks ${LINES[type]}: ${instead} at line ${stop.line} where it must be.`;
  }
  if (stop?.at === 'origin') {
    const fields = stop.text.slice(2).split(' ').length;
    return `The o= line of ${whose(description)} has ${fields} ${fields === 1 ? 'field' : 'fields'} instead of six: ${found}.`;
  }
  if (sipccReads(sdp).refusal?.at === 'text')
    return `${whose(description)} begins with '${visible(sdp.lines[0]?.text ?? '', 20)}' instead of v=0: Chrome takes it, Firefox refuses.`;
  const { refusal } = sipccReads(sdp);
  if (refusal?.at === 'time')
    return `The line '${visible(sdp.lines[refusal.line - 1]?.text ?? '', 40)}' of ${whose(description)} needs two decimal numbers, t=0 0: Chrome takes it, Firefox refuses.`;
  const origin = sdp.origin;
  const { sessionId = '', sessionVersion = '' } = origin ?? {};
  return `The o= line of ${whose(description)} needs decimal numbers below 2^63 as id and version, not '${visible(sessionId, 24)}' and '${visible(sessionVersion, 24)}': Chrome takes them, Firefox refuses.`;
}

/** Legal, but no call comes of it; what is said of media shows that there were sections once. */
function withoutSections({ type, from, sdp }: Description): Report[] {
  // Mids in a group are a matter of rule bundle-unknown-mid.
  if (type !== 'offer' || sdp.media.length > 0 || sdp.groups.some(({ mids }) => mids.length > 0)) return [];
  const streams = sdp.attributes.some(({ name, value }) => name === 'msid-semantic' && /WMS\s+\S/.test(value ?? ''));
  const emptied = streams || sdp.dtls.fingerprints.length > 0;
  const rest = emptied ? ', though it speaks of streams or a certificate: its sections were cut out' : '';
  const message = `${whose({ type, from })} has no m= section${rest}. There is nothing to agree on, and an answer with sections is refused.`;
  const fix = 'Add a track, a transceiver or a data channel before createOffer(), and send all of the description.';
  return [{ message, severity: emptied ? 'warning' : 'info', fix }];
}
