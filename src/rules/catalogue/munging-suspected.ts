import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { type Writer, writerOf } from '../../sdp/writer.ts';
import { listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { type Mark, marksOf } from '../munging.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const NAMES: Partial<Record<Writer, string>> = { libwebrtc: 'Chrome (libwebrtc)', firefox: 'Firefox' };

export const mungingSuspected: Rule = {
  id: 'munging-suspected',
  severity: 'info',
  scope: 'description',
  title: 'a browser wrote this description and something has edited it',
  cites: [cite('RFC 9429', '5.4')],
  explain:
    "The description looks like a browser's, but holds what that browser never writes itself. Editing the text between createOffer and setLocalDescription is allowed for a few things only; edits break with the next browser version and are often the cause of other findings.",
  fix: 'Use the API: setCodecPreferences for codecs, setParameters for bit rates, transceiver.direction for directions, addTransceiver with sendEncodings for simulcast. Or ignore this if the edit is wanted.',
  exceptions:
    'Whatever setCodecPreferences does by itself, the order that an answer has taken over from its offer, edits that the same side has shown before, and edits of the receiving side, which the wire does not show. Where the calls are seen, description-munged says what was edited.',
  examples: {
    bad: [
      conversation('a limit', a.offers(edit(anOffer(), ['c=IN IP4 0.0.0.0\r\n', 'c=IN IP4 0.0.0.0\r\nb=AS:64\r\n']))),
      conversation('stereo', a.offers(edit(anOffer(), ['useinbandfec=1', 'useinbandfec=1;stereo=1']))),
      conversation(
        'old simulcast',
        a.offers(edit(anOffer(['video']), [/$/, 'a=ssrc-group:SIM 1 2\r\na=ssrc:1 cname:c\r\na=ssrc:2 cname:c\r\n'])),
      ),
      conversation('the role is forced', a.offers(edit(anOffer(), ['setup:actpass', 'setup:active']))),
    ],
    good: [
      conversation(
        'as written',
        a.offers(anOffer(['audio', 'video', 'data'])),
        b.answers(anAnswer(['audio', 'video', 'data'])),
      ),
      conversation(
        'rtx left out by setCodecPreferences',
        a.offers(
          edit(anOffer(['video']), ['SAVPF 96 97', 'SAVPF 96'], ['a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n', '']),
        ),
      ),
      conversation(
        'an answer in the order of an offer that another software has put together, and an offer after it',
        a.offers(edit(anOffer(['video']), ['SAVPF 96 97', 'SAVPF 97 96'], [/o=.*/, 'o=- 1 1 IN IP4 192.0.2.1'])),
        b.answers(edit(anAnswer(['video']), ['SAVPF 96 97', 'SAVPF 97 96'])),
        b.offers(edit(anAnswer(['video'], { setup: 'actpass', version: 3 }), ['SAVPF 96 97', 'SAVPF 97 96'])),
      ),
    ],
  },
  check: ({ description }) => {
    if (description.created !== undefined) return [];
    const { type, round } = description;
    const marks = suspicious(description, type === 'offer' ? undefined : round?.offer);
    const before = description.base?.transport;
    const known = new Set(before ? suspicious(before).map(({ what }) => what) : []);
    const fresh = marks.filter(({ what }) => !known.has(what));
    const [first] = fresh;
    if (!first) return [];
    const writer = NAMES[writerOf(description.sdp)] ?? '';
    const message = `${whose(description)} looks like ${writer}, which would not write: ${listed(fresh.map(({ what }) => visible(what, 40)))}.`;
    return [{ message, line: first.line }];
  },
};

/** Its marks if they prove anything, without those that it has from the offer it answers. */
function suspicious(description: Description, answered?: Description): readonly Mark[] {
  const writer = writerOf(description.sdp);
  if (writer !== 'libwebrtc' && writer !== 'firefox') return [];
  const marks = marksOf(description, writer, answered?.sdp);
  return marks.some(({ strong }) => strong) || marks.length > 1 ? marks : [];
}
