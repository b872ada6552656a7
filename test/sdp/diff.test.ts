import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/sdp/change.ts';
import { diffSdp, isNoise } from '../../src/sdp/diff.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { work } from '../helpers/work.ts';
import { add, changes, edited, put, swap, told } from './diff/edits.ts';
import { steps } from './diff/scenarios.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const OFFER = 'chromium-156-offer-av-data';
const text = fixture(OFFER);
const offer = parseSdp(text);

/** Real lines to put into other descriptions. */
const someLines = fixtureNames.flatMap((name) => fixture(name).split('\r\n').slice(0, 60));

/** A real description with lines deleted, repeated, moved, replaced by real lines, or cut. */
const mutated = fc
  .record({
    name: fc.constantFrom(...fixtureNames.filter((name) => name !== 'chromium-156-offer-10-sections')),
    edits: fc.array(
      fc.record({
        what: fc.constantFrom('delete', 'repeat', 'replace', 'swap', 'chop'),
        at: fc.nat(400),
        other: fc.nat(400),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ name, edits }) => {
    const lines = fixture(name).split('\r\n');
    for (const { what, at, other } of edits) {
      const place = at % lines.length;
      const line = lines[place] ?? '';
      if (what === 'delete') lines.splice(place, 1);
      if (what === 'repeat') lines.splice(other % lines.length, 0, line);
      if (what === 'replace') lines[place] = someLines[other % someLines.length] ?? '';
      if (what === 'swap') lines.splice(place, 2, lines[place + 1] ?? '', line);
      if (what === 'chop') lines[place] = line.slice(0, -1 - (other % 5));
    }
    return { name, text: lines.join('\r\n') };
  });

const flat = (all: readonly Change[]): Change[] => all.flatMap((change) => [change, ...flat(change.folded ?? [])]);

/**
 * What a change looks like from the other side: before and after swap. A section that comes mirrors one that goes
 * (section-added and section-revived against section-rejected); every other class is its own mirror.
 */
function mirror(change: Change, swapped: boolean): string {
  const going = ['section-added', 'section-revived', 'section-rejected'].includes(change.class);
  const { before, after, lines } = change;
  const sides = [
    [before, lines.before],
    [after, lines.after],
  ];
  return JSON.stringify([going ? 'section' : change.class, change.path, swapped ? sides.reverse() : sides]);
}

const mirrored = (all: readonly Change[], swapped: boolean) =>
  flat(all)
    .map((change) => mirror(change, swapped))
    .sort();

describe('diffSdp', () => {
  it.each(fixtureNames)('finds nothing between %s and itself', (name) => {
    expect(diffSdp(parseSdp(fixture(name)), parseSdp(fixture(name)), { verbose: true })).toEqual([]);
  });

  it('finds nothing between any description and itself', () => {
    fc.assert(
      fc.property(mutated, (one) => diffSdp(parseSdp(one.text), parseSdp(one.text), { verbose: true }).length === 0),
      { numRuns: 60 },
    );
  });

  it('says the same backwards, for every real re-offer', () => {
    for (const { before, after } of steps) {
      expect(mirrored(diffSdp(before, after), false)).toEqual(mirrored(diffSdp(after, before), true));
    }
  });

  it('says the same backwards, for anything', () => {
    fc.assert(
      fc.property(mutated, mutated, fc.boolean(), (one, two, related) => {
        const before = parseSdp(one.text);
        const after = parseSdp(related ? two.text : fixture(one.name));
        expect(mirrored(diffSdp(before, after), false)).toEqual(mirrored(diffSdp(after, before), true));
      }),
      { numRuns: 150 },
    );
  });

  it('has plain JSON, printable sentences and lines that exist', () => {
    fc.assert(
      fc.property(mutated, mutated, (one, two) => {
        const before = parseSdp(one.text);
        const after = parseSdp(two.text);
        for (const change of flat(diffSdp(before, after, { verbose: true }))) {
          expect(JSON.parse(JSON.stringify(change))).toEqual(change);
          expect(change.sentence).toMatch(/^[\p{L}\p{N}].*\.$/u);
          expect(change.sentence).not.toMatch(/[\p{Cc}\p{Cf}]|undefined|NaN/u);
          expect(change.lines.before.every((line) => line >= 1 && line <= before.lines.length)).toBe(true);
          expect(change.lines.after.every((line) => line >= 1 && line <= after.lines.length)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not mind the order of attributes, of fmtp parameters, nor the case of codec names and fingerprints', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtureNames), fc.infiniteStream(fc.nat(1000)), (name, random) => {
        const head = (line: string) => /^[^a]=|^a=ssrc|^a=rid|^a=(group|fmtp:\d+ \d)/.test(line);
        const sections = fixture(name).split(/(?=^m=)/m);
        const next = () => Number(random.next().value);
        const shuffled = sections.map((section) => {
          const lines = section.split('\r\n').filter((line) => line !== '');
          const fixed = lines.filter(head);
          const free = lines.filter((line) => !head(line)).map((line) => ({ line: restyled(line), rank: next() }));
          free.sort((left, right) => left.rank - right.rank);
          return [...fixed, ...free.map((each) => each.line)].map((line) => `${line}\r\n`).join('');
        });
        expect(diffSdp(parseSdp(fixture(name)), parseSdp(shuffled.join('')))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

/** The same line in another style. */
function restyled(line: string): string {
  if (line.startsWith('a=fingerprint:')) return line.toLowerCase();
  if (line.startsWith('a=rtpmap:')) return line.replace(/ .*/, (encoding) => encoding.toUpperCase());
  if (!line.startsWith('a=fmtp:')) return line;
  const blank = line.indexOf(' ');
  return `${line.slice(0, blank)} ${line
    .slice(blank + 1)
    .split(';')
    .reverse()
    .join('; ')}`;
}

describe('options of diffSdp', () => {
  it('begins sentences with the name of the side', () => {
    const edits = [put(59, 'a=recvonly'), put(28, 'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1')];
    expect(changes(OFFER, edits, { who: 'alice' })).toEqual([
      'direction 1 59>59 alice stops sending video (sendrecv → recvonly).',
      'codec-param 0 28>28 opus: stereo=1 added.',
    ]);
  });

  it('tells text without meaning only on request', () => {
    const edits = [
      put(2, 'o=- 5866984642267230026 3 IN IP4 127.0.0.1'),
      put(9, 'c=IN IP4 192.0.2.7'),
      put(5, 'a=group:BUNDLE 0 2 1'),
    ];
    expect(changes(OFFER, edits)).toEqual([]);
    expect(changes(OFFER, edits, { verbose: true })).toEqual([
      'format - > Without meaning: o= version 2 → 3, order of mids in a group and default address in m-line 0.',
    ]);
    const [noise] = diffSdp(offer, parseSdp(edited(text, ...edits)), { verbose: true });
    expect(noise !== undefined && isNoise(noise)).toBe(true);
  });

  it('lets an offer say more than the answer before it', () => {
    const answer = parseSdp(
      edited(text, swap('a=setup:actpass', 'a=setup:active'), put(59, 'a=recvonly'), put(49), put(27)),
    );
    expect(told(diffSdp(answer, offer, { answerToOffer: true }))).toEqual([]);
    expect(diffSdp(answer, offer).map((change) => change.class)).toEqual([
      'dtls',
      'direction',
      'codec-param',
      'header-ext',
    ]);
  });

  it('compares transport and new sections with the newest description of the side', () => {
    const extra = [
      'm=audio 9 UDP/TLS/RTP/SAVPF 0',
      'c=IN IP4 0.0.0.0',
      'a=ice-ufrag:Q1HA',
      'a=ice-pwd:second',
      'a=setup:active',
      'a=mid:3',
      'a=recvonly',
    ];
    const restarted = [
      swap('Nivh', 'Q1HA'),
      swap('lYAZKoIZkybV+EMg7kWPDt6X', 'second'),
      put(5, 'a=group:BUNDLE 0 1 2 3'),
    ];
    const newest = parseSdp(edited(text, ...restarted, add(171, ...extra)));
    const next = parseSdp(
      edited(text, ...restarted, add(171, ...extra.slice(0, -1), 'a=inactive'), put(59, 'a=inactive')),
    );
    expect(told(diffSdp(offer, next, { transport: newest }))).toEqual([
      'direction 1 59>59 Stops sending and receiving video (sendrecv → inactive).',
      'direction 3 178>178 Stops receiving audio (recvonly → inactive).',
    ]);
    const [, third] = diffSdp(offer, next, { transport: newest });
    expect(third?.beforeIn).toBe('committed');
  });

  it('knows a slot is free when only the answer rejected it', () => {
    const edits = [put(169, 'a=mid:9'), put(5, 'a=group:BUNDLE 0 1 9')];
    expect(changes(OFFER, edits).map((line) => line.split(' ')[0])).toEqual(['order']);
    expect(changes(OFFER, edits, { recyclable: new Set([2]) })).toEqual([
      "section-recycled 9 162>162 Reuses m-line 2: data 'mid 2' → data 'mid 9' (SCTP port 5000).",
    ]);
  });

  it('is linear: 2,000 sections and 20,000 hostile lines take no time to speak of', () => {
    const section = (mid: number) =>
      `m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:${mid}\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\n`;
    const many = `v=0\r\n${Array.from({ length: 2000 }, (_unused, mid) => section(mid)).join('')}`;
    const odd = `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n${Array.from({ length: 20_000 }, (_unused, line) => `a=${['rid:a send', 'msid:s', 'ssrc:1 x:', 'x'][line % 4]}${line}\r\n`).join('')}`;
    const taken = work(() => {
      diffSdp(parseSdp(many), parseSdp(many.replaceAll('ufrag:u', 'ufrag:v').replaceAll('sendrecv', 'inactive')));
      diffSdp(parseSdp(odd), parseSdp(odd.replaceAll('1', '2')));
    });
    expect(taken).toBeLessThan(3000);
  });
});

it('a committed description that is the one compared with changes nothing', () => {
  fc.assert(
    fc.property(mutated, mutated, ({ text: before }, { text: after }) => {
      const [a, b] = [parseSdp(before), parseSdp(after)];
      expect(diffSdp(a, b, { transport: a })).toEqual(diffSdp(a, b));
    }),
    { numRuns: 60 },
  );
  const av1 = parseSdp(
    text.replace(
      /(m=video 9 UDP\/TLS\/RTP\/SAVPF)(.*?) 45 46(.*)/,
      (_, head, before, after) => `${head} 45 46${before}${after}`,
    ),
  );
  expect(diffSdp(offer, av1, { transport: offer }).map(({ sentence }) => sentence)).toEqual([
    'Codec order: now prefers AV1 over VP8.',
  ]);
});
