import { describe, expect, it } from 'vitest';
import { diffSdp } from '../../src/sdp/diff.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { summarise, summariseFirst } from '../../src/sdp/summary.ts';
import { add, type Edit, edited, put, swap } from './diff/edits.ts';
import { fixture } from './fixtures.ts';

const text = fixture('chromium-156-offer-av-data');
const label = (...edits: Edit[]) => summarise(diffSdp(parseSdp(text), parseSdp(edited(text, ...edits))));
const RESTART = [swap('Nivh', 'Q1HA'), swap('lYAZKoIZkybV+EMg7kWPDt6X', 'new')];
const VIDEO = add(171, 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:3', 'a=rtpmap:96 VP8/90000');

describe('labels for a row', () => {
  it.each<[string, Edit[], string]>([
    ['nothing', [], ''],
    ['candidates are not worth a word', [add(10, 'a=candidate:1 1 udp 1 192.0.2.7 5 typ host')], ''],
    ['restart', RESTART, 'ICE restart'],
    ['added', [VIDEO], '+video mid 3'],
    ['stopped', [put(39, 'm=video 0 UDP/TLS/RTP/SAVPF 96')], '-video mid 1'],
    ['hold', [put(21, 'a=sendonly'), put(59, 'a=inactive')], 'hold'],
    ['direction', [put(59, 'a=recvonly')], 'mid 1 recvonly'],
    ['a lite agent', [add(6, 'a=ice-lite')], 'ice-lite'],
    [
      'several, causes first',
      [...RESTART, VIDEO, put(59, 'a=recvonly')],
      '+video mid 3 · ICE restart · mid 1 recvonly',
    ],
    [
      'no more than four',
      [...RESTART, VIDEO, put(59, 'a=recvonly'), put(23), put(170, 'a=sctp-port:1')],
      '+video mid 3 · ICE restart · mid 1 recvonly · 2 more',
    ],
  ])('%s', (_name, edits, expected) => {
    expect(label(...edits)).toBe(expected);
  });

  it('says resume when a hold ends', () => {
    const held = parseSdp(edited(text, put(21, 'a=sendonly'), put(59, 'a=sendonly')));
    expect(summarise(diffSdp(held, parseSdp(text)))).toBe('resume');
  });

  it('says what a first offer wants', () => {
    expect(summariseFirst(parseSdp(text))).toBe('audio, video, data');
    expect(summariseFirst(parseSdp(fixture('chromium-156-offer-10-sections')))).toMatch(/^\d audio, \d video/);
    expect(summariseFirst(parseSdp('v=0\r\n'))).toBe('no media');
  });
});
