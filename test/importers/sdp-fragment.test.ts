import { expect, it } from 'vitest';
import { readFragment } from '../../src/importers/sdp-fragment.ts';

const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host';

it('candidates have the section and the credentials above them', () => {
  const text = `a=ice-ufrag:abcd\r\na=ice-pwd:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\na=${CANDIDATE}\r\na=end-of-candidates\r\n`;
  expect(readFragment(text)).toEqual([
    { type: 'candidate', candidate: CANDIDATE, mid: '1', ufrag: 'abcd' },
    { type: 'end-of-candidates', mid: '1', ufrag: 'abcd' },
  ]);
});

it('credentials of a section end with it', () => {
  const text = `m=audio 9 RTP/AVP 0\na=mid:0\na=ice-ufrag:one1\na=${CANDIDATE}\nm=video 9 RTP/AVP 0\na=${CANDIDATE}\n`;
  expect(readFragment(text)).toEqual([
    { type: 'candidate', candidate: CANDIDATE, mid: '0', ufrag: 'one1' },
    { type: 'candidate', candidate: CANDIDATE },
  ]);
});

it('any other text holds none', () => expect(readFragment('<html>\r\na=candidate')).toEqual([]));
