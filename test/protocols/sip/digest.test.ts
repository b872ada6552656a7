import { beforeAll, expect, it } from 'vitest';
import { answerChallenge, loadHashes, readChallenges } from '../../../src/protocols/sip/digest.ts';

beforeAll(loadHashes);

const credentials = { user: 'Mufasa', password: 'Circle of Life' };
/** RFC 7616, section 3.9.1. */
const purpose = {
  method: 'GET',
  uri: '/dir/index.html',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  count: 1,
};
const challenge = (algorithm: string): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

it.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('answers as RFC 7616 says it must be with %s', (algorithm, response) => {
  const read = readChallenges([challenge(algorithm)]);
  if (!read) throw new Error('not read');
  const answer = answerChallenge(read, credentials, purpose);
  expect(answer).toContain(`response="${response}"`);
  expect(answer).toContain(`algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="`);
  expect(answer).toContain('opaque="FQhe/');
});

it('answers without qop as RFC 2069 did', () => {
  const read = readChallenges(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"']);
  if (!read) throw new Error('not read');
  const answer = answerChallenge(read, { user: 'Mufasa', password: 'CircleOfLife' }, purpose);
  expect(answer).toContain('response="1949323746fe6a43ef61f9606e7febea"');
  expect(answer).not.toMatch(/qop|cnonce|nc=/);
});

it('takes the strongest it knows, and none it does not', () => {
  expect(readChallenges([challenge('MD5'), challenge('SHA-256')])?.algorithm).toBe('SHA-256');
  expect(readChallenges([challenge('SHA-512-256'), challenge('MD5-sess')])?.algorithm).toBe('MD5-SESS');
  expect(readChallenges([challenge('SHA-512-256')])).toBeUndefined();
  expect(readChallenges(['Basic realm="x"', 'Digest realm="x", nonce="1", qop="auth-int"', ''])).toBeUndefined();
  expect(readChallenges(['Digest realm="x", nonce="1", stale=TRUE'])?.stale).toBe(true);
});

it('quotes what would end a quotation', () => {
  const read = readChallenges(['Digest realm="a\\"b", nonce="1"']);
  if (!read) throw new Error('not read');
  expect(read.realm).toBe('a"b');
  expect(answerChallenge(read, { user: 'x\\', password: '' }, purpose)).toContain('username="x\\\\", realm="a\\"b"');
});
