/** Signaling over HTTP from a page in a real Chromium, as `renego attach` sees it: fetch, XMLHttpRequest, WHIP, EventSource. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { EXTRA } from './attach-app.ts';
import { carries, type Line, linesOf, signalsOf } from './lines.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const { sdp: ANSWER } = JSON.parse(EXTRA['/negotiate'] ?? '{}') as { sdp: string };
const OFFER = ANSWER.replace('active', 'actpass');

const PAGE = `<!doctype html><title>over HTTP</title><script>
const pc = new RTCPeerConnection();
pc.addTransceiver('audio');
const far = new RTCPeerConnection();
function ask(method, url, type, body) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve(request);
    request.open(method, url);
    request.setRequestHeader('content-type', type);
    request.send(body);
  });
}
(async () => {
  await pc.setLocalDescription();
  const { sdp } = pc.localDescription;
  const made = await ask('POST', '/whip?token=secret', 'application/sdp', sdp);
  await pc.setRemoteDescription({ type: 'answer', sdp: made.responseText });
  const where = made.getResponseHeader('location');
  const ufrag = /a=ice-ufrag:.*/.exec(sdp)[0];
  const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.10 50000 typ host';
  const fragment = [ufrag, 'm=audio 9 RTP/AVP 0', 'a=mid:0', candidate, ''].join('\\r\\n');
  await fetch(where, { method: 'PATCH', headers: { 'content-type': 'application/trickle-ice-sdpfrag' }, body: fragment });
  await fetch(where, { method: 'DELETE' });
  const events = new EventSource('/events');
  events.addEventListener('signal', async ({ data }) => {
    const offer = JSON.parse(data);
    await far.setRemoteDescription(offer);
    await far.setLocalDescription();
    await fetch('/answer', { method: 'POST', body: JSON.stringify(far.localDescription) });
    events.close();
  });
})();
</script>`;

withParts(['chromium'], 'renego attach and signaling over HTTP', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  test('WHIP by XMLHttpRequest and fetch, offers by server-sent events', async () => {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      request.resume();
      if (path === '/whip')
        response.writeHead(201, { 'content-type': 'application/sdp', location: '/session/7' }).end(ANSWER);
      else if (path === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`event: signal\ndata: ${JSON.stringify({ type: 'offer', sdp: OFFER })}\n\n`);
      } else if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      else response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => server.close() && server.closeAllConnections() });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const running = start(['attach', '--headless', '--launch', url, '--json', '--timeout', '150s']);
    open.push({ close: () => running.child.kill('SIGTERM') && running.ended() });
    const lines = linesOf(running);

    const last = (line: Line) => line.link === 'http' && /POST \/answer/.test(JSON.stringify(line.signals));
    await lines.until('the answer of the page', last);
    await lines.until(
      'its end',
      (line) => line.link === 'http' && /"method":"POST 204"/.test(JSON.stringify(line.signals)),
    );
    const told = lines.all.filter((line) => line.protocol === 'http').map(wordsOf);
    expect(told).toEqual([
      'pc1>server POST /whip, carries offer of pc1',
      // The page may have set it before its last byte is told.
      expect.stringMatching(/^server>pc1 POST 201, brings an(?: answer|swer given to pc1)$/),
      'pc1>server PATCH /session/7, carries a candidate',
      'server>pc1 PATCH 204',
      'pc1>server DELETE /session/7',
      'server>pc1 DELETE 204',
      'server>page server-sent event, brings an offer',
      'pc2>server POST /answer, carries answer of pc2',
      'server>pc2 POST 204',
    ]);
    // What a connection was given is known to have come by the event.
    expect(await lines.until('the offer', carries('offer', 'remote'))).toMatchObject({ to: 'pc2', link: 'http' });
    expect(lines.all.filter(({ kind, ok }) => kind === 'apply' && ok === true)).toHaveLength(4);
  });
});

function wordsOf(line: Line): string {
  const signals = signalsOf(line) as readonly { method?: string; label?: string }[];
  return `${line.from}>${line.to} ${signals.map(({ method, label }) => method ?? label?.replace(/ \(event.*/, '')).join(', ')}`;
}
