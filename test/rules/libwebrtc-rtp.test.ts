/**
 * What Chromium 156 said to descriptions whose payload types or header extensions were changed in one way, and what the
 * rules say: the fixture holds real conversations up to the description refused, or all of it where none was.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { libwebrtcReads, sessionFaults } from '../../src/rules/libwebrtc-rtp.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { hear } from './conversation.ts';

interface Row {
  readonly name: string;
  readonly chromium: string;
  readonly conversation: readonly TranscriptLine[];
}

const FIXTURE = new URL('../fixtures/broken/chromium-rtp.ndjson.br', import.meta.url);
const rows = brotliDecompressSync(readFileSync(FIXTURE))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

test.each(rows.map((row) => [row.name, row] as const))('Chromium: %s', (_name, { chromium, conversation }) => {
  const findings = hear(conversation).findings.filter(({ event }) => event === conversation.length);
  const quotes = findings.flatMap(({ refusedBy }) => (refusedBy.chrome ? [refusedBy.chrome.trimEnd()] : []));
  if (chromium === 'ok') expect(quotes).toEqual([]);
  else expect(quotes).toContain(chromium.trimEnd());
});

const section = (kind: string, formats: string, ...lines: readonly string[]) => {
  const head = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  const sdp = parseSdp([...head, `m=${kind} 9 UDP/TLS/RTP/SAVPF ${formats}`, ...lines, ''].join('\r\n'));
  return { sdp, section: sdp.media[0] ?? expect.unreachable() };
};

test('sections written alike are read alike; one that differs in a line is read by itself', () => {
  const good = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack'];
  const bad = [...good, 'a=rtcp-fb:97 nack'];
  const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', ...good, ...good, ...bad, ...good, ...bad, ''];
  const sdp = parseSdp(lines.join('\r\n'));
  const unnamed = sdp.media.map((media) => libwebrtcReads(sdp, media).unnamed.flatMap((one) => one.lines));
  expect(unnamed).toEqual([[], [], [14], [], [21]]);
});

describe('reading a section', () => {
  const reads = (...args: Parameters<typeof section>) => {
    const { sdp, section: media } = section(...args);
    return libwebrtcReads(sdp, media);
  };

  test('static audio numbers have a codec without a=rtpmap, static video numbers have none', () => {
    expect(reads('audio', '18', 'a=fmtp:18 annexb=no').unnamed).toEqual([]);
    expect(reads('video', '34', 'a=fmtp:34 x=1').unnamed).toEqual([{ payloadType: '34', lines: [6], listed: true }]);
  });

  test('an orphan is told from a codec without a name', () => {
    const [orphan] = reads('video', '96', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:55 nack').unnamed;
    expect(orphan).toMatchObject({ payloadType: '55', listed: false });
  });

  test('a second name for a number conflicts unless it is the same', () => {
    const { conflicts } = reads(
      'video',
      '96',
      'a=rtpmap:96 VP8/90000',
      'a=rtpmap:96 vp8/90000',
      'a=rtpmap:96 VP9/90000',
    );
    expect(conflicts).toMatchObject([{ payloadType: '96', first: 'VP8/90000', second: 'VP9/90000', fixed: false }]);
  });

  test.each([
    ['a=rtpmap:96', 'codec name is missing'],
    ['a=rtpmap:96 VP8/x', 'clock rate is no number'],
    ['a=fmtp:96', 'parameters are missing'],
    ['a=rtcp-fb:x nack', 'payload type is no number'],
    ['a=extmap:300 urn:x', 'id is not from 1 to 255'],
    ['a=extmap:x urn:x', 'id is no number'],
    ['a=extmap:3', 'URI is missing'],
  ])('%s: the %s', (line, flaw) => {
    expect(reads('video', '96', line).faults).toMatchObject([{ line: 6, text: line, flaw }]);
  });

  test('data sections have nothing to read', () => {
    expect(reads('application', '96', 'a=fmtp:x').faults).toEqual([]);
  });

  test('header extensions of the session part', () => {
    const sdp = parseSdp('v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=extmap:0 urn:x\r\na=extmap:1 urn:y\r\n');
    expect(sessionFaults(sdp).map(({ line }) => line)).toEqual([5]);
  });
});
