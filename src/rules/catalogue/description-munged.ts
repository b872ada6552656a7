import { type Edit, editOf, editWords } from '../../core/edited.ts';
import type { Description } from '../../core/model.ts';
import { diffSdp, isNoise } from '../../sdp/diff.ts';
import { parseSdp } from '../../sdp/parse.ts';
import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule, type TranscriptLine } from '../rule.ts';

const made = (created: string, line: TranscriptLine): TranscriptLine => ({ ...line, created }) as TranscriptLine;
const STEREO = edit(anOffer(), ['useinbandfec=1', 'useinbandfec=1;stereo=1']);

export const descriptionMunged: Rule = {
  id: 'description-munged',
  severity: 'warning',
  scope: 'description',
  title: 'the page changed what createOffer or createAnswer made',
  cites: [cite('W3C webrtc-pc', '4.4.1.5'), cite('RFC 9429', '5.4')],
  explain:
    'setLocalDescription was given another text than createOffer or createAnswer had returned. The specification wants it refused; browsers still take many such edits, change which from version to version, and apply some of them only in part.',
  fix: 'Use the API: setCodecPreferences for codecs, setParameters for bit rates, transceiver.direction for directions, addTransceiver with sendEncodings for simulcast.',
  exceptions:
    'Edits that the same side has made before; candidates. Only seen where the calls are: in a browser that renego is attached to, or in its dump.',
  examples: {
    bad: [conversation('stereo is written into the offer', made(anOffer(), a.offers(STEREO)))],
    good: [
      conversation('as it was made', made(anOffer(), a.offers(anOffer())), made(anAnswer(), b.answers(anAnswer()))),
      conversation('the calls are not known', a.offers(STEREO)),
    ],
  },
  check: ({ description, sdp }) => {
    const found = editIn(description);
    const before = description.base && editIn(description.base.transport);
    if (description.created === undefined || found === undefined || sameEdit(found, before)) return [];
    const call = description.type === 'offer' ? 'createOffer' : 'createAnswer';
    const sentences = diffSdp(parseSdp(description.created), sdp).filter((change) => !isNoise(change));
    const what =
      sentences.length > 0
        ? sentences.slice(0, 3).map(({ sentence }) => sentence)
        : [`${visible(editWords(found), 200)}.`];
    const line = description.text.split(/\r\n|\n|\r/).indexOf(found.added[0] ?? '') + 1;
    return [
      {
        message: `${whose(description)} was changed between ${call} and setLocalDescription: ${what.join(' ')}`,
        ...(line > 0 && { line }),
      },
    ];
  },
};

function editIn({ created, text }: Description): Edit | undefined {
  return created === undefined ? undefined : editOf(created, text);
}

/** The same lines in and out; identifiers that change with every description are not looked at. */
function sameEdit({ added, removed }: Edit, before: Edit | undefined): boolean {
  return before !== undefined && String(before.added) === String(added) && before.removed.length === removed.length;
}
