/** A Jingle session as SDP (XEP-0167 6, XEP-0176, XEP-0320, XEP-0338), so that it can be compared and judged like any other. */
import { elementsNamed, type XmlElement } from './codecs/xml.ts';

/** Undefined if nothing in it can be a section. */
export function jingleSdp(jingle: XmlElement): string | undefined {
  const contents = jingle.children.filter(({ name }) => name === 'content');
  const initiator = jingle.attributes.action !== 'session-accept';
  const sections = contents.map((content) => section(content, initiator));
  if (contents.length === 0) return undefined;
  const [group] = elementsNamed(jingle.children, 'group');
  const bundled = group?.children.map(({ attributes }) => attributes.name ?? '').filter((name) => name !== '') ?? [];
  const origin = numberOf(`${jingle.attributes.sid ?? ''}${initiator ? 'i' : 'r'}`);
  const session = ['v=0', `o=- ${origin} 1 IN IP4 0.0.0.0`, 's=-', 't=0 0'];
  if (bundled.length > 0) session.push(`a=group:BUNDLE ${bundled.join(' ')}`);
  return `${[...session, ...sections.flat()].map(oneLine).join('\r\n')}\r\n`;
}

/** What a stranger put into an attribute cannot begin a new line. */
const oneLine = (line: string): string => line.replace(/[\r\n\0]/g, ' ');

/** An origin for a session id: the same for the same id. */
function numberOf(text: string): string {
  let hash = 0n;
  for (const character of text)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 4_611_686_018_427_387_904n;
  return String(hash);
}

const SENDERS: Readonly<Record<string, readonly [string, string]>> = {
  initiator: ['sendonly', 'recvonly'],
  responder: ['recvonly', 'sendonly'],
  none: ['inactive', 'inactive'],
};

function section({ attributes: { name = '', senders = 'both' }, children }: XmlElement, initiator: boolean): string[] {
  const description = children.find((one) => one.name === 'description');
  const transport = children.find((one) => one.name === 'transport');
  const sctp = transport?.children.find((one) => one.name === 'sctpmap');
  const media = description?.attributes.media ?? (name === 'audio' || name === 'video' ? name : 'application');
  const data = media === 'application';
  const types = description?.children.filter((one) => one.name === 'payload-type') ?? [];
  const formats = data ? 'webrtc-datachannel' : types.map(({ attributes }) => attributes.id).join(' ');
  const direction = SENDERS[senders]?.[initiator ? 0 : 1] ?? 'sendrecv';
  return [
    `m=${media} 9 ${data ? 'UDP/DTLS/SCTP' : 'UDP/TLS/RTP/SAVPF'} ${formats}`,
    'c=IN IP4 0.0.0.0',
    ...(data ? [] : ['a=rtcp:9 IN IP4 0.0.0.0']),
    ...transportLines(transport),
    `a=mid:${name}`,
    ...(data ? [`a=sctp-port:${sctp?.attributes.number ?? '5000'}`] : [`a=${direction}`, 'a=rtcp-mux']),
    ...(description?.children.filter((one) => one.name === 'rtp-hdrext') ?? []).map(
      ({ attributes: { id, uri } }) => `a=extmap:${id} ${uri}`,
    ),
    ...types.flatMap(payloadLines),
    ...(description?.children.filter((one) => one.name === 'source') ?? []).flatMap(sourceLines),
  ];
}

function transportLines(transport: XmlElement | undefined): string[] {
  const { ufrag, pwd } = transport?.attributes ?? {};
  const prints = transport?.children.filter(({ name }) => name === 'fingerprint') ?? [];
  const setup = prints.find(({ attributes }) => attributes.setup !== undefined)?.attributes.setup;
  return [
    ...(ufrag === undefined ? [] : [`a=ice-ufrag:${ufrag}`]),
    ...(pwd === undefined ? [] : [`a=ice-pwd:${pwd}`]),
    'a=ice-options:trickle',
    ...prints.map(({ attributes, text }) => `a=fingerprint:${attributes.hash ?? 'sha-256'} ${text.trim()}`),
    ...(setup === undefined ? [] : [`a=setup:${setup}`]),
    ...(transport?.children.filter(({ name }) => name === 'candidate') ?? []).map((one) => `a=${candidateLine(one)}`),
  ];
}

/** A candidate as RFC 8839 5.1 writes it. */
export function candidateLine({ attributes }: XmlElement): string {
  const { foundation = '0', component = '1', protocol = 'udp', priority = '0', ip = '', port = '0' } = attributes;
  const { type = 'host', generation, tcptype } = attributes;
  const [address, related] = [attributes['rel-addr'], attributes['rel-port']];
  return [
    `candidate:${foundation} ${component} ${protocol} ${priority} ${ip} ${port} typ ${type}`,
    ...(address === undefined ? [] : [`raddr ${address} rport ${related ?? '0'}`]),
    ...(tcptype === undefined ? [] : [`tcptype ${tcptype}`]),
    ...(generation === undefined ? [] : [`generation ${generation}`]),
  ].join(' ');
}

function payloadLines({ attributes, children }: XmlElement): string[] {
  const { id = '', name = '', clockrate = '90000', channels = '1' } = attributes;
  const parameters = children
    .filter((one) => one.name === 'parameter')
    .map(({ attributes: { name: key, value } }) => {
      return key === undefined || key === '' ? `${value}` : `${key}=${value}`;
    });
  return [
    `a=rtpmap:${id} ${name}/${clockrate}${channels === '1' ? '' : `/${channels}`}`,
    ...(parameters.length === 0 ? [] : [`a=fmtp:${id} ${parameters.join(';')}`]),
    ...children
      .filter((one) => one.name === 'rtcp-fb')
      .map(({ attributes: { type, subtype } }) => `a=rtcp-fb:${id} ${type}${subtype ? ` ${subtype}` : ''}`),
  ];
}

function sourceLines({ attributes: { ssrc }, children }: XmlElement): string[] {
  if (ssrc === undefined) return [];
  return children
    .filter(({ name }) => name === 'parameter')
    .map(({ attributes: { name, value } }) => `a=ssrc:${ssrc} ${name}${value === undefined ? '' : `:${value}`}`);
}
