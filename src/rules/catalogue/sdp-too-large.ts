import { a, anOffer, conversation } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const KIBIBYTE = 1024;
const MANY_BYTES = 64 * KIBIBYTE;
const MANY_SECTIONS = 100;

export const sdpTooLarge: Rule = {
  id: 'sdp-too-large',
  severity: 'info',
  scope: 'description',
  title: 'a description so large that channels may not carry it',
  cites: [cite('RFC 9429', '5.2.2')],
  explain:
    'Browsers take descriptions of any size, but message channels do not: 64 KiB is a common limit, and each section costs time at every negotiation. Sections that were stopped stay in the description until another one takes their place.',
  fix: 'Reuse stopped sections (addTransceiver does), and drop codecs and header extensions nobody needs.',
  exceptions: 'A conference with many participants simply has many sections.',
  examples: {
    bad: [conversation('120 sections', a.offers(anOffer(Array.from({ length: 120 }, () => 'audio' as const))))],
    good: [conversation('three sections', a.offers(anOffer(['audio', 'video', 'data'])))],
  },
  check: ({ sdp, description, live }) => {
    const sections = sdp.media.length;
    if (sdp.text.length <= MANY_BYTES && sections <= MANY_SECTIONS) return [];
    const dead = sections - live.length;
    const size = `${Math.ceil(sdp.text.length / KIBIBYTE)} KiB and ${sections} sections`;
    const reuse = dead > 0 ? `; ${dead} of them are dead (port 0) and could be reused` : '';
    return [{ message: `${whose(description)} has ${size}${reuse}.` }];
  },
};
