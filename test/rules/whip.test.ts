import { expect, test } from 'vitest';
import { a, anAnswer, anOffer, b } from '../../src/rules/example.ts';
import type { HttpMessage, TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from './conversation.ts';

const send = [{ kind: 'audio', direction: 'sendonly' }] as const;
const receive = [{ kind: 'audio', direction: 'recvonly' }] as const;
const FRAGMENT = { 'content-type': 'application/trickle-ice-sdpfrag' };

const whip = (line: TranscriptLine, http: HttpMessage): TranscriptLine => ({ ...line, protocol: 'whip', http });
const OFFER = whip(a.offers(anOffer(send)), { method: 'POST', headers: { 'content-type': 'application/sdp' } });
const answer = (status: number, headers: Record<string, string>) =>
  whip(b.answers(anAnswer(receive)), { method: 'POST', status, headers });
const ANSWER = answer(201, { location: '/s', etag: '"1"' });
const patch = (headers: Record<string, string>, more: object = {}): TranscriptLine => ({
  from: 'a',
  to: 'b',
  protocol: 'whip',
  http: { method: 'PATCH', headers },
  ...more,
});

function found(...lines: TranscriptLine[]) {
  const { findings } = hear(lines);
  return findings.filter(({ rule }) => rule === 'whip-whep-shape').map(({ event, message }) => `${event} ${message}`);
}

test('a sound exchange', () => {
  expect(found(OFFER, ANSWER, patch({ ...FRAGMENT, 'if-match': '"1"' }))).toEqual([]);
});

test('header names of the capture may have capitals, and a capture without headers proves nothing', () => {
  expect(found(OFFER, answer(201, { Location: '/s', ETag: '"1"' }))).toEqual([]);
  const bare = whip(b.answers(anAnswer(receive)), { method: 'POST', status: 201 });
  expect(found(OFFER, bare, { ...patch({}), http: { method: 'PATCH' } })).toEqual([]);
});

test('a refused POST needs no Location', () => {
  expect(
    found(OFFER, { from: 'b', to: 'a', protocol: 'whip', http: { method: 'POST', status: 403, headers: {} } }),
  ).toEqual([]);
});

test('PATCH without If-Match is said once', () => {
  expect(found(OFFER, ANSWER, patch(FRAGMENT), patch(FRAGMENT)).map((text) => text.slice(0, 40))).toEqual([
    '3 The PATCH request has no If-Match: the',
  ]);
});

test('PATCH although no ETag was given', () => {
  const [text] = found(OFFER, answer(201, { location: '/s' }), patch({ ...FRAGMENT, 'if-match': '"1"' }));
  expect(text).toMatch(/^3 PATCH is used although the response to POST had no ETag/);
});

test('a new user fragment is a restart and needs If-Match: *', () => {
  const restart = (match: string) => patch({ ...FRAGMENT, 'if-match': match }, { body: 'a=ice-ufrag:NEW1\r\n' });
  expect(found(OFFER, ANSWER, restart('*'))).toEqual([]);
  expect(found(OFFER, ANSWER, restart('"1"'))).toEqual([
    "3 The PATCH request restarts ICE (new ufrag 'NEW1') without If-Match: *.",
  ]);
  const known = patch({ ...FRAGMENT, 'if-match': '"1"' }, { body: 'a=ice-ufrag:aUf1\r\n' });
  expect(found(OFFER, ANSWER, known)).toEqual([]);
});

test('a WHEP server may answer 406 with an offer of its own', () => {
  const offer = { ...OFFER, ...a.offers(anOffer(receive)), protocol: 'whep' };
  const counter: TranscriptLine = {
    ...b.offers(anAnswer(send, { setup: 'actpass' })),
    protocol: 'whep',
    http: { method: 'POST', status: 406, headers: { location: '/s' } },
  };
  expect(found(offer, counter)).toEqual([]);
});
