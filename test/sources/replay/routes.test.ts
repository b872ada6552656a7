import { expect, test } from 'vitest';
import { createRoutes, headersOf, typeOf } from '../../../src/sources/replay/routes.ts';

const THEN = 'http://then:7080/whip/endpoint/studio';
const answer = (url: string, location: string, etag: string) => ({ url, headers: { location, etag } });

test('requests go where today’s answers say, with today’s versions', () => {
  const routes = createRoutes('http://now:8080', THEN);
  expect(routes.to(THEN)).toBe('http://now:8080/whip/endpoint/studio');
  routes.learn(answer(THEN, '/whip/resource/42', '"one"'), answer('http://now:8080/x', '/r/7?token=1', '"eins"'));
  expect(routes.to('http://then:7080/whip/resource/42')).toBe('http://now:8080/r/7?token=1');
  expect(routes.headers({ 'if-match': '"one"', 'content-type': 'application/sdp', cookie: 'secret' })).toEqual({
    ...{ 'if-match': '"eins"', 'content-type': 'application/sdp' },
  });
  expect(routes.headers({ 'content-type': 'a\r\nCookie: b' })).toEqual({});
  expect(routes.headers({ 'if-match': '*' })).toEqual({ 'if-match': '*' });
});

test('an address with another path is that of the first request; others keep their path', () => {
  const routes = createRoutes('http://now/other?key=1', THEN);
  expect(routes.to(THEN)).toBe('http://now/other?key=1');
  expect(routes.to('http://then:7080/whip/resource/42')).toBe('http://now/whip/resource/42');
  expect(routes.to('no address')).toBe('http://now/other?key=1');
});

test('what lies below a place lies below the place of today', () => {
  const routes = createRoutes('http://now', THEN);
  routes.learn(answer(THEN, '/r/1', ''), answer('http://now/', '/r/2', ''));
  expect(routes.to('http://then:7080/r/1/layer')).toBe('http://now/r/2/layer');
});

test('headers are those of a signal, else those beside the message', () => {
  const http = { method: 'GET', url: THEN, exchange: '1', headers: { etag: 'x' } };
  expect(headersOf({ signals: [], http })).toEqual({ etag: 'x' });
  expect(headersOf({ signals: [{ type: 'request', method: 'GET', headers: { etag: 'y' } }], http })).toEqual({
    etag: 'y',
  });
});

test.each([
  ['v=0\r\n', 'application/sdp'],
  ['a=ice-ufrag:x\r\n', 'application/trickle-ice-sdpfrag'],
  [' {"type":"offer"}', 'application/json'],
  ['eyJ0', 'text/plain'],
  ['', undefined],
])('the type of %j is %s', (body, type) => expect(typeOf(body)).toBe(type));
