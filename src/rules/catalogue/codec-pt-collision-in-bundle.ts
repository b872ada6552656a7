import type { Codec, MSection } from '../../sdp/sdp.ts';
import { encodingOf, listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { extensionScopes, extensionsOf, URI } from '../header-extensions.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

const shared = edit(
  anOffer(['audio', 'video']).replaceAll(':96 ', ':111 '),
  ['SAVPF 96 97', 'SAVPF 111 97'],
  ['apt=96', 'apt=111'],
);

export const codecPtCollisionInBundle: Rule = {
  id: 'codec-pt-collision-in-bundle',
  severity: 'error',
  scope: 'description',
  title: 'one payload type means two codecs in a BUNDLE group',
  cites: [cite('RFC 9143', '9.1.1')],
  explain:
    'Sections of a BUNDLE group share one transport, so a payload type must mean the same in all of them. Chrome and Firefox accept the description; without the sdes:mid header extension packets cannot be told apart and one of the media stays out.',
  fix: 'Give every codec of the group a payload type of its own; sections of the same kind may share numbers if they mean the same codec with the same parameters.',
  exceptions: 'Only a warning where both sections negotiate sdes:mid, because packets then name their section.',
  examples: {
    bad: [
      conversation(
        'audio and video use 111, and no mid extension',
        a.offers(shared.replaceAll(/a=extmap:4 [^\r]*\r\n/g, '')),
      ),
      conversation('audio and video use 111', a.offers(shared)),
    ],
    good: [
      conversation('two video sections share their numbers', a.offers(anOffer(['video', 'video']))),
      conversation('the same number outside of any group', a.offers(edit(shared, [/a=group[^\r]*\r\n/, '']))),
    ],
  },
  check: (subject) => extensionScopes(subject.sdp).flatMap((scope) => collisionsIn(subject, scope)),
};

interface Use {
  readonly section: MSection;
  readonly codec: Codec;
}

function collisionsIn({ description, sdp }: DescriptionSubject, scope: readonly MSection[]): Report[] {
  const first = new Map<string, Use>();
  return scope.flatMap((section) => {
    const clashes: { was: Use; codec: Codec }[] = [];
    for (const codec of section.codecs) {
      const was = first.get(codec.payloadType);
      if (!was) first.set(codec.payloadType, { section, codec });
      else if (was.section !== section && differ(was.codec, codec)) clashes.push({ was, codec });
    }
    const [clash] = clashes;
    if (!clash) return [];
    const hasMid = [section, clash.was.section].every((one) =>
      extensionsOf(sdp, one).some(({ uri }) => uri === URI.mid),
    );
    const which = listed(
      clashes.map(({ was, codec }) => `${codec.payloadType} is ${encodingOf(was.codec)} and ${encodingOf(codec)}`),
    );
    const message = `In ${whose(description)}, ${nameOf(clash.was.section)} and ${nameOf(section)} share a transport and give payload types two meanings: ${which}.`;
    const line = clash.codec.rtpmapLine ?? section.line;
    return [{ message, section, line, ...(hasMid ? { severity: 'warning' as const } : {}) }];
  });
}

/** Names without a=rtpmap are unknown; a retransmission number clashes with its codec, which is reported. */
function differ(one: Codec, other: Codec): boolean {
  if (one.name === '' || other.name === '' || (one.role === 'rtx' && other.role === 'rtx')) return false;
  return one.identity !== other.identity;
}
