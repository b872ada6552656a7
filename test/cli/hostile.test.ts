import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { IMPORTERS, readSession } from '../../src/importers/index.ts';
import { decodeSession } from '../../src/session/decode.ts';
import { encodeEvent, encodeHeader } from '../../src/session/format.ts';
import { dumpFixture, INTERNALS, oldRtcstats } from '../importers/dumps.ts';
import { renego } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [IN, OUT] = [join(folder, 'in'), join(folder, 'out.ndjson')];

const FIXTURE = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const RESTART = readSession(FIXTURE('sessions/ice-restart.ndjson'));
const SESSION = `${[encodeHeader(RESTART.header), ...RESTART.events.map(encodeEvent)].join('\n')}\n`;
const WHOLE: readonly (readonly [string, string])[] = [
  ['session', SESSION],
  ['transcript', FIXTURE('negotiations/s17-pranswer__chromium-chromium.ndjson')],
  ['frames', FIXTURE('frames/mdn.ndjson')],
  ['HAR', dumpFixture('devtools.har').toString()],
  ['webrtc-internals', INTERNALS],
  ['rtcstats', oldRtcstats()],
];

/** Converts the bytes to a session: what the user is told, and how many events are in it; undefined if there is no file. */
async function convert(bytes: string | Uint8Array) {
  writeFileSync(IN, bytes);
  rmSync(OUT, { force: true });
  const { code, stderr } = await renego(['convert', IN, OUT]);
  let events: ReturnType<typeof decodeSession>['events'] | undefined;
  try {
    events = decodeSession(readFileSync(OUT, 'utf8')).events;
  } catch {
    events = undefined;
  }
  return { code, stderr, events };
}

/** Read, or refused as unreadable with a stable code; never a crash, never an empty file left behind. */
async function survives(bytes: string | Uint8Array): Promise<number> {
  const { code, stderr, events } = await convert(bytes);
  expect([0, 4]).toContain(code);
  if (code === 4) expect(stderr).toMatch(/\[[A-Z_]+\]/);
  expect(events === undefined).toBe(code === 4);
  return events?.length ?? 0;
}

describe('cut at every tenth', () => {
  it.each(WHOLE)('%s: more of the file is never fewer events', async (_, text) => {
    const counts: number[] = [];
    for (let tenth = 0; tenth <= 10; tenth += 1) counts.push(await survives(text.slice(0, (text.length * tenth) / 10)));
    // A cut line or document is one problem more.
    for (let n = 1; n < counts.length; n += 1) expect((counts[n] ?? 0) + 1).toBeGreaterThanOrEqual(counts[n - 1] ?? 0);
    expect(counts[10]).toBeGreaterThan(5);
  });

  it.each(WHOLE)('%s, packed', async (_, text) => {
    const packed = gzipSync(text);
    const half = await survives(packed.subarray(0, packed.length / 2));
    expect(await survives(packed)).toBeGreaterThanOrEqual(half);
  });
});

const DEEP = '['.repeat(50_000);

describe('hostile input', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n'.repeat(100)],
    ['a million empty lines', '\n'.repeat(1_000_000)],
    ['a million empty lines and a session', '\n'.repeat(1_000_000) + SESSION],
    ['bytes', Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919 + (i >> 8)) & 255)],
    ['NUL', '\0'.repeat(1000)],
    ['deep nesting', DEEP],
    [
      'a deep foreign member',
      `${SESSION}{"seq":900,"t":9e5,"kind":"mark","from":"a","to":"a","text":"x","foreign":${DEEP}${']'.repeat(50_000)}}\n`,
    ],
    [
      'a deep argument',
      `${SESSION}{"seq":900,"t":9e5,"kind":"call","from":"a","to":"a","pc":"x","name":"y","args":${DEEP}${']'.repeat(50_000)}}\n`,
    ],
    [
      'a deep kind nobody knows',
      `${SESSION}{"seq":900,"t":9e5,"kind":"new","from":"a","to":"a","x":${DEEP}${']'.repeat(50_000)}}\n`,
    ],
    [
      'a deep line in a transcript',
      `{"from":"a","type":"offer","sdp":"v=0\\r\\n"}\n{"from":"a","type":${DEEP}${']'.repeat(50_000)}}\n`,
    ],
    ['huge numbers', SESSION.replace(/"t":\d+/g, '"t":1e308').replace(/"seq":(\d+)/g, '"seq":1e99')],
    ['lone surrogates', `{"from":"\\ud800","type":"offer","sdp":"v=0\\r\\n\\udfff"}\n`],
    ['NUL in a session', SESSION.replaceAll('"offer"', '"of\\u0000fer"')],
    ['a HAR of numbers', '{"log":{"entries":[1,null,{"request":1e999,"response":[]}]}}'],
  ])('%s', async (_, bytes) => void (await survives(bytes)));

  it('a newer session is refused, and says what to do', async () => {
    const { code, stderr } = await convert(SESSION.replace('"format":1', '"format":2'));
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringMatching(/newer renego .*\[SESSION_NEWER\]\n.*Update/s),
    });
  });

  it('a gzip bomb is read no further, what stands before it is kept', async () => {
    const bomb = gzipSync(Buffer.alloc(600 * 1024 * 1024, 0x20));
    const { code, stderr, events } = await convert(Buffer.concat([gzipSync(SESSION), bomb]));
    expect(code).toBe(0);
    expect(stderr).toMatch(/\[TOO_LARGE\]/);
    expect(events?.slice(0, RESTART.events.length)).toEqual(RESTART.events);
    expect(events?.at(-1)).toMatchObject({ kind: 'problem', code: 'TOO_LARGE' });
  });

  it('a damaged gzip file keeps what stands before the damage', async () => {
    const second = gzipSync(SESSION.slice(SESSION.indexOf('\n') + 1));
    second.fill(0xff, 20, 60);
    const { stderr, events } = await convert(Buffer.concat([gzipSync(SESSION), second]));
    expect(stderr).toMatch(/\[GZIP_DAMAGED\]/);
    // The last half kilobyte before the damage, packed, may be lost.
    const kept = RESTART.events.length - 3;
    expect(events?.slice(0, kept)).toEqual(RESTART.events.slice(0, kept));
    expect(events?.at(-1)).toMatchObject({ kind: 'problem', code: 'GZIP_DAMAGED' });
  });

  it('every example of a format is read', async () => {
    for (const { example } of IMPORTERS) expect(await survives(example)).toBeGreaterThan(0);
  });
});
