/** Small descriptions for table tests. The m= line of `section` is line 5, its first attribute line 6. */
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection, Sdp } from '../../src/sdp/sdp.ts';

export const HEAD = ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0'];
export const M = 'm=audio 9 UDP/TLS/RTP/SAVPF 0';

export const sdp = (...lines: string[]): Sdp => parseSdp([...lines, ''].join('\r\n'));

export function section(...attributes: string[]): MSection {
  const found = sdp(...HEAD, M, ...attributes).media[0];
  if (found === undefined) throw new Error('no section');
  return found;
}

/** The problems as `<line> <code>`, by line. */
export const problems = (...lines: string[]): string[] =>
  sdp(...lines).problems.map((problem) => `${problem.line} ${problem.code}`);
