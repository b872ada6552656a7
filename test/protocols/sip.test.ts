/** What SIP messages are made of. */
import { expect, it } from 'vitest';
import { listed, readAddress, readParameters, userOf } from '../../src/protocols/sip/address.ts';
import { fragmentOf, sdpOf } from '../../src/protocols/sip/body.ts';
import { createIdentity } from '../../src/protocols/sip/identity.ts';
import { sip } from '../../src/protocols/sip/index.ts';
import {
  callIdOf,
  cseqOf,
  headerOf,
  readSip,
  type SipMessage,
  valuesOf,
  writeSip,
} from '../../src/protocols/sip/message.ts';

function read(data: string): SipMessage {
  const message = readSip({ data, encoding: 'text', direction: 'in' });
  if ('fault' in message) throw new Error(message.fault);
  return message;
}

it('is recognised by its subprotocol and its frames', () => {
  expect(sip.detect({ subprotocol: 'sip' })).toBeGreaterThan(0.9);
  const frame = { encoding: 'text', direction: 'in' } as const;
  expect(sip.detect({ frame: { ...frame, data: 'OPTIONS sip:a SIP/2.0\r\n\r\n' } })).toBeGreaterThan(0.9);
  expect(sip.detect({ frame: { ...frame, data: '{"sip":"SIP/2.0"}' } })).toBe(0);
  expect(sip.detect({})).toBe(0);
});

it('reads headers in their short forms, folded, repeated and badly parted', () => {
  const message = read(
    'SIP/2.0 200 OK\nv: SIP/2.0/WS a;branch=1\nVia: SIP/2.0/WS b\ni:call\nf: "x"\n <sip:x@y>;tag=2\nCSeq:  7  INVITE\n\nbody',
  );
  expect(valuesOf(message, 'via')).toEqual(['SIP/2.0/WS a;branch=1', 'SIP/2.0/WS b']);
  expect(headerOf(message, 'From')).toBe('"x" <sip:x@y>;tag=2');
  expect(callIdOf(message)).toBe('call');
  expect(cseqOf(message)).toEqual({ number: 7, method: 'INVITE' });
  expect(message.body).toBe('body');
});

it('reads binary frames that hold text, and says what is none', () => {
  const data = btoa('ACK sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n');
  expect(readSip({ data, encoding: 'base64', direction: 'in' })).toMatchObject({ method: 'ACK', uri: 'sip:a@b' });
  expect(readSip({ data: '//8=', encoding: 'base64', direction: 'in' })).toEqual({ fault: 'binary frame' });
  expect(readSip({ data: 'x', encoding: 'text', direction: 'in' })).toEqual({ fault: 'not SIP' });
});

it('writes the length in bytes', () => {
  expect(writeSip('BYE sip:a SIP/2.0', [['To', 'x']], 'ä')).toBe(
    'BYE sip:a SIP/2.0\r\nTo: x\r\nContent-Length: 2\r\n\r\nä',
  );
});

it.each([
  [
    '"Bob, \\"B\\"" <sip:bob@x.org;transport=ws>;tag=1',
    { uri: 'sip:bob@x.org;transport=ws', tag: '1', display: 'Bob, \\"B\\"' },
  ],
  ['sip:bob@x.org;tag=1', { uri: 'sip:bob@x.org', tag: '1', display: '' }],
  ['<sip:x>', { uri: 'sip:x', tag: undefined, display: '' }],
  ['', { uri: '', tag: undefined, display: '' }],
])('reads the address %s', (value, address) => {
  expect(readAddress(value)).toEqual(address);
});

it('reads users, lists and parameters', () => {
  expect(['sip:bob@x', 'sips:x.org:5061;a=b', 'tel:+1', ''].map(userOf)).toEqual(['bob', 'x.org:5061', '', '']);
  expect(listed(['<sip:a,b>, "c, d" <sip:e>', '<sip:f>'])).toEqual(['<sip:a,b>', '"c, d" <sip:e>', '<sip:f>']);
  expect(readParameters('a="1, 2", B = c,d')).toEqual({ a: '1, 2', b: 'c' });
});

it('finds the description in a body of several parts', () => {
  const part =
    '--xx\r\nContent-Type: text/plain\r\n\r\nhello\r\n--xx\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n--xx--\r\n';
  const head = 'INVITE sip:a SIP/2.0\r\nContent-Type: multipart/mixed;boundary="xx"\r\n\r\n';
  expect(sdpOf(read(head + part))).toBe('v=0\r\ns=-\r\n');
  expect(sdpOf(read('INVITE sip:a SIP/2.0\r\nContent-Type: text/plain\r\n\r\nv=0'))).toBeUndefined();
  expect(sdpOf(read('INVITE sip:a SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n'))).toBeUndefined();
});

it('reads trickled candidates', () => {
  const head = 'INFO sip:a SIP/2.0\r\nContent-Type: application/trickle-ice-sdpfrag\r\n\r\n';
  const body =
    'a=ice-ufrag:u\r\na=ice-pwd:p\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=end-of-candidates\r\n';
  expect(fragmentOf(read(head + body), 'p')).toEqual([
    { type: 'candidate', pc: 'p', candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', mid: '0', ufrag: 'u' },
    { type: 'end-of-candidates', pc: 'p', mid: '0', ufrag: 'u' },
  ]);
});

it('makes addresses of what the user gives, and lets nothing break out of them', () => {
  const options = { as: 'a b<', now: 0, url: 'wss://user@sip.example.org:7443/ws', params: { display: 'A"\r\nB' } };
  const identity = createIdentity(options);
  expect(identity.name).toBe('"AB" <sip:a%20b%3C@sip.example.org>');
  expect(identity.via).toMatch(/^SIP\/2\.0\/WSS \w+\.invalid$/);
  expect(identity.uriOf('bob')).toBe('sip:bob@sip.example.org');
  expect(identity.uriOf('bob@x.org>\r\nEvil: 1')).toBe('sip:bob@x.orgEvil:1');
  expect(identity.instance).toMatch(/^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}>$/);
  expect(createIdentity({ as: 'x', now: 0, url: 'ws://[::1]:1/' }).domain).toBe('[::1]');
});
