import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'another certificate',
    [swap('A4:36:48', 'B5:47:59')],
    ['dtls - 14,45,167>14,45,167 Presents another DTLS certificate: sha-256 A4:36:48:9C… → sha-256 B5:47:59:9C….'],
  ],
  [
    'a second fingerprint in one section',
    [add(14, 'a=fingerprint:sha-1 AA:BB')],
    ['dtls 0 14>14,15 Adds a certificate fingerprint: sha-1 AA:BB.'],
  ],
  [
    'another role',
    [swap('a=setup:actpass', 'a=setup:active')],
    ['dtls - 15,46,168>15,46,168 DTLS role: actpass (either) → active (client).'],
  ],
  [
    'a role in one section',
    [put(46, 'a=setup:passive')],
    ['dtls 1 46>46 DTLS role: actpass (either) → passive (server).'],
  ],
  [
    'a tls-id',
    [add(15, 'a=tls-id:91bbf309c0990a6bec11e38ba2933cee')],
    ['dtls 0 >16 DTLS association id (tls-id): none → 91bbf309c0990a6bec11e38….'],
  ],
  [
    'another profile',
    [swap('UDP/TLS/RTP/SAVPF', 'RTP/SAVPF')],
    ['dtls - 8,39>8,39 Transport profile: UDP/TLS/RTP/SAVPF → RTP/SAVPF.'],
  ],
  ['a second a=setup line in a section', [add(15, 'a=setup:actpass')], ['format 0 >15 Adds the line a=setup:actpass.']],
];

describe('DTLS', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
