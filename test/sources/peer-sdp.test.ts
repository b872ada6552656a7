import { describe, expect, test } from 'vitest';
import { isOfAnother, rejecting } from '../../src/sources/peer-sdp.ts';

const sdp = (session: string, ...certificates: string[]): string =>
  [`v=0`, `o=- ${session} 2 IN IP4 127.0.0.1`, ...certificates.map((one) => `a=fingerprint:sha-256 ${one}`), ''].join(
    '\r\n',
  );

describe('an offer of another peer connection', () => {
  test.each([
    ['another session id and certificate', sdp('2', 'BB'), sdp('1', 'AA'), true],
    ['another session id, same certificate (kept by the application)', sdp('2', 'AA'), sdp('1', 'AA'), false],
    ['same session id, another certificate', sdp('1', 'BB'), sdp('1', 'AA'), false],
    ['same in other letters', sdp('2', 'aa'), sdp('1', 'AA'), false],
    ['one certificate of several is known', sdp('2', 'BB', 'AA'), sdp('1', 'AA', 'CC'), false],
    ['nothing was described before', sdp('2', 'BB'), '', false],
    ['an offer without certificate', sdp('2'), sdp('1', 'AA'), false],
    ['an offer without any line', 'hello', sdp('1', 'AA'), false],
  ])('%s: %#', (_title, offer, last, expected) => {
    expect(isOfAnother(offer, last)).toBe(expected);
  });
});

test('an answer that rejects sections: port 0, inactive, out of the bundle; the others stay as they are', () => {
  const section = (mid: number) => `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${mid}\r\na=sendrecv\r\n`;
  const answer = (bundle: string, ...sections: string[]) => `v=0\r\na=group:BUNDLE${bundle}\r\n${sections.join('')}`;
  const whole = answer(' 0 1 10', section(0), section(1), section(10));
  const rejected = section(1).replace('video 9', 'video 0').replace('sendrecv', 'inactive');
  expect(rejecting(whole, new Set(['1']))).toBe(answer(' 0 10', section(0), rejected, section(10)));
  expect(rejecting(whole, new Set())).toBe(whole);
});
