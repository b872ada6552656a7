import { expect, it } from 'vitest';
import { endsCall } from '../../src/importers/sip-end.ts';

it.each([
  ['BYE sip:bob@x SIP/2.0\r\nCall-ID: 1\r\n\r\n', true],
  ['CANCEL sip:bob@x SIP/2.0\r\nCall-ID: 1\r\n\r\n', true],
  ['SIP/2.0 404 Not Found\r\nCSeq: 1 INVITE\r\n\r\n', true],
  ['SIP/2.0 401 Unauthorized\r\nCSeq: 1 INVITE\r\n\r\n', false],
  ['SIP/2.0 405 Method Not Allowed\r\nCSeq: 1 MESSAGE\r\n\r\n', false],
  ['SIP/2.0 200 OK\r\nCSeq: 2 BYE\r\n\r\n', false],
  ['{"type":"bye"}', false],
])('%j ends a call: %s', (data, ends) => expect(endsCall(data)).toBe(ends));
