import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLines } from '../../src/sdp/lines.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection, Sdp } from '../../src/sdp/sdp.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const HEAD = ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0'];
const M = 'm=audio 9 UDP/TLS/RTP/SAVPF 0';
const sdp = (...lines: string[]): Sdp => parseSdp([...lines, ''].join('\r\n'));
const section = (...attributes: string[]): MSection => {
  const found = sdp(...HEAD, M, ...attributes).media[0];
  if (found === undefined) throw new Error('no section');
  return found;
};
const codes = (read: Sdp) => read.problems.map((problem) => `${problem.line} ${problem.code}`);

describe('attributes', () => {
  const cases: [string, string, Partial<Record<keyof MSection, unknown>>][] = [
    ['mid', 'a=mid:007', { mid: { value: '007', line: 6 } }],
    ['property attribute', 'a=rtcp-mux', { rtcpMux: 6, attributes: [{ name: 'rtcp-mux', value: undefined, line: 6 }] }],
    ['rtcp-rsize', 'a=rtcp-rsize', { rtcpRsize: 6 }],
    ['rtcp-mux-only', 'a=rtcp-mux-only', { rtcpMuxOnly: 6 }],
    ['end-of-candidates', 'a=end-of-candidates', { endOfCandidates: 6 }],
    ['direction', 'a=recvonly', { direction: 'recvonly', directionLine: 6 }],
    ['ptime', 'a=ptime:20', { ptime: { value: '20', line: 6 } }],
    ['maxptime', 'a=maxptime:60', { maxptime: { value: '60', line: 6 } }],
    ['sctp-port', 'a=sctp-port:5000', { sctpPort: { value: '5000', line: 6 } }],
    ['sctpmap', 'a=sctpmap:5000 webrtc-datachannel 1024', { sctpPort: { value: '5000', line: 6 } }],
    ['max-message-size', 'a=max-message-size:262144', { maxMessageSize: { value: '262144', line: 6 } }],
    ['msid without stream', 'a=msid:- {a-b}', { msids: [{ stream: '-', track: '{a-b}', line: 6 }] }],
    ['msid without track', 'a=msid:s', { msids: [{ stream: 's', track: undefined, line: 6 }] }],
    ['ssrc', 'a=ssrc:1 cname:a:b', { ssrcs: [{ ssrc: '1', attribute: 'cname', value: 'a:b', line: 6 }] }],
    ['ssrc msid', 'a=ssrc:1 msid:a b', { ssrcs: [{ ssrc: '1', attribute: 'msid', value: 'a b', line: 6 }] }],
    ['ssrc-group', 'a=ssrc-group:FID 1 2', { ssrcGroups: [{ semantics: 'FID', ssrcs: ['1', '2'], line: 6 }] }],
    [
      'extmap',
      'a=extmap:3/recvonly urn:x a=1 b',
      { extensions: [{ id: '3', uri: 'urn:x', direction: 'recvonly', config: 'a=1 b', line: 6 }] },
    ],
    [
      'rid',
      'a=rid:h send max-width=640;pt=96,97',
      {
        rids: [
          {
            id: 'h',
            direction: 'send',
            parameters: [
              { key: 'max-width', value: '640' },
              { key: 'pt', value: '96,97' },
            ],
            line: 6,
          },
        ],
      },
    ],
    [
      'candidate',
      'a=candidate:1 1 UDP 5 x.local 6 typ host',
      { candidates: [expect.objectContaining({ line: 6, value: expect.objectContaining({ transport: 'udp' }) })] },
    ],
    ['b=', 'b=TIAS:500000', { bandwidth: [{ modifier: 'TIAS', value: '500000', line: 6 }] }],
    ['c=', 'c=IN IP6 ::1', { connection: { netType: 'IN', addressType: 'IP6', address: '::1', line: 6 } }],
    ['i=', 'i=Camera', { title: 'Camera' }],
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

  it('reads rtpmap, fmtp and rtcp-fb into codecs', () => {
    const [codec] = section('a=rtpmap:0 PCMU/8000', 'a=fmtp:0 A=1; b = x=y ;0-15', 'a=rtcp-fb:0 nack pli').codecs;
    expect(codec).toMatchObject({ name: 'PCMU', clockRate: 8000, channels: 1, rtpmapLine: 6 });
    expect(codec?.fmtp[0]?.parameters).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: 'x=y' },
      { key: '0-15', value: '' },
    ]);
    expect(codec?.feedback).toEqual([{ payloadType: '0', type: 'nack pli', line: 8 }]);
  });

  const simulcast: [string, string, unknown][] = [
    [
      'both directions',
      'send q;h,~g recv f',
      [
        ['send', [['q'], ['h', '~g']]],
        ['recv', [['f']]],
      ],
    ],
    ['early draft', ' recv rid=1;2 paused=2', [['recv', [['1'], ['~2']]]]],
    ['payload types of an early draft', ' send pt=97', [['send', []]]],
  ];
  it.each(simulcast)('simulcast: %s', (_name, value, expected) => {
    const [read] = section(`a=simulcast:${value}`).simulcast;
    const lists = read?.lists.map(({ direction, streams }) => [
      direction,
      streams.map((stream) => stream.map(({ rid, paused }) => (paused ? `~${rid}` : rid))),
    ]);
    expect(lists).toEqual(expected);
  });

  it('keeps repeated and unknown attributes; the last of a single one counts', () => {
    const read = section('a=setup:active', 'a=x-new:1', 'a=setup:passive');
    expect(read.attributes.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'setup active',
      'x-new 1',
      'setup passive',
    ]);
    expect(read.ownDtls.setup).toEqual({ value: 'passive', line: 8 });
  });

  it('does not take names of Object.prototype for attributes', () => {
    expect(section('a=constructor:1', 'a=__proto__:2').attributes).toHaveLength(2);
  });
});

