import { describe, expect, it } from 'vitest';
import { agree, agreeing } from '../../src/sdp/agreement.ts';
import { diffing, diffSdp } from '../../src/sdp/diff.ts';
import { diffingLines, diffLines } from '../../src/sdp/line-diff.ts';
import { parseSdp, parsing } from '../../src/sdp/parse.ts';
import { finished, type Steps } from '../../src/sdp/steps.ts';

const section = (mid: number): string =>
  [
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=sendrecv',
    'a=rtpmap:111 opus/48000/2',
    ...Array.from({ length: 45 }, (_, line) => `a=x-${mid}:${line}`),
  ].join('\r\n');

/** A description of so many sections of fifty lines each. */
const described = (sections: number): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    ...Array.from({ length: sections }, (_, mid) => section(mid)),
    '',
  ].join('\r\n');

/** How many steps it takes, and what comes of it. */
function counted<T>(steps: Steps<T>): readonly [number, T] {
  let count = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return [count, step.value];
    count += 1;
  }
}

describe('in steps', () => {
  const [text, other] = [described(40), described(40).replaceAll('a=sendrecv', 'a=recvonly')];

  it('a description is read as it is at once, its lines and sections in steps of a bounded number', () => {
    const [few, sdp] = counted(parsing(text));
    expect(sdp).toEqual(parseSdp(text));
    const [many] = counted(parsing(described(400)));
    expect(many / few).toBeGreaterThan(8);
    expect(many / few).toBeLessThan(12);
  });

  it('two are compared as they are at once', () => {
    const [before, after] = [parseSdp(text), parseSdp(other)];
    const [count, changes] = counted(diffing(before, after));
    expect(count).toBeGreaterThan(10);
    expect(changes).toEqual(diffSdp(before, after));
    expect(changes).toHaveLength(40);
  });

  it('offer and answer are joined section by section', () => {
    const [offer, answer] = [parseSdp(text), parseSdp(other)];
    expect(counted(agreeing(offer, answer))).toEqual([40, agree(offer, answer)]);
  });

  it('lines are compared as they are at once', () => {
    const [before, after] = [text.split('\r\n'), text.replaceAll('x-1', 'y').split('\r\n')];
    const [count, edits] = counted(diffingLines(before, after));
    expect(count).toBeGreaterThan(3);
    expect(edits).toEqual(diffLines(before, after));
  });

  it('all of them can be done at once', () => {
    const steps = function* (): Steps<string> {
      yield;
      yield;
      return 'done';
    };
    expect(finished(steps())).toBe('done');
  });
});
