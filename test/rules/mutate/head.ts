/** The text as a whole, the session part and m= lines, in ways a proxy, a template or a hand does it. */
import {
  ANY,
  after,
  chosen,
  DATA,
  EOL,
  linesOf,
  type Mutate,
  onLine,
  onSection,
  onSections,
  replace,
  textOf,
  whole,
} from './edit.ts';

const other = (sdp: string): string => sdp.replace(/^(o=\S+) \d+/m, '$1 77');
/** Each m= line, its port changed. */
const ports =
  (edit: (line: string, at: number) => string): Mutate =>
  (sdp) => {
    let at = -1;
    const lines = linesOf(sdp).map((line) => {
      if (line.startsWith('m=')) at += 1;
      return line.startsWith('m=') ? edit(line, at) : line;
    });
    return textOf(lines);
  };
const closed = (line: string): string => line.replace(/ \d+ /, ' 0 ');

export const head: Readonly<Record<string, Mutate>> = {
  'HTML for a line end': onLine(/^a=/, (line) => `${line}&#13;&#10;a=x-more`),
  'URL-encoded': whole((sdp) => encodeURIComponent(sdp)),
  base64: whole((sdp) => btoa(sdp)),
  'byte order mark in front': whole((sdp) => `\ufeff${sdp}`),
  'a JSON object around': whole((sdp) => JSON.stringify({ type: 'offer', sdp })),
  'a second description behind': whole((sdp) => sdp + other(sdp)),
  'carriage returns only': whole((sdp) => sdp.replaceAll(EOL, '\r')),
  'one line feed only': onLine(/^a=/, (line) => `${line}\nx-next`.replace('\nx-next', '\na=x-next')),
  'a second carriage return': whole((sdp) => sdp.replaceAll(EOL, '\r\r\n')),
  'an umlaut in a value': replace(/^a=msid-semantic:/, 'a=tool:Müller'),
  'an attribute in capitals': onLine(/^a=(?:ice-ufrag|setup|mid|rtcp-mux)/, (line) => {
    const [name = '', value] = line.split(':');
    return name.toUpperCase().replace('A=', 'a=') + (value === undefined ? '' : `:${value}`);
  }),
  'M= in capitals': replace(/^m=/, 'M='),
  'a blank before the colon': replace(/^(a=(?:mid|setup|ice-ufrag|rtpmap)):/, '$1 :'),
  'a blank behind the colon': replace(/^(a=(?:mid|setup|ice-ufrag|ice-pwd|fingerprint)):/, '$1: '),
  't= with one field': replace(/^t=0 0/, 't=0'),
  't= of words': replace(/^t=0 0/, 't=now then'),
  's= begins with a blank': replace(/^s=-/, 's= my call'),
  'i= in the session': after(/^s=/, 'i=a call'),
  'i= in a section': after(/^m=/, 'i=a picture'),
  'u=, e= and p=': after(/^s=/, 'u=http://example.org', 'e=a@example.org', 'p=+1 617 555 6011'),
  'e= before u=': after(/^s=/, 'e=a@example.org', 'u=http://example.org'),
  'r= and z=': after(/^t=/, 'r=7d 1h 0 25h', 'z=2882844526 -1h'),
  'k= in the session': after(/^t=/, 'k=clear:secret'),
  'k= in a section': after(/^c=/, 'k=prompt'),
  'b= before t=': onLine(/^t=/, (line) => `b=AS:500${EOL}${line}`),
  'c= in the session': onLine(/^t=/, (line) => `c=IN IP4 0.0.0.0${EOL}${line}`),
  'c= in the session only': (sdp) => sdp.replace(/^c=.*\r\n/gm, '').replace(/^t=/m, `c=IN IP4 0.0.0.0${EOL}t=`),
  'c= twice': onLine(/^c=/, (line) => `${line}${EOL}${line}`),
  'c= of IPv6': replace(/^c=.*/, 'c=IN IP6 ::'),
  'c= in lower case': replace(/^c=IN IP4/, 'c=in ip4'),
  'c= of another network': replace(/^c=IN/, 'c=ATM'),
  'c= with another address': replace(/^c=IN IP4 \S+/, 'c=IN IP4 203.0.113.7'),
  'c= with a bad address': replace(/^c=IN IP4 \S+/, 'c=IN IP4 1.2.3'),
  'o= with a huge id': replace(/^(o=\S+) \d+/, '$1 18446744073709551616'),
  'o= with a word as id': replace(/^(o=\S+) \d+/, '$1 abc'),
  'o= with a negative version': replace(/^(o=\S+ \d+) \d+/, '$1 -3'),
  'o= with an earlier version': replace(/^(o=\S+ \d+) \d+/, '$1 0'),
  'o= of IPv6': replace(/IN IP4 \S+$/, 'IN IP6 ::1'),
  'o= with seven fields': replace(/^o=.*/, '$& more'),
  'o= without a user': replace(/^o=\S+ /, 'o='),
  'a tab for a blank in m=': replace(/^(m=\S+) /, '$1\t'),
  'two blanks in m=': replace(/^(m=\S+ \d+) /, '$1  '),
  'a blank behind m=': replace(/^m=.*/, '$& '),
  'kind of media in capitals': onLine(/^m=/, (line) =>
    line.replace(/^m=\S+/, (text) => `m=${text.slice(2).toUpperCase()}`),
  ),
  'port 1': replace(/^(m=\S+) \d+/, '$1 1'),
  'port 65535': replace(/^(m=\S+) \d+/, '$1 65535'),
  'port with a plus': replace(/^(m=\S+) \d+/, '$1 +9'),
  'port 00009': replace(/^(m=\S+) \d+/, '$1 00009'),
  'all ports 0': ports(closed),
  'all ports but the first 0': ports((line, at) => (at === 0 ? line : closed(line))),
  'the first port 0, out of the group': (sdp) => {
    const mid = /^a=mid:(\S+)/m.exec(sdp)?.[1];
    if (mid === undefined) return undefined;
    return sdp.replace(/^(m=\S+) \d+/m, '$1 0').replace(new RegExp(`^(a=group:BUNDLE) ${mid}(?= |\r)`, 'm'), '$1');
  },
  'the last port 0, out of the group': (sdp) => {
    const mid = [...sdp.matchAll(/^a=mid:(\S+)/gm)].at(-1)?.[1];
    const last = sdp.lastIndexOf(`${EOL}m=`);
    if (mid === undefined || last < 0) return undefined;
    const text = sdp.slice(0, last) + sdp.slice(last).replace(/(m=\S+) \d+/, '$1 0');
    return text.replace(new RegExp(`^(a=group:BUNDLE.*?) ${mid}(?= |\r)`, 'm'), '$1');
  },
  'm=image': replace(/^m=(?:audio|video)/, 'm=image'),
  'm=message over TCP': onSection(ANY, (section) => section.replace(/^m=.*/, 'm=message 9 TCP/MSRP *')),
  'audio called video': replace(/^m=audio/, 'm=video'),
  'profile in lower case': onLine(/^m=(?:audio|video)/, (line) =>
    line.replace('UDP/TLS/RTP/SAVPF', 'udp/tls/rtp/savpf'),
  ),
  'profile over TCP': replace(/UDP\/TLS\/RTP\/SAVPF/, 'TCP/DTLS/RTP/SAVPF'),
  'profile without feedback': replace(/UDP\/TLS\/RTP\/SAVPF/, 'UDP/TLS/RTP/SAVP'),
  'profile RTP/SAVP': replace(/UDP\/TLS\/RTP\/SAVPF/, 'RTP/SAVP'),
  'profile RTP/AVPF': replace(/UDP\/TLS\/RTP\/SAVPF/, 'RTP/AVPF'),
  'data over TCP': replace(/UDP\/DTLS\/SCTP/, 'TCP/DTLS/SCTP'),
  'data without UDP': replace(/UDP\/DTLS\/SCTP/, 'DTLS/SCTP'),
  'data over plain SCTP': replace(/UDP\/DTLS\/SCTP/, 'SCTP'),
  'a second data section': onSections((sections) => {
    const data = sections.find((section) => DATA.test(section));
    return data === undefined ? undefined : [...sections, data.replace(/^a=mid:[^\r]*/m, 'a=mid:d2')];
  }),
  'a section of its own kind behind': onSections((sections, random) => {
    const one = chosen(random, sections);
    return one === undefined ? undefined : [...sections, one.replace(/^a=mid:[^\r]*/m, 'a=mid:new')];
  }),
};
