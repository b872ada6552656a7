import { describe, expect, it } from 'vitest';
import type { MSection } from '../../../src/sdp/sdp.ts';
import { HEAD, M, problems, section } from '../text.ts';

describe('transport attributes', () => {
  const cases: [string, string, Partial<Record<keyof MSection, unknown>>][] = [
    ['mid', 'a=mid:007', { mid: { value: '007', line: 6 } }],
    ['property attribute', 'a=rtcp-mux', { rtcpMux: 6, attributes: [{ name: 'rtcp-mux', value: undefined, line: 6 }] }],
    ['rtcp-rsize', 'a=rtcp-rsize', { rtcpRsize: 6 }],
    ['rtcp-mux-only', 'a=rtcp-mux-only', { rtcpMuxOnly: 6 }],
    ['end-of-candidates', 'a=end-of-candidates', { endOfCandidates: 6 }],
    ['ptime', 'a=ptime:20', { ptime: { value: '20', line: 6 } }],
    ['maxptime', 'a=maxptime:60', { maxptime: { value: '60', line: 6 } }],
    ['sctp-port', 'a=sctp-port:5000', { sctpPort: { value: '5000', line: 6 } }],
    ['sctpmap', 'a=sctpmap:5000 webrtc-datachannel 1024', { sctpPort: { value: '5000', line: 6 } }],
    ['max-message-size', 'a=max-message-size:262144', { maxMessageSize: { value: '262144', line: 6 } }],
    [
      'candidate',
      'a=candidate:1 1 UDP 5 x.local 6 typ host',
      { candidates: [expect.objectContaining({ line: 6, value: expect.objectContaining({ transport: 'udp' }) })] },
    ],
  ];
  it.each(cases)('%s', (_name, line, expected) => {
    expect(section(line)).toMatchObject(expected);
  });

  it('reads ICE and DTLS', () => {
    const { ownIce, ownDtls } = section(
      'a=ice-ufrag:1234',
      'a=ice-pwd:p+/',
      'a=ice-options:ice2,trickle renomination',
      'a=fingerprint:SHA-256 aa:bb',
      'a=fingerprint:sha-1 CC',
      'a=setup:actpass',
      'a=tls-id:t',
    );
    expect(ownIce.ufrag).toEqual({ value: '1234', line: 6 });
    expect(ownIce.pwd).toEqual({ value: 'p+/', line: 7 });
    expect(ownIce.options?.value).toEqual(['ice2', 'trickle', 'renomination']);
    expect(ownDtls.fingerprints).toEqual([
      { hash: 'sha-256', digest: 'AA:BB', line: 9 },
      { hash: 'sha-1', digest: 'CC', line: 10 },
    ]);
    expect(ownDtls.setup).toEqual({ value: 'actpass', line: 11 });
    expect(ownDtls.tlsId).toEqual({ value: 't', line: 12 });
  });

  const unreadable: [string, string[], string[]][] = [
    ['candidate', [...HEAD, M, 'a=candidate:1 1 udp x 1.2.3.4 5 typ host'], ['6 bad-candidate']],
    ['fingerprint', [...HEAD, M, 'a=fingerprint:sha-256'], ['6 bad-fingerprint']],
    ['sctp-port', [...HEAD, M, 'a=sctp-port:port'], ['6 bad-sctp-port']],
    ['empty values', [...HEAD, M, 'a=mid:', 'a=ice-ufrag'], ['6 bad-mid', '7 bad-ice-ufrag']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
