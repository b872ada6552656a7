import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { IMPORTERS, readSession, sniffFormat } from '../../src/importers/index.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/negotiations');

describe('the list of formats', () => {
  it.each(IMPORTERS.map((importer) => [importer.name, importer] as const))(
    '%s claims its own example',
    (name, { example }) => {
      expect(sniffFormat(example)?.name).toBe(name);
      expect(readSession(example).format).toBe(name);
    },
  );

  const texts: [string, string, string | undefined][] = [
    ['nothing', '', 'session'],
    ['a shopping list', 'milk\nbread\n', undefined],
    ['other JSON', '{"name":"x","version":1}\n', undefined],
    ['a transcript whose first line is broken', '{"t":1,\n{"from":"a","bye":true}\n', 'transcript'],
    [
      'a transcript with a line longer than the head',
      `{"from":"a","type":"offer","sdp":"v=0${'x'.repeat(70_000)}`,
      'transcript',
    ],
    ['SDP behind a byte order mark', '\ufeffv=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n', 'sdp'],
    ['a HAR whose entries begin late', '{\n "log": {\n  "version": "1.2", "creator": {', 'har'],
    ['a dump that begins with devices', '{"getUserMedia":[{"request_type":"getUserMedia"', 'webrtc-internals'],
    ['a dump with its magic word', 'RTCStatsDump\n{"fileFormat":3}\n', 'rtcstats'],
    ['a dump of the first version', '["identity",null,{},1795247119400]\n', 'rtcstats'],
    ['a JSON array that is no dump', '["offer","room",{"a":1},5]\n', undefined],
    ['a page with descriptions', 'x\nPeerConnection ID:{x}\nLocal SDP\nTimestamp 1 (+ 0 ms)\nv=0\n', 'about-webrtc'],
    ['the JSON of one description', '{"type":"offer","sdp":"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\n"}', 'sdp'],
  ];
  it.each(texts)('%s', (_, text, format) => expect(sniffFormat(text)?.name).toBe(format));
});

describe('what cannot be read', () => {
  const read = (text: string) => () => readSession(text, 'call.txt');

  it('an unknown format names the place and what would be read', () => {
    expect(read('milk')).toThrow(
      expect.objectContaining({
        kind: 'input',
        code: 'INPUT_UNREADABLE',
        message: 'call.txt is in no format renego reads.',
        hint: expect.stringContaining('transcript'),
      }),
    );
  });

  it('a known format without one readable line says why', () => {
    expect(read('{"from":"a","bye":"maybe"}\n')).toThrow(
      'Nothing in call.txt can be read as transcript (one message a line): line 1 is neither a description, a candidate, a rollback nor a goodbye.',
    );
  });

  it('any text is read or refused with a RenegoError', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('v=0', '{"from":"a","bye":true}', '{"dir":"c2s","data":"{}"}'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        try {
          for (const event of readSession(lines.join('\n')).events) expect(event.seq).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RenegoError);
        }
      }),
    );
  });
});

describe('real negotiations', () => {
  /** What a reader of the capture finds: rounds as cause and state, glares as outcome. */
  const EXPECTED: Readonly<Record<string, { rounds: string; glares?: string }>> = {
    's01-initial-av-data__chromium-firefox': { rounds: 'first complete' },
    's02-add-video__chromium-chromium': { rounds: 'first complete, renegotiation complete ×3' },
    's04b-hold__chromium-chromium': { rounds: 'first complete, renegotiation complete ×2' },
    's05b-stop-recycle-kind__chromium-chromium': { rounds: 'first complete, renegotiation complete ×4' },
    's06-ice-restart-option__chromium-firefox': { rounds: 'first complete, ice-restart complete ×2' },
    's08-codec-h264__chromium-firefox': { rounds: 'first complete, renegotiation complete ×2' },
    's08d-codec-answerer__chromium-firefox': { rounds: 'first complete, renegotiation complete' },
    's10-glare-implicit__chromium-firefox': { rounds: 'first complete, renegotiation complete ×2' },
    's10c-glare-initial__chromium-chromium': { rounds: 'first complete, renegotiation complete' },
    's10d-glare-ice-restart__chromium-chromium': {
      rounds: 'first complete, ice-restart complete, renegotiation complete',
    },
    's10e-rollback-remote__chromium-chromium': {
      rounds: 'first complete, renegotiation rolled-back, renegotiation complete',
    },
    's13-reject-mline__chromium-chromium': { rounds: 'first complete, renegotiation complete' },
    's13d-reject-port0__aiortc-chromium': { rounds: 'first complete, renegotiation complete ×2' },
    's13d-reject-port0__chromium-chromium': { rounds: 'first complete, renegotiation complete ×2' },
    's16c-server-restart-offer__chromium-chromium': { rounds: 'first complete, new-pc complete' },
    's17-pranswer__chromium-chromium': { rounds: 'first complete' },
    's18-relay__chromium-firefox': { rounds: 'first complete, renegotiation complete' },
    'fuzz-glare-three-times': {
      rounds:
        'first complete, renegotiation complete, glare rolled-back, renegotiation complete, glare rolled-back, renegotiation complete, glare rolled-back',
      glares: 'first-won, first-won, first-won',
    },
    'fuzz-superseded-and-glare': {
      rounds:
        'first complete, ice-restart superseded, ice-restart complete, renegotiation complete ×2, glare rolled-back, renegotiation complete ×2',
      glares: 'first-won',
    },
  };

  it('are all described here', () => {
    expect(
      readdirSync(FIXTURES)
        .map((file) => file.replace('.ndjson', ''))
        .sort(),
    ).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s', (name, { rounds, glares = '' }) => {
    const { events } = readSession(readFileSync(join(FIXTURES, `${name}.ndjson`), 'utf8'));
    const model = events.reduce(reduce, emptyModel());
    const [session, ...others] = model.sessions.values();
    expect(others).toEqual([]);
    expect(session?.partial).toBe(false);
    expect(folded(session?.rounds.map(({ cause, state }) => `${cause} ${state}`) ?? [])).toBe(rounds);
    expect(session?.glares.map(({ outcome }) => outcome).join(', ')).toBe(glares);
    expect([...(session?.sides.values() ?? [])].map(({ signaling }) => signaling)).toEqual(['stable', 'stable']);
    expect(session?.descriptions.filter(({ status }) => status === 'stray')).toEqual([]);
  });
});

/** `x, y ×2` for x, y, y. */
function folded(words: readonly string[]): string {
  const runs: { word: string; count: number }[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.word === word) last.count += 1;
    else runs.push({ word, count: 1 });
  }
  return runs.map(({ word, count }) => (count === 1 ? word : `${word} ×${count}`)).join(', ');
}
