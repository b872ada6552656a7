import { describe, expect, it } from 'vitest';
import {
  answerFits,
  continues,
  otherPeerConnection,
  restartsIce,
  sameEndpoint,
  scanOutline,
} from '../../src/core/outline.ts';
import { type Shape, sdp } from './conversation.ts';

const outline = (shape: Shape) => scanOutline(sdp(shape));
const AV = ['audio 0', 'video 1'];

describe('an outline', () => {
  it('names sections, credentials, certificate and origin', () => {
    const { readable, sessionId, fingerprints, sections, tag } = outline({ by: 'a', sections: AV });
    expect(readable).toBe(true);
    expect(sessionId).toMatch(/^\d+$/);
    expect(fingerprints.size).toBe(1);
    expect(sections.map(({ kind, mid, ufrag, rejected }) => [kind, mid, ufrag, rejected])).toEqual([
      ['audio', '0', 'a001', false],
      ['video', '1', 'a001', false],
    ]);
    expect(tag?.mid).toBe('0');
  });

  it('takes session-level credentials where a section has none', () => {
    const text =
      'v=0\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\nm=audio 9 RTP/AVP 0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:v\r\na=ice-pwd:q\r\n';
    expect(scanOutline(text).sections.map(({ ufrag, pwd }) => [ufrag, pwd])).toEqual([
      ['u', 'p'],
      ['v', 'q'],
    ]);
  });

  it('tells bundle-only from rejected, and skips the rejected for the tag', () => {
    const text =
      'v=0\na=group:BUNDLE a b c\nm=audio 0 X 0\na=mid:a\nm=audio 0 X 0\na=mid:b\na=bundle-only\nm=video 9 X 0\na=mid:c\n';
    const { sections, tag } = scanOutline(text);
    expect(sections.map(({ rejected }) => rejected)).toEqual([true, false, false]);
    expect(tag?.mid).toBe('b');
  });

  it('of a text that is no description is unreadable, not an error', () => {
    expect(scanOutline('[redacted]')).toMatchObject({ readable: false, sections: [], tag: undefined });
  });
});

describe('answerFits', () => {
  const cases: [string, readonly string[], boolean][] = [
    ['the same sections', AV, true],
    ['a rejected section', ['audio 0', 'video 1 rejected'], true],
    ['one section less', ['audio 0'], false],
    ['another kind', ['audio 0', 'audio 1'], false],
    ['another mid', ['audio 0', 'video 2'], false],
  ];
  it.each(cases)('%s: %j is %s', (_, sections, fits) => {
    expect(answerFits(outline({ by: 'a', sections: AV }), outline({ by: 'b', sections }))).toBe(fits);
  });

  it('a section without mid fits any', () => {
    const bare = scanOutline('v=0\r\nm=audio 9 X 0\r\n');
    expect(answerFits(outline({ by: 'a' }), bare)).toBe(true);
  });
});

describe('one endpoint or two', () => {
  const a = outline({ by: 'a' });
  it('the same credentials and certificate are a copy', () =>
    expect(sameEndpoint(a, outline({ by: 'a', version: 2 }))).toBe(true));
  it('a server with one certificate for all is not', () =>
    expect(sameEndpoint(a, outline({ by: 'a', ufrag: 'x' }))).toBe(false));
  it('nothing to compare is not', () => expect(sameEndpoint(scanOutline('v=0'), scanOutline('v=0'))).toBe(false));

  it('certificate, credentials and id all new are another peer connection', () => {
    expect(otherPeerConnection(a, outline({ by: 'c' }))).toBe(true);
  });
  it('new credentials alone are not', () =>
    expect(otherPeerConnection(a, outline({ by: 'a', ufrag: 'x' }))).toBe(false));
  it('a new certificate and id with old credentials are not', () => {
    expect(otherPeerConnection(a, outline({ by: 'c', ufrag: 'a001' }))).toBe(false);
  });
});

describe('continues', () => {
  const none = () => false;
  const before = outline({ by: 'a', sections: AV });
  it('more sections behind', () =>
    expect(continues(before, outline({ by: 'a', sections: [...AV, 'audio 2'] }), none)).toBe(true));
  it('not with fewer', () => expect(continues(before, outline({ by: 'a' }), none)).toBe(false));
  it('another mid only where the slot was free', () => {
    const after = outline({ by: 'a', sections: ['audio 0', 'audio 2'] });
    expect(continues(before, after, none)).toBe(false);
    expect(continues(before, after, (index) => index === 1)).toBe(true);
  });
});

describe('restartsIce', () => {
  const before = outline({ by: 'a', sections: AV });
  it('with new credentials of the tag', () =>
    expect(restartsIce(before, outline({ by: 'a', ufrag: 'x', sections: AV }))).toBe(true));
  it('not with the same', () => expect(restartsIce(before, outline({ by: 'a', sections: AV }))).toBe(false));
  it('not when the tag moved', () => {
    expect(restartsIce(before, outline({ by: 'a', ufrag: 'x', sections: ['audio 0 rejected', 'video 1'] }))).toBe(
      false,
    );
  });
});
