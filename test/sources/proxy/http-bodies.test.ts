/** What bodies of HTTP may be packed in, and which of them are told. */
import { afterEach, expect, test } from 'vitest';
import type { Running } from './ends.ts';
import { proxied } from './web-server.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const SDP = [
  ...['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111'],
  ...['c=IN IP4 0.0.0.0', 'a=ice-ufrag:abcd', 'a=ice-pwd:0123456789012345678901', 'a=setup:actpass', 'a=mid:0', ''],
].join('\r\n');
const JSON_OFFER = JSON.stringify({ type: 'offer', sdp: SDP });
const base64 = (text: string) => Buffer.from(text).toString('base64');

const JINGLE = `<body xmlns="http://jabber.org/protocol/httpbind"><iq type="set" from="a@x" to="b@x"><jingle xmlns="urn:xmpp:jingle:1" action="session-initiate" sid="s1"><content creator="initiator" name="0"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="audio"><payload-type id="111" name="opus" clockrate="48000" channels="2"/></description><transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="abcd" pwd="0123456789012345678901"><fingerprint xmlns="urn:xmpp:jingle:apps:dtls:0" hash="sha-256" setup="actpass">AA:BB</fingerprint></transport></content></jingle></iq></body>`;

const isOf = (type: string) => (draft: Running['drafts'][number]) =>
  draft.kind === 'message' && draft.signals.some((signal) => signal.type === type);

async function said(method: string, path: string, type: string, body?: string): Promise<Running> {
  const proxy = await proxied(closers, (request, response) => {
    request.resume().on('end', () => response.setHeader('Content-Type', 'application/json').end('{"ok":true}'));
  });
  const headers = { 'Content-Type': type };
  await fetch(proxy.url + path, { method, headers, ...(body !== undefined && { body }) });
  return proxy;
}

test.each([
  ['base64 of JSON, as pion has it', 'text/plain', base64(JSON_OFFER)],
  ['base64 of a description', 'text/plain', base64(SDP)],
  [
    'base64 in a form, as RTSPtoWeb has it',
    'application/x-www-form-urlencoded',
    `data=${encodeURIComponent(base64(SDP))}`,
  ],
  ['a form', 'application/x-www-form-urlencoded', new URLSearchParams({ type: 'offer', sdp: SDP }).toString()],
  ['JSON that escapes what HTML means', 'application/json', JSON_OFFER.replaceAll('=', '\\u003d')],
  ['Jingle over BOSH', 'text/xml', JINGLE],
])('an offer is found in %s', async (_, type, body) => {
  const proxy = await said('POST', 'call', type, body);
  const told = await proxy.told(isOf('offer'));
  expect(told).toMatchObject({ raw: body, http: { method: 'POST' } });
});

test('an offer is found in an address', async () => {
  const proxy = await said('GET', `publish/key/0/room/0/${encodeURIComponent(JSON_OFFER)}`, 'text/plain');
  await proxy.told(isOf('offer'));
});

test('what only a name says counts at an address that negotiation went to, and nowhere else', async () => {
  const proxy = await said('POST', 'call', 'application/json', JSON_OFFER);
  const post = (path: string, body: unknown) =>
    fetch(proxy.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  await post('menu', { type: 'hangup', id: 1 });
  await post('call', { note: 'nothing of the kind' });
  await post('call', { type: 'hangup', id: 2 });
  await proxy.told(isOf('bye'));
  const raws = proxy.drafts.flatMap((draft) => (draft.kind === 'message' && draft.dir === 'c2s' ? [draft.raw] : []));
  expect(raws).toEqual([JSON_OFFER, '{"type":"hangup","id":2}']);
});

test('a compression that cannot be taken off is told once; media do not count', async () => {
  const proxy = await proxied(closers, ({ url }, response) => {
    const type = url === '/film' ? 'video/mp4' : 'application/json';
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': url === '/film' ? 'other' : 'rot13' }).end('x');
  });
  for (const path of ['film', 'a', 'b']) await fetch(proxy.url + path);
  const isBlind = (draft: Running['drafts'][number]) => draft.kind === 'problem' && draft.code === 'PROXY_BLIND';
  expect(await proxy.told(isBlind)).toMatchObject({ detail: expect.stringContaining('rot13') });
  await proxy.stop();
  expect(proxy.drafts.filter(isBlind)).toHaveLength(1);
});
