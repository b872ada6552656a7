import { expect, test } from 'vitest';
import { a, anAnswer, anOffer, b, edit, editSection } from '../../src/rules/example.ts';
import { hadMux, muxless, muxRefusal } from '../../src/rules/rtcp-mux.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from './conversation.ts';

const MUX = ['a=rtcp-mux\r\n', ''] as const;

function last(...lines: TranscriptLine[]) {
  const [description] = hear(lines, []).model.described.get(lines.length) ?? [];
  if (!description) throw new Error('no description');
  return description;
}

test('sections without it: not rejected ones, not data, not those without DTLS', () => {
  const sections = ['audio', 'video', 'data', { kind: 'video', rejected: true }] as const;
  const sdp = edit(anOffer(sections), MUX, MUX, MUX);
  expect(muxless(last(a.offers(sdp))).map(({ index }) => index)).toEqual([0, 1]);
  const plain = edit(sdp, [/a=fingerprint:.*\r\n/, ''], ['UDP/TLS/RTP/SAVPF', 'RTP/AVP']);
  expect(muxless(last(a.offers(plain))).map(({ index }) => index)).toEqual([1]);
});

test('an answer need not have what was not offered', () => {
  expect(muxless(last(a.offers(edit(anOffer(), MUX)), b.answers(edit(anAnswer(), MUX))))).toEqual([]);
});

test('Chrome names the bundle, or the section that is in none; Firefox the place', () => {
  const bundled = last(a.offers(editSection(anOffer(['audio', 'video']), '1', MUX)));
  expect(muxRefusal(bundled, muxless(bundled))).toEqual({
    chrome: expect.stringMatching(/remote offer sdp: rtcp-mux must be enabled when BUNDLE is enabled\.$/),
    firefox: 'InvalidAccessError: m-section at level 1 is missing a=rtcp-mux, which is required by rtcpMuxPolicy',
  });
  const alone = last(a.offers(edit(anOffer(), MUX, ['a=group:BUNDLE 0\r\n', ''])));
  expect(muxRefusal(alone, muxless(alone)).chrome).toMatch(
    /The m= section with mid='0' is invalid\. RTCP-MUX is not enabled when it is required\.$/,
  );
});

test('Chrome stops at a missing user fragment before, Firefox does not', () => {
  const bare = last(a.offers(edit(anOffer(), MUX, [/a=ice-ufrag:.*\r\n/, ''], [/a=ice-pwd:.*\r\n/, ''])));
  expect(Object.keys(muxRefusal(bare, muxless(bare)))).toEqual(['firefox']);
});

test('the committed description before had it', () => {
  const again = edit(anOffer(['audio'], { version: 3 }), MUX);
  const description = last(a.offers(anOffer()), b.answers(anAnswer()), a.offers(again));
  expect(muxless(description).map((section) => hadMux(description, section))).toEqual([true]);
  const first = last(a.offers(edit(anOffer(), MUX)));
  expect(muxless(first).map((section) => hadMux(first, section))).toEqual([false]);
});
