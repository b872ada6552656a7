/** Messages of WebSockets and of HTTP are told in the order in which they passed, though they are read in different ways. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startProxy } from './ends.ts';

const sdp = (n: number): string => `v=0\r\no=- ${n} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n`;
const ROUNDS = 200;

test('what one client says over a WebSocket comes before what another gets for it over HTTP, and so on', async () => {
  let poll: ServerResponse | undefined;
  const server = createServer((_request, response) => {
    poll = response;
    response.setHeader('content-type', 'application/json');
    response.flushHeaders();
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => poll?.end(String(data))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An answer of which only the head is there would be waited for, because addresses may be in it.
  const asItIs = { rewrite: false };
  const proxy = await startProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asItIs);
  const talker = new WebSocket(proxy.url.replace('http', 'ws'));
  await once(talker, 'open');
  for (let n = 1; n <= ROUNDS; n += 1) {
    const answer = await fetch(`${proxy.url}next`);
    talker.send(JSON.stringify({ type: 'offer', sdp: sdp(n) }));
    await answer.text();
  }
  talker.terminate();
  await proxy.stop();
  server.closeAllConnections();
  server.close();

  const said = proxy.drafts.flatMap((draft) => {
    const n = draft.kind === 'message' ? /o=- (\d+) 2/.exec(draft.raw)?.[1] : undefined;
    return n === undefined || draft.kind !== 'message' ? [] : [`${n} ${draft.http === undefined ? 'ws' : 'http'}`];
  });
  expect(said).toEqual(Array.from({ length: ROUNDS }, (_, i) => [`${i + 1} ws`, `${i + 1} http`]).flat());
});
