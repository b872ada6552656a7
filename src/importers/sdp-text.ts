/**
 * Bare SDP: one description, or several one after the other as a conversation of two. Also the JSON of one description.
 * A text that is SDP but for its beginning or its line ends is read too: what is wrong with it is for the rules to say.
 */
import { type Draft, type PartyId, pairId } from '../core/event.ts';
import { typeByContent } from '../protocols/recogniser/judge.ts';
import { type FoundSignal, signalsIn } from '../protocols/recogniser/recognise.ts';
import type { Importer } from './importer.ts';

type FoundDescription = Extract<FoundSignal, { sdp: string }>;

const START = /^v=0[ \t]*\r?$/gm;

export const sdpText: Importer = {
  name: 'sdp',
  title: 'SDP text',
  sniff(head) {
    if (/^\ufeff?\s*v=0\s*[\r\n]/.test(head)) return 0.95;
    if (/^v=0[ \t]*\r?$/m.test(head)) return 0.4;
    if (/v=0(?:\\r)?\\n/.test(head)) return 0.3;
    return isDamagedSdp(head) ? 0.2 : 0;
  },
  read(text) {
    const found = describedIn(text);
    let last: { type: string; from: PartyId } | undefined;
    const drafts = found.map(({ type, sdp }): Draft => {
      const from = speaker(type, last);
      const to = other(from);
      last = { type, from };
      const signals = [{ type, pc: pairId(from, to), sdp }];
      return { from, to, kind: 'message', protocol: 'sdp', encoding: 'text', raw: sdp, signals };
    });
    return { header: { parties: found.length === 0 ? [] : ['a', 'b'] }, drafts };
  },
  example: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n',
};

/** Lines as only SDP has them. */
const TELLING =
  /^\s*(?:m=(?:audio|video|application|text|message|image) \d+(?:\/\d+)? \S+|a=(?:candidate|extmap|fingerprint|fmtp|group|ice-\w+|mid|msid|rtcp-?\w*|rtpmap|setup|ssrc):)/m;
const LINE = /^\s*[a-z]=/i;
/** SDP whose line breaks have been lost has both. */
const ORIGIN_WITHIN = /\bo=\S{1,200} \d{1,30} \d{1,30} IN IP[46] \S{1,200} +[a-z]=/;
const MEDIA_WITHIN = / m=(?:audio|video|application) \d+ /;

/** No `v=0`, but nearly every line is of SDP's form, and some say what only SDP says. */
function isDamagedSdp(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const formed = lines.filter((line) => LINE.test(line)).length;
  if (formed >= 3 && formed >= lines.length * 0.8) return TELLING.test(text);
  return lines.length <= 3 && ORIGIN_WITHIN.test(text) && MEDIA_WITHIN.test(text);
}

const other = (party: PartyId): PartyId => (party === 'a' ? 'b' : 'a');

/** `a` begins with an offer, a lone answer is `b`'s; an answer comes from the one who did not offer, an offer from `a`. */
function speaker(type: string, last: { type: string; from: PartyId } | undefined): PartyId {
  if (type === 'offer') return 'a';
  if (last === undefined) return 'b';
  return last.type === 'offer' ? other(last.from) : last.from;
}

/** Every `v=0` begins a description. What stands before the first is not SDP unless it is of its form; nor is what is around JSON. */
function describedIn(text: string): FoundDescription[] {
  const starts = [...text.matchAll(START)].map(({ index }) => index);
  if (starts.length === 0) {
    const found = signalsIn(text).filter((signal) => 'sdp' in signal);
    return found.length === 0 && isDamagedSdp(text) ? [{ type: typeByContent(text) ?? 'offer', sdp: text }] : found;
  }
  if (LINE.test(text)) starts[0] = 0;
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const sdp = next === undefined ? text.slice(start) : withoutBlankLines(text.slice(start, next));
    return { type: typeByContent(sdp) ?? (index % 2 === 0 ? 'offer' : 'answer'), sdp };
  });
}

/** Blank lines between two descriptions belong to neither. */
function withoutBlankLines(sdp: string): string {
  const end = sdp.trimEnd().length;
  return sdp.slice(0, end) + (sdp.startsWith('\r\n', end) ? '\r\n' : '\n');
}
