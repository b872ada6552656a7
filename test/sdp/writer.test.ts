import { describe, expect, it } from 'vitest';
import { parseSdp } from '../../src/sdp/parse.ts';
import { writerOf } from '../../src/sdp/writer.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const FIXTURE_WRITERS: Record<string, string> = {
  aiortc: 'aiortc',
  chromium: 'libwebrtc',
  firefox: 'firefox',
  gstreamer: 'gstreamer',
  janus: 'unknown',
  wrtc: 'libwebrtc',
};

describe('writerOf', () => {
  it.each(fixtureNames)('%s', (name) => {
    expect(writerOf(parseSdp(fixture(name)))).toBe(FIXTURE_WRITERS[name.split('-')[0] ?? '']);
  });

  const FINGERPRINT = 'a=fingerprint:sha-256 AA:BB';
  const section = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=setup:actpass', 'a=ice-ufrag:abcd', 'a=ice-pwd:x'];
  const cases: [string, string, string, string[]][] = [
    ['pion', '- 4215775240449105457 1700000000 IN IP4 0.0.0.0', '-', [FINGERPRINT, ...section]],
    ['libdatachannel', 'rtc 2935374263 0 IN IP4 127.0.0.1', '-', []],
    ['str0m', 'str0m-0.6.2 1234 2 IN IP4 0.0.0.0', '-', []],
    ['mediasoup-client', 'mediasoup-client 10000 1 IN IP4 0.0.0.0', '-', []],
    ['freeswitch', 'FreeSWITCH 1700 1701 IN IP4 192.0.2.1', 'FreeSWITCH', []],
    ['asterisk', 'root 1821 1821 IN IP4 192.0.2.1', 'Asterisk PBX 18', []],
    ['asterisk', '- 1821 3 IN IP4 192.0.2.1', 'Asterisk', []],
    ['kamailio', '- 1 1 IN IP4 192.0.2.1', 'Kamailio', []],
    ['rtpengine', '- 1 1 IN IP4 192.0.2.1', '-', ['a=rtpengine:4f2c']],
    ['gstreamer', '- 6013 0 IN IP4 0.0.0.0', '-', ['a=ice-options:trickle', 'a=group:BUNDLE audio0', ...section]],
    ['unknown', '- 6013 0 IN IP4 0.0.0.0', '-', ['a=msid-semantic:WMS *', ...section]],
    ['unknown', '', '', []],
  ];
  it.each(cases)('%s: o=%s', (writer, origin, name, rest) => {
    const text = ['v=0', `o=${origin}`, `s=${name}`, 't=0 0', ...rest, ''].join('\r\n');
    expect(writerOf(parseSdp(text))).toBe(writer);
  });
});
