import { describe, expect, it } from 'vitest';
import { whep } from '../../src/protocols/whep.ts';
import { whip } from '../../src/protocols/whip.ts';
import { candidate, end, offer, pc, sdp, session, shown, URL } from './whip/script.ts';

const created = { location: '/session/1', etag: '"e1"' };

describe('a WHIP client', () => {
  it('posts, trickles one PATCH at a time with the newest ETag, and deletes', () => {
    const me = session();
    expect(me.opened()).toEqual(['joined', 'presence']);
    expect(me.say(offer('A'), candidate(1, 'A'))).toEqual(['POST /whip/studio A']);
    expect(me.answers(201, sdp('B', 'active'), created)).toEqual(['answer B', 'PATCH /session/1 if-match "e1" A 1']);
    expect(me.say(candidate(2, 'A'), candidate(3, 'A'), end)).toEqual([]);
    expect(me.answers(204)).toEqual(['PATCH /session/1 if-match "e1" A 2 3 end-of-cand']);
    expect(me.answers(204)).toEqual([]);
    expect(me.say({ type: 'bye', pc })).toEqual(['DELETE /session/1']);
    expect(me.client.leave?.()).toEqual([]);
  });

  it('says when the session was not deleted', () => {
    const me = session();
    me.say(offer('A'));
    me.answers(201, sdp('B'), created);
    me.say({ type: 'bye', pc });
    expect(me.answers(404, '', {}, 'delete')).toEqual([]);
    expect(me.answers(500, '', {}, 'delete')).toEqual(['problem NOT_DELETED']);
  });

  it('restarts ICE by PATCH, and makes a whole answer of the fragment', () => {
    const me = session();
    me.say(offer('A'));
    me.answers(201, `${sdp('B', 'active')}a=candidate:9 1 udp 1 192.0.2.9 9 typ host\r\n`, created);
    expect(me.say(offer('A2'), candidate(4, 'A2'))).toEqual(['PATCH /session/1 if-match * A2']);
    const fragment =
      'a=ice-ufrag:B2\r\na=ice-pwd:new\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:7 1 udp 1 192.0.2.7 7 typ host\r\n';
    const outputs = me.client.responded?.({
      id: me.last,
      status: 200,
      headers: { etag: '"e2"' },
      body: fragment,
      url: URL,
    });
    expect(outputs?.map(shown)).toEqual(['answer B2', 'PATCH /session/1 if-match "e2" A2 4']);
    const answer = outputs?.[0];
    const text = answer?.do === 'signal' && 'sdp' in answer.signal ? answer.signal.sdp : '';
    expect(text).toMatch(/^v=0.*a=setup:active\r\na=ice-ufrag:B2\r\na=ice-pwd:new\r\na=candidate:7 [^\r]*\r\n$/s);
  });

  it.each([
    [412, 'rejected the server does not restart ICE: HTTP 412 (the ETag is not the current one)', []],
    [204, 'rejected the server does not restart ICE: it gives no new credentials, HTTP 204', []],
    [422, 'rejected the server does not restart ICE: HTTP 422 (it does not support this)', ['learned restart']],
  ])('gives a restart up that is answered with %d', (status, why, before) => {
    const me = session();
    me.say(offer('A'));
    me.answers(201, sdp('B'), created);
    me.say(offer('A2'));
    expect(me.answers(status)).toEqual([...before, why]);
    expect(me.say(candidate(5, 'A'))).toEqual(['PATCH /session/1 if-match "e1" A 5']);
  });

  it.each([405, 501])('calls again with all candidates where PATCH is answered with %d', (status) => {
    const me = session();
    me.say(offer('A'), candidate(1, 'A'));
    me.answers(201, sdp('B'), created);
    expect(me.answers(status)).toEqual([
      'problem TRICKLE_REFUSED',
      'learned trickle,restart',
      'DELETE /session/1',
      'redial',
    ]);
    expect(me.say({ ...offer('C'), sdp: `${sdp('C')}a=end-of-candidates\r\n` })).toEqual([
      'POST /whip/studio C end-of-cand',
    ]);
    expect(me.answers(201, sdp('D'), created)).toEqual(['answer D']);
  });

  it('does the same where the session has no ETag', () => {
    const me = session();
    me.say(offer('A'));
    expect(me.answers(201, sdp('B'), { location: 'x' })).toContain('redial');
  });

  it('sends the token, and no candidates, where it is told so', () => {
    const me = session(whip, { token: 'secret', trickle: 'no' });
    expect(me.opened()[0]).toBe('learned trickle');
    const [post] = me.client.encode(offer('A'), 'server') ?? [];
    expect(post).toMatchObject({ headers: { authorization: 'Bearer secret', 'content-type': 'application/sdp' } });
  });

  it('asks by OPTIONS for STUN and TURN servers before the call, if told to', () => {
    const me = session(whip, { options: 'yes', token: 't' });
    expect(me.opened()).toEqual(['OPTIONS /whip/studio']);
    const link = '<turn:192.0.2.1>; rel="ice-server"; username="u"; credential="p"';
    const server = { urls: 'turn:192.0.2.1', username: 'u', credential: 'p' };
    expect(me.answers(204, '', { link })).toEqual([`ice ${JSON.stringify([server])}`, 'joined', 'presence']);
    me.say(offer('A'));
    expect(me.answers(201, sdp('B', 'active'), { ...created, link })).toEqual(['answer B']);
    const refused = session(whip, { options: 'yes' });
    refused.opened();
    expect(refused.answers(405)).toEqual(['note', 'joined', 'presence']);
  });

  it('takes ICE servers from Link headers', () => {
    const me = session();
    me.say(offer('A'));
    const link =
      '<stun:192.0.2.1>; rel="ice-server", <turn:192.0.2.1?transport=udp>; rel="ice-server"; username="u\\"1"; credential="p,;"; credential-type="password", </x>; rel="next"';
    expect(me.answers(201, sdp('B'), { ...created, link })[0]).toBe(
      'ice [{"urls":"stun:192.0.2.1"},{"urls":"turn:192.0.2.1?transport=udp","username":"u\\"1","credential":"p,;"}]',
    );
  });

  it('asks again later where the server is not ready, and deletes what comes too late', () => {
    const me = session();
    me.say(offer('A'));
    expect(me.answers(503, '', { 'retry-after': '2' })).toEqual(['problem NOT_READY', 'wake 2000']);
    expect(me.wakes('retry')).toEqual(['POST /whip/studio A']);
    const first = me.last;
    me.say({ type: 'bye', pc });
    expect(me.answers(201, sdp('B'), created, first)).toEqual(['DELETE /session/1']);
    expect(me.wakes('retry')).toEqual([]);
  });

  it('says why it is refused, first by ending, later by taking the offer back', () => {
    const me = session();
    me.say(offer('A'));
    expect(me.answers(401)).toEqual([`refused ${URL} answered with HTTP 401`]);
    me.say(offer('A'));
    me.answers(201, sdp('B'), created);
    me.say({ type: 'bye', pc }, offer('C'));
    expect(me.answers(500)).toEqual([`rejected ${URL} answered with HTTP 500`]);
  });
});

it.each([
  ['https://example.org/whip/endpoint/x', 'whip'],
  ['https://example.org/live/x/whep', 'whep'],
  ['https://example.org/rtc/v1/whip/?app=live', 'whip'],
  ['https://example.org/whiplash', undefined],
  ['wss://example.org/whip', undefined],
])('%s is %s', (url, name) => {
  const found = [whip, whep].find((protocol) => protocol.detect({ url }) > 0.5);
  expect(found?.name).toBe(name);
});