describe('levels', () => {
  it('reads the session part', () => {
    const read = sdp(
      ...HEAD,
      'a=group:BUNDLE 0 1',
      'a=extmap-allow-mixed',
      'a=sendonly',
      'a=ice-lite',
      'a=extmap:1 urn:x',
    );
    expect(read.origin).toMatchObject({ username: '-', sessionId: '1', sessionVersion: '2', line: 2 });
    expect(read.groups).toEqual([{ semantics: 'BUNDLE', mids: ['0', '1'], line: 5 }]);
    expect(read).toMatchObject({ sessionName: '-', extmapAllowMixed: true, direction: { value: 'sendonly', line: 7 } });
    expect(read.ice.lite).toEqual({ value: true, line: 8 });
    expect(read.extensions).toHaveLength(1);
  });

  it('fills in what a section does not state itself', () => {
    const session = [
      'a=ice-ufrag:s',
      'a=ice-pwd:s',
      'a=ice-lite',
      'a=fingerprint:sha-1 AA',
      'a=setup:active',
      'a=inactive',
    ];
    const read = sdp(...HEAD, ...session, M, M, 'a=ice-ufrag:own', 'a=fingerprint:sha-1 BB', 'a=sendrecv');
    const [first, second] = read.media;
    expect(first?.ownIce.ufrag).toBeUndefined();
    expect(first).toMatchObject({ direction: 'inactive', directionLine: 10, ice: { ufrag: { value: 's', line: 5 } } });
    expect(first?.dtls.fingerprints).toEqual(read.dtls.fingerprints);
    expect(second?.ice).toMatchObject({ ufrag: { value: 'own' }, pwd: { value: 's' }, lite: { value: true } });
    expect(second?.dtls.fingerprints.map((one) => one.digest)).toEqual(['BB']);
    expect(second?.dtls.setup?.value).toBe('active');
    expect(second?.direction).toBe('sendrecv');
  });

  it('tells rejected sections from bundle-only ones', () => {
    const read = sdp(...HEAD, 'm=audio 0 RTP/SAVPF 0', 'm=audio 0 RTP/SAVPF 0', 'a=bundle-only', M);
    expect(read.media.map((one) => [one.rejected, one.bundleOnly])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('knows the lines of each section', () => {
    const read = sdp(...HEAD, M, 'a=mid:0', 'a=sendrecv', M, 'a=mid:1');
    expect(read.media.map((one) => [one.index, one.line, one.lastLine])).toEqual([
      [0, 5, 7],
      [1, 8, 9],
    ]);
  });
});

describe('problems', () => {
  const cases: [string, string[], string[]][] = [
    ['nothing is wrong', [...HEAD, M], []],
    ['no section is fine', HEAD, []],
    ['only a blank line', [''], ['1 line-blank', '0 v-line', '0 o-line', '0 s-line', '0 t-line']],
    ['an escaped description', ['v=0\\r\\no=- 1 2'], ['1 v-line', '0 o-line', '0 s-line', '0 t-line']],
    ['version', ['v=1', ...HEAD.slice(1)], ['1 v-line']],
    ['missing lines', ['v=0'], ['0 o-line', '0 s-line', '0 t-line']],
    ['o= with a blank in the name', ['v=0', 'o=my user 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0'], ['2 o-line']],
    ['empty s=', ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=', 't=0 0'], ['3 s-line']],
    ['s= of one blank', ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's= ', 't=0 0'], []],
    ['t=', [...HEAD.slice(0, 3), 't=now'], ['4 t-line']],
    ['wrong order', ['v=0', 's=-', 'o=- 1 2 IN IP4 0.0.0.0', 't=0 0'], ['3 line-order']],
    ['b= behind a=', [...HEAD, 'a=group:BUNDLE 0', 'b=AS:5'], ['6 line-order']],
    ['a blank line', [...HEAD, '', M], ['5 line-blank']],
    ['garbage', [...HEAD, M, 'garbage'], ['6 line-syntax']],
    ['an indented line', [...HEAD, M, ' a=mid:0'], ['6 line-syntax']],
    ['an unknown letter', [...HEAD, 'q=1', M, 'y=1'], ['5 line-type', '7 line-type']],
    ['an attribute without name', [...HEAD, M, 'a='], ['6 attribute-name']],
    ['m= with too few fields', [...HEAD, 'm=audio 9 RTP/SAVPF'], ['5 m-fields']],
    ['m= port', [...HEAD, 'm=audio x RTP/SAVPF 0', 'm=audio 65536 RTP/SAVPF 0'], ['5 m-port', '6 m-port']],
    ['m= port count', [...HEAD, 'm=audio 9/2 RTP/SAVPF 0'], ['5 m-port-count']],
    ['m= payload type', [...HEAD, 'm=audio 9 RTP/SAVPF abc', 'm=audio 0 RTP/SAVPF abc'], ['5 m-format']],
    ['c=', [...HEAD, M, 'c=IN IP4'], ['6 c-line']],
    ['b=', [...HEAD, M, 'b=AS', 'b=AS:much'], ['6 b-line', '7 b-line']],
    ['candidate', [...HEAD, M, 'a=candidate:1 1 udp x 1.2.3.4 5 typ host'], ['6 bad-candidate']],
    ['rtpmap', [...HEAD, M, 'a=rtpmap:96', 'a=rtpmap:96 VP8/fast'], ['6 bad-rtpmap', '7 bad-rtpmap']],
    ['fmtp', [...HEAD, M, 'a=fmtp:96'], ['6 bad-fmtp']],
    ['rtcp-fb', [...HEAD, M, 'a=rtcp-fb:96'], ['6 bad-rtcp-fb']],
    ['extmap', [...HEAD, M, 'a=extmap:x urn:y', 'a=extmap:1/up urn:y'], ['6 bad-extmap', '7 bad-extmap']],
    ['fingerprint', [...HEAD, M, 'a=fingerprint:sha-256'], ['6 bad-fingerprint']],
    ['simulcast', [...HEAD, M, 'a=simulcast:', 'a=simulcast:both a'], ['6 bad-simulcast', '7 bad-simulcast']],
    ['sctp-port', [...HEAD, M, 'a=sctp-port:port'], ['6 bad-sctp-port']],
    ['empty values', [...HEAD, M, 'a=mid:', 'a=ice-ufrag'], ['6 bad-mid', '7 bad-ice-ufrag']],
    ['msid, ssrc, rid', [...HEAD, M, 'a=msid:', 'a=ssrc:1', 'a=rid:q'], ['6 bad-msid', '7 bad-ssrc', '8 bad-rid']],
    ['group, ssrc-group', [...HEAD, 'a=group:', M, 'a=ssrc-group:'], ['5 bad-group', '7 bad-ssrc-group']],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(codes(sdp(...lines))).toEqual([...expected].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)));
  });

  it('has one problem with the empty text', () => {
    expect(codes(parseSdp(''))).toEqual(['0 empty']);
  });

  it('keeps the text of a number it cannot read', () => {
    const read = sdp(...HEAD, 'm=audio nine RTP/SAVPF 96', 'a=ptime:soon', 'a=rtpmap:96 VP8/fast');
    expect(read.media[0]).toMatchObject({ port: Number.NaN, ptime: { value: 'soon' }, codecs: [{ clockRate: 0 }] });
    expect(read.lines[4]?.text).toContain('nine');
  });

  it('repeats no wire text in messages', () => {
    const read = sdp('v=\x1b[2J', M, 'a=candidate:\x1b', 'a=rtpmap:\x1b', 'a=mid', '\x1b');
    expect(read.problems.length).toBeGreaterThan(4);
    expect(read.problems.every(({ message }) => /^[\x20-\x7e]+$/.test(message))).toBe(true);
  });
});

