/** m= lines, mids and groups. */
import {
  ANY,
  after,
  chosen,
  EOL,
  linesOf,
  type Mutate,
  onLine,
  onSection,
  onSections,
  remove,
  removeAll,
  replace,
  twice,
} from './edit.ts';

export const sections: Readonly<Record<string, Mutate>> = {
  'port out of range': replace(/^(m=\w+) \d+/, '$1 70000'),
  'port with a count': replace(/^(m=\w+) (\d+)/, '$1 9/2'),
  'port not a number': replace(/^(m=\w+) \d+/, '$1 nine'),
  'port 0': replace(/^(m=\w+) \d+/, '$1 0'),
  'm= without formats': onLine(/^m=/, (line) => line.split(' ').slice(0, 3).join(' ')),
  'm= with a word among formats': onLine(/^m=(?:audio|video)/, (line) => `${line} abc`),
  'unknown media': replace(/^m=(?:audio|video)/, 'm=smell'),
  'm=text': replace(/^m=(?:audio|video)/, 'm=text'),
  'video called audio': replace(/^m=video/, 'm=audio'),
  'profile RTP/AVP': replace(/UDP\/TLS\/RTP\/SAVPF/, 'RTP/AVP'),
  'profile RTP/SAVPF': replace(/UDP\/TLS\/RTP\/SAVPF/, 'RTP/SAVPF'),
  'unknown profile': replace(/UDP\/\S+/, 'UDP/FOO'),
  'plain RTP': (sdp) => removeAll(/^a=fingerprint/)(sdp.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/AVPF'), () => 0),
  'drop a mid': remove(/^a=mid/),
  'drop all mids': removeAll(/^a=mid/),
  'repeat a mid': (sdp, random) => {
    const mids = linesOf(sdp).filter((line) => line.startsWith('a=mid'));
    return mids.length < 2 ? undefined : onLine(/^a=mid/, () => mids[0])(sdp, random);
  },
  'another mid': replace(/^a=mid:.*/, 'a=mid:other'),
  'long mid': replace(/^a=mid:.*/, 'a=mid:abcdefghijklmnopq'),
  'mid with a bad character': replace(/^a=mid:(.*)/, 'a=mid:$1@'),
  'rename a mid everywhere': (sdp, random) => {
    const mid = /^a=mid:(.*)/.exec(
      chosen(
        random,
        linesOf(sdp).filter((line) => line.startsWith('a=mid')),
      ) ?? '',
    )?.[1];
    if (mid === undefined) return undefined;
    return sdp.replace(`a=mid:${mid}${EOL}`, `a=mid:x${mid}${EOL}`).replace(/^a=group:BUNDLE.*/m, (line) =>
      line
        .split(' ')
        .map((word) => (word === mid ? `x${mid}` : word))
        .join(' '),
    );
  },
  'drop a section': onSections((sections, random) => {
    const at = random(sections.length);
    return sections.filter((_, i) => i !== at);
  }),
  'repeat a section': onSections((sections, random) => [...sections, sections[random(sections.length)] as string]),
  'swap sections': onSections((sections) =>
    sections.length < 2 ? undefined : [...sections.slice(1), sections[0] as string],
  ),
  'drop all sections': onSections(() => []),
  'drop the group': removeAll(/^a=group/),
  'unknown mid in the group': onLine(/^a=group:BUNDLE/, (line) => `${line} 77`),
  'group without its first mid': replace(/^a=group:BUNDLE \S+/, 'a=group:BUNDLE'),
  'group without its last mid': onLine(/^a=group:BUNDLE \S+ /, (line) => line.replace(/ \S+$/, '')),
  'group backwards': onLine(
    /^a=group:BUNDLE/,
    (line) => `a=group:BUNDLE ${line.split(' ').slice(1).reverse().join(' ')}`,
  ),
  'group twice': twice(/^a=group/),
  'mid twice in the group': onLine(/^a=group:BUNDLE \S/, (line) => `${line} ${line.split(' ')[1]}`),
  'split the group': onLine(/^a=group:BUNDLE \S+ \S/, (line) => line.replace(/^(\S+ \S+) /, `$1${EOL}a=group:BUNDLE `)),
  'bundle-only': after(/^a=mid/, 'a=bundle-only'),
  'bundle-only with port 0': onSection(ANY, (section) =>
    section.replace(/^(m=\w+) \d+/, '$1 0').replace(/^(a=mid.*\r\n)/m, `$1a=bundle-only${EOL}`),
  ),
};
