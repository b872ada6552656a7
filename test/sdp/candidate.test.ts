import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCandidate, parseCandidate } from '../../src/sdp/candidate.ts';

const HOST = 'candidate:3271014299 1 udp 2122260223 192.168.50.10 46393 typ host';
const rare = {
  relatedAddress: undefined,
  relatedPort: undefined,
  tcpType: undefined,
  ufrag: undefined,
  generation: undefined,
  networkId: undefined,
  extensions: [],
};

describe('parseCandidate', () => {
  it('reads all fields of a host candidate', () => {
    expect(parseCandidate(HOST)).toEqual({
      foundation: '3271014299',
      component: 1,
      transport: 'udp',
      priority: 2122260223,
      address: '192.168.50.10',
      port: 46393,
      type: 'host',
      ...rare,
    });
  });

  const readable: [string, string, object][] = [
    ['the a= prefix', `a=${HOST}`, { address: '192.168.50.10' }],
    ['a line end behind it', `${HOST}\r\n`, { type: 'host' }],
    ['upper-case transport', HOST.replace('udp', 'UDP'), { transport: 'udp' }],
    ['ssltcp', HOST.replace('udp', 'ssltcp'), { transport: 'ssltcp' }],
    ['IPv6', HOST.replace('192.168.50.10', '2001:db8::1'), { address: '2001:db8::1' }],
    ['an mDNS name', HOST.replace('192.168.50.10', 'a-b.local'), { address: 'a-b.local' }],
    ['a redacted address', HOST.replace('192.168.50.10', 'x.x.x.x'), { address: 'x.x.x.x' }],
    ['a foundation that looks like a number', HOST.replace('3271014299', '007'), { foundation: '007' }],
    ['related address', `${HOST} raddr 0.0.0.0 rport 0`, { relatedAddress: '0.0.0.0', relatedPort: 0 }],
    ['TCP', `${HOST} tcptype passive`, { tcpType: 'passive' }],
    [
      'what libwebrtc appends',
      `${HOST} generation 0 ufrag RiWC network-id 1 network-cost 50`,
      { generation: 0, ufrag: 'RiWC', networkId: '1', extensions: [{ key: 'network-cost', value: '50' }] },
    ],
    ['a repeated pair', `${HOST} ufrag a ufrag b`, { ufrag: 'a', extensions: [{ key: 'ufrag', value: 'b' }] }],
    ['an odd last word', `${HOST} generation`, { extensions: [{ key: 'generation', value: '' }] }],
    ['a generation that is no number', `${HOST} generation x`, { extensions: [{ key: 'generation', value: 'x' }] }],
    ['a port out of range is left to the rules', HOST.replace('46393', '70000'), { port: 70000 }],
  ];
  it.each(readable)('accepts %s', (_name, text, expected) => {
    expect(parseCandidate(text)).toMatchObject(expected);
  });

  const unreadable: [string, string][] = [
    ['nothing', ''],
    ['a missing prefix', HOST.slice('candidate:'.length)],
    ['end-of-candidates', 'a=end-of-candidates'],
    ['a missing typ', HOST.replace(' typ host', '')],
    ['another word for typ', HOST.replace('typ', 'type')],
    ['a missing field', HOST.replace(' udp', '')],
    ['a port that is no number', HOST.replace('46393', 'port')],
    ['a negative priority', HOST.replace('2122260223', '-1')],
    ['a component in hex', HOST.replace(' 1 udp', ' 0x1 udp')],
    ['an rport that is no number', `${HOST} raddr 1.2.3.4 rport x`],
    ['two lines', `${HOST}\r\na=${HOST}`],
    ['JSON', JSON.stringify({ candidate: HOST })],
  ];
  it.each(unreadable)('refuses %s', (_name, text) => {
    expect(parseCandidate(text)).toBeUndefined();
  });

  it('never throws and never yields NaN', () => {
    const word = fc.constantFrom('1', 'x', 'udp', 'typ', 'host', 'raddr', 'rport', 'ufrag', '', '-1', '1e9');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (list) => {
        const read = parseCandidate(`candidate:${list.join(' ')}`);
        return read === undefined || Object.values(read).every((value) => !Number.isNaN(value));
      }),
    );
  });
});

describe('formatCandidate', () => {
  const lines = [
    HOST,
    `${HOST} generation 0 ufrag RiWC network-id 1 network-cost 50`,
    'candidate:1 1 tcp 1518280447 192.168.1.2 9 typ host tcptype active generation 0 ufrag a',
    'candidate:2 1 udp 1686052607 203.0.113.1 7 typ srflx raddr 10.0.0.1 rport 8 generation 0',
  ];
  it.each(lines)('writes back %s', (line) => {
    const read = parseCandidate(line);
    expect(read && formatCandidate(read)).toBe(line);
  });

  it('writes what reads the same again', () => {
    const word = fc.stringMatching(/^[a-z0-9.-]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), (rest) => {
        const read = parseCandidate(`${HOST} ${rest.join(' ')}`);
        if (read !== undefined) expect(parseCandidate(formatCandidate(read))).toEqual(read);
      }),
    );
  });
});
