import { describe, expect, it } from 'vitest';
import { httpSdp } from '../../src/protocols/http-sdp.ts';
import type { ClientOutput } from '../../src/protocols/protocol.ts';

const [, answered] = httpSdp.examples;
const BODY = answered?.frame.data ?? '';
const SDP = (JSON.parse(BODY) as { sdp: string }).sdp;
const offer = { type: 'offer', pc: 'me+server', sdp: SDP } as const;

function client(url: string, params: Readonly<Record<string, string>> = {}) {
  const one = httpSdp.client({ as: 'me', now: 0, url, params });
  let last = '';
  return {
    one,
    post() {
      const [request] = one.encode(offer, 'server') ?? [];
      if (request?.do !== 'request') throw new Error('no request');
      last = request.id;
      return request;
    },
    answers: (status: number, body: string): readonly ClientOutput[] =>
      one.responded?.({ id: last, status, headers: {}, body, url }) ?? [],
  };
}

describe('SDP over HTTP', () => {
  it.each([
    ['http://h/offer', undefined, /^\{"sdp":"v=0/, 'application/json', false],
    ['http://h/doSignaling', undefined, /^\{"sdp":/, 'application/json', true],
    ['http://h/api/offer', undefined, /^\{"sdp":/, 'application/json', true],
    ['https://h/v1/realtime/calls?model=x', undefined, /^v=0\r\n/, 'application/sdp', false],
    ['http://h/api/webrtc?src=cam', undefined, /^\{"sdp":/, 'application/json', false],
    ['http://h/x', 'base64', /^[A-Za-z0-9+/]+=*$/, 'text/plain', false],
    ['http://h/x', 'sdp', /^v=0\r\n/, 'application/sdp', false],
  ])('%s (preset %s) is written as such systems want it', (url, preset, body, type, again) => {
    const { one, post } = client(url, preset === undefined ? {} : { preset });
    const request = post();
    expect(request.body).toMatch(body);
    expect(request.headers?.['content-type']).toBe(type);
    expect(one.capabilities?.('server', offer.pc).renegotiation === true).toBe(again);
  });

  it.each([
    ['JSON', BODY],
    ['bare', SDP],
    ['base64', btoa(BODY)],
    ['wrapped', JSON.stringify({ answer: JSON.parse(BODY) as unknown })],
  ])('takes an answer in %s', (_title, body) => {
    const { post, answers } = client('http://h/offer');
    post();
    expect(answers(200, body)).toEqual([
      { do: 'signal', from: 'server', signal: expect.objectContaining({ type: 'answer', sdp: SDP }) },
    ]);
  });

  it('posts again with the id it was given', () => {
    const { one, post, answers } = client('http://h/api/offer', { token: 'x' });
    expect(post().body).not.toContain('pc_id');
    answers(200, BODY.replace('{', '{"pc_id":"p7",'));
    const again = post();
    expect(again.body).toContain('"pc_id":"p7"');
    expect(again.headers?.authorization).toBe('Bearer x');
    expect(answers(500, '')).toMatchObject([{ do: 'rejected', why: expect.stringMatching(/500/) }]);
    one.ended?.('server', offer.pc);
    expect(post().body).not.toContain('pc_id');
  });

  it('says what is wrong', () => {
    const { post, answers } = client('http://h/offer');
    post();
    expect(answers(200, '{}')).toMatchObject([{ do: 'refused', why: expect.stringMatching(/without an answer/) }]);
    post();
    expect(answers(404, 'no')).toMatchObject([{ do: 'refused', why: expect.stringMatching(/404: no/) }]);
    expect(client('http://h', { preset: 'x' }).one.opened()).toMatchObject([
      { do: 'refused', hint: expect.stringMatching(/json, pion/) },
    ]);
  });

  it('is recognised by its address', () => {
    expect(httpSdp.detect({ url: 'http://127.0.0.1:8080/offer' })).toBeGreaterThan(0.5);
    expect(httpSdp.detect({ url: 'http://127.0.0.1:8080/index.html' })).toBe(0);
  });
});
