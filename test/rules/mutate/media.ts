/** Directions, codecs and header extensions. */
import {
  after,
  chosen,
  EOL,
  linesOf,
  type Mutate,
  onLine,
  onSection,
  otherTypes,
  RTP,
  remove,
  removeAll,
  replace,
  twice,
} from './edit.ts';

/** Gives a codec another payload type, wherever its section names it. */
export const renumbered = (to: string): Mutate =>
  onSection(RTP, (section, random) => {
    const type = chosen(random, otherTypes(linesOf(section)[0] ?? ''));
    if (type === undefined) return undefined;
    const word = new RegExp(
      `(?<=^m=.*? .*? .*?(?: \\d+)* )${type}(?= |\r)|(?<=^a=(?:rtpmap|fmtp|rtcp-fb):)${type}(?= )|(?<=apt=)${type}(?=\r)`,
      'gm',
    );
    return section.replace(word, to);
  });

export const media: Readonly<Record<string, Mutate>> = {
  'direction sendrecv': replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'a=sendrecv'),
  'direction sendonly': replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'a=sendonly'),
  'direction recvonly': replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'a=recvonly'),
  'direction inactive': replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'a=inactive'),
  'second direction': after(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'a=recvonly'),
  'drop a direction': remove(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/),
  'format dropped from m=': onLine(/^m=(?:audio|video)/, (line, random) => {
    const types = otherTypes(line);
    const gone = random(types.length);
    return [...line.split(' ').slice(0, 3), ...types.filter((_, i) => i !== gone)].join(' ');
  }),
  'format twice in m=': onLine(/^m=(?:audio|video)/, (line) => `${line} ${otherTypes(line)[0]}`),
  'extra format in m=': onLine(/^m=(?:audio|video)/, (line) => `${line} 101`),
  'payload type 72': renumbered('72'),
  'payload type 200': renumbered('200'),
  'payload type 34': renumbered('34'),
  'payload type 77 for a static one': onLine(/^m=audio/, (line) => line.replace(/ 0(?= |$)/, ' 77')),
  'drop a rtpmap': remove(/^a=rtpmap/),
  'drop all rtpmaps': removeAll(/^a=rtpmap/),
  'repeat a rtpmap': twice(/^a=rtpmap/),
  'second rtpmap, other codec': onLine(/^a=rtpmap:\d/, (line) => `${line}${EOL}${line.replace(/ .*/, ' FOO/8000')}`),
  'rtpmap of another codec': replace(/^(a=rtpmap:\d+) .*/, '$1 FOO/90000'),
  'rtpmap with another clock': replace(/^(a=rtpmap:\d+ [^/]+)\/\d+/, '$1/12345'),
  'rtpmap without a clock': replace(/^(a=rtpmap:\d+ [^/]+)\/.*/, '$1'),
  'rtpmap of another payload type': replace(/^a=rtpmap:\d+/, 'a=rtpmap:101'),
  'opus with one channel': replace(/opus\/48000\/2/, 'opus/48000'),
  'payload type of another codec': onSection(RTP, (section, random) => {
    const maps = linesOf(section).filter((line) => /^a=rtpmap:\d+ (?!rtx)/.test(line));
    const [one, other] = [maps[random(maps.length)], maps[random(maps.length)]];
    if (one === undefined || other === undefined || one === other) return undefined;
    const [first, second] = [one.split(' ')[1] ?? '', other.split(' ')[1] ?? ''];
    return section.replace(one, one.replace(first, second)).replace(other, other.replace(second, first));
  }),
  'fmtp of an absent type': onSection(RTP, (section) => `${section}a=fmtp:101 x=1${EOL}`),
  'rtcp-fb of an absent type': onSection(RTP, (section) => `${section}a=rtcp-fb:101 nack${EOL}`),
  'rtpmap of an absent type': onSection(RTP, (section) => `${section}a=rtpmap:101 VP8/90000${EOL}`),
  'rtcp-fb for all': onSection(RTP, (section) => `${section}a=rtcp-fb:* nack${EOL}`),
  'fmtp without parameters': replace(/^(a=fmtp:\d+) .*/, '$1'),
  'drop a fmtp': remove(/^a=fmtp/),
  'repeat a fmtp': twice(/^a=fmtp/),
  'apt of an absent type': replace(/apt=\d+/, 'apt=101'),
  'apt of itself': replace(/^a=fmtp:(\d+) apt=\d+/, 'a=fmtp:$1 apt=$1'),
  'apt not a number': replace(/apt=\d+/, 'apt=x'),
  'H264 with another profile': replace(/profile-level-id=....../, 'profile-level-id=64001f'),
  'H264 with the other packetization': onLine(/packetization-mode=\d/, (line) =>
    line.replace(/packetization-mode=(\d)/, (_, mode) => `packetization-mode=${mode === '0' ? 1 : 0}`),
  ),
  'VP9 with another profile': replace(/profile-id=\d/, 'profile-id=3'),
  'drop a rtcp-fb': remove(/^a=rtcp-fb/),
  'malformed rtcp-fb': replace(/^(a=rtcp-fb:\d+) .*/, '$1'),
  'extmap id 0': replace(/^a=extmap:\d+/, 'a=extmap:0'),
  'extmap id 15': replace(/^a=extmap:\d+/, 'a=extmap:15'),
  'extmap id 300': replace(/^a=extmap:\d+/, 'a=extmap:300'),
  'extmap id not a number': replace(/^a=extmap:\d+/, 'a=extmap:x'),
  'extmap id of another extension': onSection(RTP, (section, random) => {
    const ids = [...section.matchAll(/^a=extmap:(\d+)/gm)].map((match) => match[1]);
    return replace(/^a=extmap:\d+/, `a=extmap:${ids[0]}`)(section, random);
  }),
  'extmap id unused so far': replace(/^a=extmap:\d+/, 'a=extmap:14'),
  'extmap without a URI': replace(/^(a=extmap:\d+) .*/, '$1'),
  'extmap of another URI': replace(/^(a=extmap:\d+) .*/, '$1 urn:example:other'),
  'extmap in the session part': after(/^t=/, 'a=extmap:9 urn:example:session'),
  'extmap with a direction': replace(/^(a=extmap:\d+) /, '$1/sendonly '),
  'drop an extmap': remove(/^a=extmap:/),
  'drop sdes:mid': removeAll(/^a=extmap:\d+ urn:ietf:params:rtp-hdrext:sdes:mid/),
  'drop rtp-stream-id': removeAll(/^a=extmap:\d+ urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id/),
};
