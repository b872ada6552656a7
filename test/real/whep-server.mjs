/**
 * Meetecho's WHEP server in front of a VideoRoom of Janus: `node whep-server.mjs <janus> <room>`.
 * Says its address as the first line; takes feeds to serve as lines of standard input.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../servers/package.json', import.meta.url));
const [address, room] = process.argv.slice(2);
const express = require('express');
const { JanusWhepServer } = await import(require.resolve('janus-whep-server'));
const app = express();
const whep = new JanusWhepServer({
  janus: { address },
  rest: { app, basePath: '/whep' },
  iceServers: [{ uri: 'stun:127.0.0.1:9' }],
});
await whep.start();
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/whep/endpoint/feed`);
});
createInterface({ input: process.stdin }).on('line', (feed) => {
  whep.createEndpoint({ id: 'feed', plugin: 'videoroom', room: Number(room), feed: Number(feed), token: 'verysecret' });
  console.log(`serving ${feed}`);
});
