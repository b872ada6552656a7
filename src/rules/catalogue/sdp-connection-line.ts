import { visible } from '../../sdp/printable.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcSays, libwebrtcStop } from '../libwebrtc-text.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { sipccReads, sipccRefuses } from '../sipcc.ts';
import { isDamaged } from '../text-fault.ts';

export const sdpConnectionLine: Rule = {
  id: 'sdp-connection-line',
  severity: 'error',
  stage: 'text',
  scope: 'description',
  title: 'a c= line is missing or cannot be read',
  cites: [cite('RFC 8866', '5.7'), cite('RFC 9429', '5.2.1')],
  explain:
    'Each section needs a c= line unless the session has one: IN, the address type and an address of that type. Its value means nothing while ICE decides, but Firefox refuses a description in which one is missing, and both refuse one that cannot be read.',
  fix: 'Write c=IN IP4 0.0.0.0 into every section, or a real address of the stated type.',
  exceptions: 'Host names and .local names are fine, and 0.0.0.0 does not put anything on hold.',
  examples: {
    bad: [
      conversation('no c= line at all', a.offers(edit(anOffer(), ['c=IN IP4 0.0.0.0\r\n', '']))),
      conversation(
        'the same twice',
        a.offers(edit(anOffer(), ['c=IN IP4 0.0.0.0\r\n', 'c=IN IP4 0.0.0.0\r\nc=IN IP4 0.0.0.0\r\n'])),
      ),
      conversation('an IPv6 address announced as IP4', a.offers(edit(anOffer(), ['IP4 0.0.0.0', 'IP4 ::1']))),
    ],
    good: [
      conversation(
        'one for the session',
        a.offers(edit(anOffer(), ['c=IN IP4 0.0.0.0\r\n', ''], ['t=0 0', 'c=IN IP4 0.0.0.0\r\nt=0 0'])),
      ),
      conversation('a host name', a.offers(edit(anOffer(), ['IP4 0.0.0.0', 'IP4 7d0a.local']))),
    ],
  },
  check: ({ sdp, description }) => {
    if (isDamaged(sdp)) return [];
    const found = libwebrtcStop(sdp);
    const stop = found?.at === 'connection' ? found : undefined;
    const { refusal, complaints } = sipccReads(sdp);
    const missing = refusal?.at === 'missing' && complaints.at(-1)?.includes('c= connection line') === true;
    const firefox = refusal?.at === 'connection' || missing ? sipccRefuses(sdp) : undefined;
    if (!stop && firefox === undefined) return [];
    const refusedBy = { ...(stop ? { chrome: libwebrtcSays(stop) } : {}), ...(firefox ? { firefox } : {}) };
    if (missing && !stop) {
      const bare = sdp.media.filter((section) => section.connection === undefined);
      const message = `${whose(description)} has no c= line for ${namesOf(bare)}, and none for the session: Chrome accepts that, Firefox refuses.`;
      return [{ message, ...(bare[0] ? { section: bare[0] } : {}), refusedBy }];
    }
    const line = stop?.line ?? refusal?.line ?? 1;
    const text = visible(sdp.lines[line - 1]?.text ?? '', 50);
    if (!stop && complaints.at(-1)?.includes('specified twice') === true) {
      // Two sections glued together have two: rule sdp-attributes-fused.
      if (sdp.lines.some((one) => /.m=\w+ \d/.test(one.text))) return [];
      const message = `${whose(description)} has a second connection line, '${text}', at one level: Firefox refuses it, Chrome does not.`;
      return [{ message, line, refusedBy }];
    }
    return [
      {
        message: `The connection line '${text}' of ${whose(description)} cannot be read: ${WHY(stop?.reason)}.`,
        line,
        refusedBy,
      },
    ];
  },
};

const WHY = (reason = ''): string => {
  if (reason.includes('mismatching')) return 'the address is not of the type it states';
  if (reason.includes('Multicast')) return 'browsers do not do multicast';
  if (reason.includes('network type')) return 'it must begin with IN';
  return 'it needs a network type, an address type and an address';
};
