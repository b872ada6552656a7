import { describe, expect, it } from 'vitest';
import { httpSignal, refusedBy, withHttp } from '../../src/protocols/http.ts';
import type { Frame } from '../../src/protocols/protocol.ts';

const head = { method: 'POST', url: 'http://127.0.0.1/whip' };

describe('an HTTP message as a signal', () => {
  it('keeps what tells about the negotiation, and no credentials', () => {
    const headers = { 'content-type': 'application/sdp', authorization: 'Bearer secret' };
    expect(httpSignal({ ...head, headers }, 'a+b')).toEqual({
      type: 'request',
      pc: 'a+b',
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
    });
    expect(httpSignal({ ...head, status: 404, headers: { server: 'x' } })).toEqual({
      type: 'response',
      method: 'POST',
      status: 404,
      ok: false,
      headers: {},
    });
  });

  it('comes before what the body says, unless the protocol has told it', () => {
    const frame: Frame = { data: '', encoding: 'text', direction: 'out', http: { ...head, headers: {} } };
    const bye = { type: 'bye', pc: 'a+b' } as const;
    expect(withHttp(frame, [bye]).map(({ type }) => type)).toEqual(['request', 'bye']);
    expect(withHttp(frame, [httpSignal({ ...head, headers: {} }), bye])).toHaveLength(2);
    const { http: _http, ...plain } = frame;
    expect(withHttp(plain, [bye])).toEqual([bye]);
  });
});

it.each([
  [{ status: 401, body: '' }, /answered with HTTP 401$/, /Bearer/],
  [{ status: 404, body: 'no such endpoint' }, /HTTP 404: no such endpoint$/, /path/],
  [{ status: 502, body: '<html>long</html>' }, /HTTP 502$/, undefined],
  [{ status: 0, body: '', error: 'socket hang up' }, /gave no answer: socket hang up/, undefined],
])('a refusal says what the server said and what to do: %j', (response, why, hint) => {
  const output = refusedBy({ id: '1', url: head.url, headers: {}, ...response });
  if (output.do !== 'refused') throw new Error(output.do);
  expect(output.why).toMatch(why);
  if (hint === undefined) expect(output.hint).toBeUndefined();
  else expect(output.hint).toMatch(hint);
});
