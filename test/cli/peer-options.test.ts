import { describe, expect, test } from 'vitest';
import { parseHeaders, parseIceServer, parseMedia, parseParams } from '../../src/cli/peer-options.ts';
import type { RenegoError } from '../../src/core/errors.ts';
import { mdn } from '../../src/protocols/mdn.ts';

describe('--ice-server', () => {
  test.each([
    ['stun:example.org', { urls: 'stun:example.org' }],
    ['stun:[::1]:3478', { urls: 'stun:[::1]:3478' }],
    ['turn:ann:secret@example.org:3478', { urls: 'turn:example.org:3478', username: 'ann', credential: 'secret' }],
    ['turns:ann:s:c@t@example.org', { urls: 'turns:example.org', username: 'ann', credential: 's:c@t' }],
    ['turn://ann:x@h?transport=tcp', { urls: 'turn:h?transport=tcp', username: 'ann', credential: 'x' }],
  ])('%s', (text, server) => {
    expect(parseIceServer(text)).toEqual(server);
  });

  test.each(['', 'example.org', 'turn:example.org', 'stun:ann:x@example.org', 'http://example.org', 'turn:ann@h'])(
    "'%s' is none",
    (text) => {
      expect(() => parseIceServer(text)).toThrow(/is no ICE server/);
    },
  );
});

test('--header lines become an object', () => {
  expect(parseHeaders(['Authorization: Bearer a:b', 'X-Empty:'])).toEqual({
    Authorization: 'Bearer a:b',
    'X-Empty': '',
  });
  expect(() => parseHeaders(['no colon'])).toThrow(/is no header/);
  expect(() => parseHeaders(['Bad Name: x'])).toThrow(/is no header/);
});

test('--media in any order, without repetition', () => {
  expect(parseMedia('data,audio,audio')).toEqual(['audio', 'data']);
  expect(parseMedia('none')).toEqual([]);
  expect(() => parseMedia('video,')).toThrow(/there is no ''/);
});

test('--param is of the protocol', () => {
  const protocol = { ...mdn, params: { plugin: 'what to talk with', pin: 'of the room' } };
  expect(parseParams(['plugin=echo=test', 'pin='], protocol)).toEqual({ plugin: 'echo=test', pin: '' });
  expect(parseParams(undefined, undefined)).toEqual({});
  const hint = (text: string, of?: typeof mdn) => {
    try {
      parseParams([text], of);
      return undefined;
    } catch (error) {
      return `${(error as Error).message}; ${(error as RenegoError).hint}`;
    }
  };
  expect(hint('room=1', protocol)).toMatch(/mdn has no setting 'room'; There are plugin \(what to talk with\), pin/);
  expect(hint('pin', protocol)).toMatch(/not name=value/);
  expect(hint('pin=1', mdn)).toMatch(/no settings of its own/);
  expect(hint('pin=1')).toMatch(/Name the protocol/);
});
