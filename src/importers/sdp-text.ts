/**
 * SDP in whatever state: bare, behind something else, in the JSON of one description. A text that is SDP but for its
 * beginning or its line ends is read too: what is wrong with it is for the rules to say.
 */
import { typeByContent } from '../protocols/recogniser/judge.ts';
import { signalsIn } from '../protocols/recogniser/recognise.ts';
import { bareSdp, conversationOf, describedIn, type FoundDescription } from './bare-sdp.ts';
import { type Importer, readWhole } from './importer.ts';

export const sdpText: Importer = {
  ...bareSdp,
  sniff(head) {
    const bare = bareSdp.sniff(head);
    if (bare > 0) return bare;
    if (/^v=0[ \t]*\r?$/m.test(head)) return 0.4;
    if (/v=0(?:\\r)?\\n/.test(head)) return 0.3;
    return isDamagedSdp(head) ? 0.2 : 0;
  },
  open: readWhole((text) => {
    const bare = describedIn(text);
    return conversationOf(bare.length > 0 ? bare : foundIn(text));
  }),
};

/** What is around JSON is not SDP. */
function foundIn(text: string): FoundDescription[] {
  const found = signalsIn(text).filter((signal) => 'sdp' in signal);
  return found.length === 0 && isDamagedSdp(text) ? [{ type: typeByContent(text) ?? 'offer', sdp: text }] : found;
}

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
