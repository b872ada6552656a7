/**
 * Eyevinn's WHIP endpoint (npm), the only one that others have published there: says its address, and when media arrive.
 * It hands them to ffmpeg, which is not needed here. Its own WebRTC stack is old and has no binaries any more, so
 * package.json puts another build of the same in its place.
 */
import { createRequire } from 'node:module';

process.env.FFMPEG_PATH = '/bin/false';
const require = createRequire(new URL('../servers/package.json', import.meta.url));
const { WhipEndpoint } = require('@eyevinn/whip-endpoint');
const endpoint = new WhipEndpoint({ port: await freePort(), interfaceIp: '127.0.0.1', enabledWrtcPlugins: ['rtsp'] });
endpoint.listen();

async function freePort() {
  const server = require('node:net').createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

setInterval(async () => {
  for (const { id } of endpoint.listResources()) {
    const stats = [...(await endpoint.getResourceById(id).pc.getStats()).values()];
    const flowing = stats.filter(({ type, bytesReceived }) => type === 'inbound-rtp' && bytesReceived > 2000);
    for (const { kind } of flowing) console.log(`flows ${kind}`);
  }
}, 200);
