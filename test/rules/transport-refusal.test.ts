import { expect, test } from 'vitest';
import { a, anOffer, edit, editSection } from '../../src/rules/example.ts';
import { namesFingerprint, transportRefusal } from '../../src/rules/transport-refusal.ts';
import { hear } from './conversation.ts';

const ALL = ['ufrag', 'pwd', 'fingerprint', 'setup'] as const;
const NO_UFRAG = [/a=ice-ufrag:.*\r\n/, ''] as const;
const NO_FINGERPRINT = [/a=fingerprint:.*\r\n/, ''] as const;

function offered(sdp: string) {
  const [description] = hear([a.offers(sdp)]).model.described.get(1) ?? [];
  if (!description) throw new Error('no description');
  return description;
}

const said = (sdp: string) => transportRefusal(offered(sdp), ALL);

test('a sound offer is not refused', () => {
  expect(said(anOffer(['audio', 'video']))).toEqual({});
});

test('Chrome misses the certificate first, Firefox the user fragment', () => {
  const sdp = edit(anOffer(), NO_UFRAG, NO_FINGERPRINT);
  expect(said(sdp).chrome).toMatch(/: Called with SDP without DTLS fingerprint\.$/);
  expect(said(sdp).firefox).toBe('InvalidAccessError: Invalid description, no ice-ufrag attribute at level 0');
  expect(transportRefusal(offered(sdp), ['fingerprint']).firefox).toBeUndefined();
});

test('the bundled section of an offer counts for Firefox; for Chrome only if half of it is missing', () => {
  const half = editSection(anOffer(['audio', 'video']), '1', NO_UFRAG);
  expect(said(half).chrome).toMatch(/mid='1': Invalid ICE parameters: ICE ufrag must be between 4 and 256 characters/);
  expect(said(half).firefox).toMatch(/no ice-ufrag attribute at level 1$/);
  const whole = editSection(half, '1', [/a=ice-pwd:.*\r\n/, '']);
  expect(said(whole).chrome).toBeUndefined();
  expect(said(whole).firefox).toMatch(/no ice-ufrag attribute at level 1$/);
});

test('a masked value is none to judge', () => {
  expect(said(edit(anOffer(), [/a=ice-pwd:\S+/, 'a=ice-pwd:***'], [/a=fingerprint:.*/, 'a=fingerprint:***']))).toEqual(
    {},
  );
});

test('a fingerprint is named in the section or in the session', () => {
  const line = 'a=fingerprint:sha-256 A1:02\r\n';
  const named = (sdp: string) => offered(sdp).sdp.media.map((section) => namesFingerprint(offered(sdp), section));
  expect(named(anOffer())).toEqual([true]);
  expect(named(edit(anOffer(), NO_FINGERPRINT))).toEqual([false]);
  expect(named(edit(anOffer(), NO_FINGERPRINT, ['t=0 0\r\n', `t=0 0\r\n${line}`]))).toEqual([true]);
});