describe('real descriptions', () => {
  it.each(fixtureNames)('%s has no problems', (name) => {
    const read = parseSdp(fixture(name));
    expect(read.problems).toEqual([]);
    expect(read.media.length).toBeGreaterThan(0);
    expect(read.media.flatMap((one) => one.codecs).filter((codec) => codec.name === '')).toEqual([]);
  });

  it('survives any mutation and loses nothing', () => {
    const names = fc.constantFrom(...fixtureNames.filter((name) => !name.includes('section')));
    const piece = fc.oneof(fc.constantFrom('\r', '\n', '=', ':', ' ', ';', '/', 'm=', 'a=', ''), fc.string());
    const edit = fc.tuple(fc.nat(6000), fc.nat(40), piece);
    fc.assert(
      fc.property(names, fc.array(edit, { minLength: 1, maxLength: 8 }), (name, edits) => {
        let text = fixture(name);
        for (const [at, cut, insert] of edits) text = text.slice(0, at) + insert + text.slice(at + cut);
        const read = parseSdp(text);
        expect(joinLines(read.lines)).toBe(text);
        const attributes = read.attributes.length + read.media.reduce((sum, one) => sum + one.attributes.length, 0);
        expect(attributes).toBe(read.lines.filter((line) => line.text.startsWith('a=')).length);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any text', () => {
    const token = fc.constantFrom(
      'm=',
      'a=',
      'v=0',
      '\r\n',
      '\n',
      'rtpmap:',
      'fmtp:',
      'simulcast:',
      'candidate:',
      ' ',
      '9',
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.oneof(token, fc.string()), { maxLength: 40 }));
    fc.assert(
      fc.property(text, (value) => {
        const whole = Array.isArray(value) ? value.join('') : value;
        expect(parseSdp(whole).text).toBe(whole);
      }),
    );
  });

  it('takes time in proportion to the size, for hostile texts too', () => {
    const attacks = [
      `${M}${' 1'.repeat(100_000)}`,
      [M + Array.from({ length: 20_000 }, (_, i) => ` ${i}`).join(''), ...Array(20_000).fill('a=rtcp-fb:* nack')].join(
        '\n',
      ),
      Array(50_000).fill(M).join('\n'),
      `${M}\na=fmtp:0 ${';='.repeat(200_000)}`,
      `${M}\na=simulcast:send ${'~,;'.repeat(100_000)}`,
      `${M}\na=candidate:${' '.repeat(400_000)}x`,
    ];
    const start = performance.now();
    for (const text of attacks) parseSdp(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
