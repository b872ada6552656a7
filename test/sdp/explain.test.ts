import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explainLine } from '../../src/sdp/explain.ts';
import { splitLines } from '../../src/sdp/lines.ts';
import { fixture, fixtureNames } from './fixtures.ts';

describe('explainLine', () => {
  const cases: [string, string, Record<string, string>][] = [
    ['a=rtcp-mux', 'rtcp-mux', {}],
    ['a=mid:0', 'mid', { mid: '0' }],
    ['a=ice-ufrag:007\r\n', 'ice-ufrag', { iceUfrag: '007' }],
    ['a=msid:- {x-1}', 'msid', { stream: '-', track: '{x-1}' }],
    ['a=rtpmap:111 opus/48000/2', 'rtpmap', { payload: '111', codec: 'opus', rate: '48000', encoding: '2' }],
    ['a=rtcp-fb:96 ccm tmmbr smaxpr=64', 'rtcp-fb', { payload: '96', type: 'ccm', parameter: 'tmmbr smaxpr=64' }],
    ['a=ice-options:ice2 trickle', 'ice-options', { options: 'ice2 trickle' }],
    [
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'm',
      { type: 'audio', port: '9', protocol: 'UDP/TLS/RTP/SAVPF', payloads: '111' },
    ],
    ['c=IN IP6 ::', 'c', { netType: 'IN', addressType: 'IP6', address: '::' }],
    ['a=simulcast:~broken', 'simulcast', { value: '~broken' }],
  ];
  it.each(cases)('%s', (line, name, fields) => {
    expect(explainLine(line)).toMatchObject({ name, fields });
    expect(Object.keys(explainLine(line)?.fields ?? {})).toEqual(Object.keys(fields));
  });

  it('names the pairs of a candidate', () => {
    const line = 'a=candidate:1 1 udp 5 ::1 6 typ host generation 0 ufrag RiWC network-cost 9';
    expect(explainLine(line)?.fields).toMatchObject({ address: '::1', ufrag: 'RiWC', 'network-cost': '9' });
  });

  it.each(['', 'garbage', 'a=', 'a=x-unknown:1', 'q=1', 'a=mid:0\r\na=mid:1'])('knows nothing about %j', (line) => {
    expect(explainLine(line)).toBeUndefined();
  });

  it('does not lose a long value', () => {
    const value = `1 send ${'[x=1]'.repeat(1000)}`;
    expect(explainLine(`a=imageattr:${value}`)?.fields).toEqual({ value });
  });

  it.each(fixtureNames)('knows every line of %s', (name) => {
    const unknown = splitLines(fixture(name)).filter(({ text }) => explainLine(text) === undefined);
    expect(unknown).toEqual([]);
  });
});

/** Every SDP line in the captures of a folder, however deep in JSON: backslashes stand before line breaks then. */
function capturedLines(folder: string): readonly string[] {
  const path = join(import.meta.dirname, '../fixtures', folder);
  const texts = readdirSync(path).map((name) => {
    const bytes = readFileSync(join(path, name));
    return (name.endsWith('.br') ? brotliDecompressSync(bytes) : bytes).toString('utf8');
  });
  const lines = texts.flatMap((text) => text.split(/(?:\\+r)?\\+n|\r?\n/));
  return [...new Set(lines.filter((line) => /^[a-z]=/.test(line)).map((line) => line.replace(/\\?["\\].*$/s, '')))];
}

describe('every line of every capture', () => {
  it.each(['sdp', 'sessions', 'healthy', 'negotiations', 'frames', 'ws', 'dumps'])('in %s is explained', (folder) => {
    const lines = capturedLines(folder);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => explainLine(line) === undefined)).toEqual([]);
  });
});
