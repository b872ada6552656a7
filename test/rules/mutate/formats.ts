/** Codecs, header extensions, layers and sources, in ways that servers, gateways and munging do it. */
import {
  after,
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
  textOf,
} from './edit.ts';
import { renumbered } from './media.ts';

const DIRECTION = /^a=(?:sendrecv|sendonly|recvonly|inactive)$/;

/** Keeps only payload types whose codec matches, with their lines. */
const onlyCodecs = (keep: RegExp, kind = RTP): Mutate =>
  onSection(kind, (section) => {
    const lines = linesOf(section);
    const types = lines.flatMap((line) => (keep.test(line) ? (/^a=rtpmap:(\d+)/.exec(line)?.[1] ?? []) : []));
    if (types.length === 0) return undefined;
    const kept = lines.filter((line) => {
      const type = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1];
      return type === undefined || types.includes(type);
    });
    return textOf([`${(lines[0] ?? '').split(' ').slice(0, 3).join(' ')} ${types.join(' ')}`, ...kept.slice(1)]);
  });

const behind = (...lines: readonly string[]): Mutate =>
  onSection(RTP, (section) => section + lines.map((line) => line + EOL).join(''));

export const formats: Readonly<Record<string, Mutate>> = {
  'payload type 1': renumbered('1'),
  'payload type 19': renumbered('19'),
  'payload type 35': renumbered('35'),
  'payload type 63': renumbered('62'),
  'payload type 64': renumbered('64'),
  'payload type 95': renumbered('95'),
  'payload type 128': renumbered('128'),
  'payload type -1 in m=': onLine(/^m=(?:audio|video)/, (line) => `${line} -1`),
  'payload type with a zero in front': onLine(/^m=(?:audio|video)/, (line) => line.replace(/ (\d{2})(?= |$)/, ' 0$1')),
  'payload types backwards': onLine(/^m=(?:audio|video)/, (line) =>
    [...line.split(' ').slice(0, 3), ...otherTypes(line).reverse()].join(' '),
  ),
  'one payload type only': onlyCodecs(/ (?:opus|VP8)\//),
  'rtx only': onlyCodecs(/ rtx\//),
  'DTMF only': onlyCodecs(/ telephone-event\//, /^m=audio/),
  'red and FEC only': onlyCodecs(/ (?:red|ulpfec|flexfec-03)\//),
  'H264 only': onlyCodecs(/ H264\//),
  'static ones only': onlyCodecs(/ PCM[UA]\//, /^m=audio/),
  'rtpmap in lower case': onLine(/^a=rtpmap:/, (line) => line.toLowerCase()),
  'static number of another codec': replace(/^a=rtpmap:0 .*/, 'a=rtpmap:0 opus/48000/2'),
  'static number without rtpmap': remove(/^a=rtpmap:[089] /),
  'rtpmap with clock 0': replace(/^(a=rtpmap:\d+ [^/]+)\/\d+/, '$1/0'),
  'rtpmap with a negative clock': replace(/^(a=rtpmap:\d+ [^/]+)\/\d+/, '$1/-8000'),
  'rtpmap with channels 0': replace(/^(a=rtpmap:\d+ [^/]+\/\d+).*/, '$1/0'),
  'rtpmap with channels 25': replace(/^(a=rtpmap:\d+ [^/]+\/\d+).*/, '$1/25'),
  'rtpmap with channels of a word': replace(/^(a=rtpmap:\d+ [^/]+\/\d+).*/, '$1/two'),
  'rtpmap with four parts': replace(/^a=rtpmap:.*/, '$&/1/1'),
  'rtpmap with two blanks': replace(/^(a=rtpmap:\d+) /, '$1  '),
  'rtpmap with a blank behind it': onLine(/^a=rtpmap:/, (line) => `${line} `),
  'rtpmap with more behind it': onLine(/^a=rtpmap:/, (line) => `${line} more`),
  'rtpmap of type 300': behind('a=rtpmap:300 VP8/90000'),
  'rtpmap of a word': behind('a=rtpmap:x VP8/90000'),
  'fmtp of a word': behind('a=fmtp:x y=1'),
  'fmtp of nothing but semicolons': replace(/^(a=fmtp:\d+) .*/, '$1 ;;'),
  'fmtp with blanks around semicolons': onLine(/^a=fmtp:.*;/, (line) => line.replaceAll(';', ' ; ')),
  'fmtp with a key and no value': onLine(/^a=fmtp:/, (line) => `${line};x-key=`),
  'fmtp twice, other parameters': onLine(/^a=fmtp:\d+ /, (line) => `${line}${EOL}${line.replace(/ .*/, ' x-other=1')}`),
  'apt with a blank': replace(/apt=(\d+)/, 'apt= $1'),
  'apt in capitals': replace(/apt=(\d+)/, 'APT=$1'),
  'apt of rtx': onSection(/^a=fmtp:\d+ apt=/m, (section) => {
    const rtx = [...section.matchAll(/^a=rtpmap:(\d+) rtx/gm)].map((match) => match[1]);
    return rtx.length < 2 ? undefined : section.replace(/apt=\d+/, `apt=${rtx[1]}`);
  }),
  'apt of FEC': onSection(/^a=fmtp:\d+ apt=/m, (section) => {
    const fec = /^a=rtpmap:(\d+) (?:ulpfec|flexfec)/m.exec(section)?.[1];
    return fec === undefined ? undefined : section.replace(/apt=\d+/, `apt=${fec}`);
  }),
  'two rtx of one codec': onSection(/^a=fmtp:\d+ apt=/m, (section) => {
    const first = /apt=(\d+)/.exec(section)?.[1];
    let count = 0;
    return section.replace(/apt=\d+/g, (text) => (count++ === 1 ? `apt=${first}` : text));
  }),
  'H264 with a bad profile': replace(/profile-level-id=....../, 'profile-level-id=42'),
  'H264 without a profile': replace(/;?profile-level-id=....../, ''),
  'H264 with mode 7': replace(/packetization-mode=\d/, 'packetization-mode=7'),
  'opus at 16000': replace(/opus\/48000\/2/, 'opus/16000/2'),
  'stereo and a bitrate': onLine(/^a=fmtp:\d+ minptime/, (line) => `${line};stereo=1;maxaveragebitrate=64000`),
  'rtcp-fb of an unknown kind': onLine(/^a=rtcp-fb:\d+ /, (line) => line.replace(/ .*/, ' x-please')),
  'rtcp-fb of a word': behind('a=rtcp-fb:x nack'),
  'rtcp-fb of type 300': behind('a=rtcp-fb:300 nack'),
  'drop all rtcp-fb': removeAll(/^a=rtcp-fb/),
  'ptime 0': behind('a=ptime:0'),
  'maxptime of a word': behind('a=maxptime:long'),
  'extmap id 14': replace(/^a=extmap:\d+/, 'a=extmap:14'),
  'extmap id 255': replace(/^a=extmap:\d+/, 'a=extmap:255'),
  'extmap id 256': replace(/^a=extmap:\d+/, 'a=extmap:256'),
  'extmap id 4096': replace(/^a=extmap:\d+/, 'a=extmap:4096'),
  'extmap id -1': replace(/^a=extmap:\d+/, 'a=extmap:-1'),
  'extmap twice': onLine(/^a=extmap:\d/, (line) => line + EOL + line),
  'extmap twice, with another id': onLine(/^a=extmap:\d/, (line) => line + EOL + line.replace(/:\d+/, ':13')),
  'extmap with a bad direction': replace(/^(a=extmap:\d+) /, '$1/both '),
  'extmap inactive': replace(/^(a=extmap:\d+) /, '$1/inactive '),
  'extmap with parameters': onLine(/^a=extmap:\d/, (line) => `${line} level=1`),
  'extmap with two blanks': replace(/^(a=extmap:\d+) /, '$1  '),
  'encrypted extmap': onLine(/^a=extmap:\d+ \S+$/, (line) =>
    line.replace(/ (\S+)$/, ' urn:ietf:params:rtp-hdrext:encrypt $1'),
  ),
  'drop extmap-allow-mixed': removeAll(/^a=extmap-allow-mixed/),
  'all extmaps in the session': (sdp) => {
    const lines = linesOf(sdp);
    const found = [...new Set(lines.filter((line) => /^a=extmap:/.test(line)))];
    const rest = lines.filter((line) => !/^a=extmap:/.test(line));
    const first = rest.findIndex((line) => line.startsWith('m='));
    return found.length === 0 ? undefined : textOf([...rest.slice(0, first), ...found, ...rest.slice(first)]);
  },
  'direction in capitals': onLine(DIRECTION, (line) => line.toUpperCase().replace('A=', 'a=')),
  'direction with a value': onLine(DIRECTION, (line) => `${line}:yes`),
  'direction in the session only': (sdp) =>
    sdp.replace(/^a=(?:sendrecv|sendonly|recvonly)\r\n/gm, '').replace(/^m=/m, `a=inactive${EOL}m=`),
  'simulcast of both directions': replace(/^a=simulcast:send (\S+)/, 'a=simulcast:send $1 recv $1'),
  'simulcast send twice': replace(/^a=simulcast:send (\S+)/, 'a=simulcast:send $1 send $1'),
  'simulcast of another word': replace(/^a=simulcast:\S+/, 'a=simulcast:both'),
  'simulcast of old Firefox': replace(/^a=simulcast:send (\S+)/, 'a=simulcast: send rid=$1'),
  'simulcast with a paused layer': replace(/^a=simulcast:send (\w+);/, 'a=simulcast:send ~$1;'),
  'simulcast with alternatives': replace(/^a=simulcast:send (\w+);/, 'a=simulcast:send $1,'),
  'simulcast with a semicolon behind it': onLine(/^a=simulcast:/, (line) => `${line};`),
  'simulcast twice the same': onLine(/^a=simulcast:/, (line) => line + EOL + line),
  'simulcast for data or audio': after(DIRECTION, 'a=rid:a send', 'a=rid:b send', 'a=simulcast:send a;b'),
  'rid with a dash': onSection(/^a=rid:q /m, (section) =>
    section.replace(/^a=rid:q /m, 'a=rid:q-1 ').replace(/^a=simulcast:send q;/m, 'a=simulcast:send q-1;'),
  ),
  'rid of 17 characters': onSection(/^a=rid:q /m, (section) =>
    section
      .replace(/^a=rid:q /m, 'a=rid:abcdefghijklmnopq ')
      .replace(/(?<=^a=simulcast:send )q;/m, 'abcdefghijklmnopq;'),
  ),
  'rid with limits': replace(/^a=rid:\w+ (?:send|recv)/, '$& max-width=1280;max-fps=30'),
  'rid with an unknown limit': replace(/^a=rid:\w+ (?:send|recv)/, '$& x-limit=1'),
  'rid with a pt of m=': onSection(/^a=rid:/m, (section) => {
    const type = otherTypes(linesOf(section)[0] ?? '')[0];
    return section.replace(/^a=rid:\w+ (?:send|recv)/m, `$& pt=${type}`);
  }),
  'msid without a stream': replace(/^a=msid:\S+/, 'a=msid:-'),
  'msid of three words': onLine(/^a=msid:\S+ \S+/, (line) => `${line} more`),
  'msid of 65 characters': replace(/^a=msid:\S+/, `a=msid:${'s'.repeat(65)}`),
  'a second stream of the track': onLine(
    /^a=msid:\S+ \S+/,
    (line) => line + EOL + line.replace(/:\S+/, ':other-stream'),
  ),
  'one msid in all sections': (sdp) => sdp.replace(/^a=msid:.*/gm, 'a=msid:stream track'),
  'drop all msids': removeAll(/^a=msid:/),
  'msid-semantic of Firefox': replace(/^a=msid-semantic:.*/, 'a=msid-semantic:WMS *'),
  'ssrc with a sign': replace(/^a=ssrc:/, 'a=ssrc:-'),
  'ssrc of a word': replace(/^a=ssrc:\d+/, 'a=ssrc:x'),
  'a lonely ssrc': behind('a=ssrc:1234 cname:alone'),
  'a lonely ssrc with its msid': behind('a=ssrc:1234 cname:alone', 'a=ssrc:1234 msid:lonely track'),
  'ssrc-group FID of three': behind(
    'a=ssrc-group:FID 11 12 13',
    'a=ssrc:11 cname:a',
    'a=ssrc:12 cname:a',
    'a=ssrc:13 cname:a',
  ),
  'ssrc-group FID of two': behind('a=ssrc-group:FID 11 12', 'a=ssrc:11 cname:a', 'a=ssrc:12 cname:a'),
  'ssrc-group SIM of three': behind(
    'a=ssrc-group:SIM 11 12 13',
    'a=ssrc:11 cname:a',
    'a=ssrc:12 cname:a',
    'a=ssrc:13 cname:a',
  ),
  'ssrc-group FEC-FR of one': behind('a=ssrc-group:FEC-FR 11', 'a=ssrc:11 cname:a'),
  'ssrc-group of unknown semantics': behind('a=ssrc-group:TEAM 11 12', 'a=ssrc:11 cname:a', 'a=ssrc:12 cname:a'),
  'ssrc-group without members': behind('a=ssrc-group:FID'),
  'ssrc-group of a word': behind('a=ssrc-group:FID x y'),
  'bandwidth of nothing': behind('b=TIAS:0'),
  'bandwidth of 20 digits': onLine(/^c=/, (line) => `${line}${EOL}b=AS:99999999999999999999`),
  'bandwidth with a blank': onLine(/^c=/, (line) => `${line}${EOL}b=AS: 500`),
  'bandwidth in lower case': onLine(/^c=/, (line) => `${line}${EOL}b=as:500`),
  'bandwidth for RTCP': onLine(/^c=/, (line) => `${line}${EOL}b=RS:0${EOL}b=RR:2000`),
  'b= of one word': onLine(/^c=/, (line) => `${line}${EOL}b=AS`),
  'rtcp with port 0': replace(/^a=rtcp:\d+/, 'a=rtcp:0'),
  'framerate and quality': behind('a=framerate:30', 'a=quality:10', 'a=content:main', 'a=label:7'),
  imageattr: behind('a=imageattr:* send * recv [x=1280,y=720]'),
  cryptex: behind('a=cryptex'),
  'candidate of another ufrag': behind('a=candidate:1 1 udp 2122260223 192.0.2.9 9000 typ host ufrag zzzz'),
  'candidate with port 0': behind('a=candidate:1 1 udp 2122260223 192.0.2.9 0 typ host'),
};
