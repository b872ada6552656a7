import { expect, test } from 'vitest';
import { a, anAnswer, anOffer, b, edit, editSection } from '../../src/rules/example.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import {
  certificateChange,
  changeOf,
  chromeReads,
  firefoxReads,
  keepsIce,
  keptTransports,
  restartsIce,
  taggedSections,
} from '../../src/rules/transport.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { hear } from './conversation.ts';

const AV = ['audio', 'video'] as const;
const STOPPED = { kind: 'audio', rejected: true, direction: 'inactive' } as const;
const UNBUNDLED = [/a=group:BUNDLE.*\r\n/, ''] as const;

function last(...lines: TranscriptLine[]) {
  const description = hear(lines).model.described.all.at(-1);
  if (!description) throw new Error('no description');
  return description;
}

const settled = (again: string) => last(a.offers(anOffer(AV)), b.answers(anAnswer(AV)), a.offers(again));

/** The mids of transports that go on, with what became of their credentials. */
function kept(again: string) {
  const description = settled(again);
  const before = description.base?.transport;
  return before ? keptTransports(before, description).map((t) => [t.after.mid?.value, changeOf(t)]) : undefined;
}

test('one section stands for a bundle, each for itself without', () => {
  const tags = (sdp: string) => taggedSections(parseSdp(sdp)).map(({ mid }) => mid?.value);
  expect(tags(anOffer(AV))).toEqual(['0']);
  expect(tags(edit(anOffer(AV), UNBUNDLED))).toEqual(['0', '1']);
  expect(tags(anOffer([STOPPED, 'video']))).toEqual(['1']);
});

test('Firefox reads every section of an offer and the tag of an answer', () => {
  const offer = last(a.offers(anOffer(AV)));
  const answer = last(a.offers(anOffer(AV)), b.answers(anAnswer(AV)));
  expect(offer.sdp.media.map((section) => firefoxReads(offer, section))).toEqual([true, true]);
  expect(answer.sdp.media.map((section) => firefoxReads(answer, section))).toEqual([true, false]);
});

test('Chrome reads every section until a bundle is agreed, then its tag, and all again if that is stopped', () => {
  const first = last(a.offers(anOffer(AV)));
  const later = settled(anOffer(['audio', 'video', 'data'], { version: 3 }));
  expect(first.sdp.media.map((section) => chromeReads(first, section))).toEqual([true, true]);
  expect(later.sdp.media.map((section) => chromeReads(later, section))).toEqual([true, false, false]);
  const apart = settled(edit(anOffer(['audio', 'video', 'data'], { version: 3 }), ['BUNDLE 0 1 2', 'BUNDLE 0 1']));
  expect(apart.sdp.media.map((section) => chromeReads(apart, section))).toEqual([true, false, true]);
  const stopped = settled(anOffer([STOPPED, 'video'], { version: 3 }));
  expect(stopped.sdp.media.map((section) => chromeReads(stopped, section))).toEqual([false, true]);
});

test.each([
  ['the same credentials', anOffer(AV, { version: 3 }), [['0', 'none']]],
  ['a restart', anOffer(AV, { version: 3, generation: 2 }), [['0', 'both']]],
  ['half a restart', edit(anOffer(AV), ['aUf1', 'aUf2']), [['0', 'ufrag']]],
  ['a masked password', edit(anOffer(AV), [/a=ice-pwd:\S+/, 'a=ice-pwd:***']), [['0', 'unknown']]],
  ['the tag is stopped', anOffer([STOPPED, 'video'], { version: 3, generation: 2 }), []],
  ['another mid in the slot', editSection(anOffer(AV), '0', ['a=mid:0', 'a=mid:7']), []],
])('transports that go on: %s', (_name, again, expected) => {
  expect(kept(again)).toEqual(expected);
});

test('an offer restarts ICE, keeps it, or neither where the transport is another', () => {
  const judge = (again: string) => [restartsIce(settled(again)), keepsIce(settled(again))];
  expect(judge(anOffer(AV, { version: 3, generation: 2 }))).toEqual([true, false]);
  expect(judge(anOffer(AV, { version: 3 }))).toEqual([false, true]);
  expect(judge(anOffer([STOPPED, 'video'], { version: 3, generation: 2 }))).toEqual([false, false]);
});

test.each([
  ['same', anOffer()],
  ['same', edit(anOffer(), ['a=setup', 'a=fingerprint:sha-1 01:02\r\na=setup'])],
  ['changed', edit(anOffer(), ['A1:01', 'E7:55'])],
  ['unknown', edit(anOffer(), [/sha-256 \S+/, 'sha-256 ***'])],
  ['unknown', edit(anOffer(), ['sha-256', 'sha-512'])],
] as const)('the certificate is %s', (expected, sdp) => {
  const [before, after] = [anOffer(), sdp].map((text) => parseSdp(text).media[0]);
  if (!before || !after) throw new Error('no section');
  expect(certificateChange(before, after)).toBe(expected);
});
