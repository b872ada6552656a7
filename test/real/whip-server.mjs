/**
 * A WHIP server (RFC 9725) in front of a VideoRoom of Janus: `node whip-server.mjs <janus> <room>`. The HTTP side stands in
 * for an independent server that restarts ICE, as npm and Debian have none; media, DTLS and ICE are those of Janus.
 * Says its address as the first line, then what Janus tells.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../servers/package.json', import.meta.url));
const Janode = require('janode').default;
const VideoRoom = require('janode/plugins/videoroom').default;
const [address, room] = process.argv.slice(2);
const connection = await Janode.connect({ address: { url: address } });
const janus = await connection.create();
const sessions = new Map();

const value = (sdp, name) => new RegExp(`^a=${name}:(.*?)\r?$`, 'm').exec(sdp)?.[1];
const candidates = (sdp) => sdp.match(/^a=candidate:.*$/gm) ?? [];

async function publish(sdp) {
  const handle = await janus.attach(VideoRoom);
  handle.on(Janode.EVENT.HANDLE_MEDIA, ({ type, receiving }) => console.log(`media ${type} ${receiving}`));
  handle.on(Janode.EVENT.HANDLE_WEBRTCUP, () => console.log('webrtcup'));
  const { jsep } = await handle.joinConfigurePublisher({
    room: Number(room),
    display: 'whip',
    audio: true,
    video: true,
    jsep: { type: 'offer', sdp },
  });
  const id = String(sessions.size + 1);
  sessions.set(id, { handle, offer: sdp, etag: 1 });
  const headers = { location: `../resource/${id}`, etag: '"1"', 'content-type': 'application/sdp' };
  return [201, jsep.sdp, { ...headers, link: '<stun:127.0.0.1:9>; rel="ice-server"' }];
}

async function patch(session, { headers }, body) {
  if (headers['content-type'] !== 'application/trickle-ice-sdpfrag') return [415, '', {}];
  if (headers['if-match'] === '*') return restart(session, body);
  if (headers['if-match'] === undefined) return [428, '', {}];
  if (headers['if-match'] !== `"${session.etag}"`) return [412, '', {}];
  const sdpMid = value(body, 'mid');
  for (const line of candidates(body)) await session.handle.trickle({ candidate: line.trim().slice(2), sdpMid });
  if (body.includes('a=end-of-candidates')) await session.handle.trickleComplete();
  return [204, '', {}];
}

async function restart(session, body) {
  const [ufrag, pwd] = [value(body, 'ice-ufrag'), value(body, 'ice-pwd')];
  session.offer = session.offer
    .replace(/^a=candidate:.*\r?\n/gm, '')
    .replace(/^(o=\S+ \S+ )(\d+)/m, (_all, head, version) => head + (Number(version) + 1))
    .replace(/^(a=ice-ufrag:).*?(\r?)$/gm, (_all, name, end) => name + ufrag + end)
    .replace(/^(a=ice-pwd:).*?(\r?)$/gm, (_all, name, end) => name + pwd + end);
  const { jsep } = await session.handle.configure({ jsep: { type: 'offer', sdp: session.offer } });
  session.etag += 1;
  const lines = [
    `a=ice-ufrag:${value(jsep.sdp, 'ice-ufrag')}`,
    `a=ice-pwd:${value(jsep.sdp, 'ice-pwd')}`,
    /^m=.*$/m.exec(jsep.sdp)[0].trim(),
    `a=mid:${value(jsep.sdp, 'mid')}`,
    ...new Set(candidates(jsep.sdp).map((line) => line.trim())),
    'a=end-of-candidates',
    '',
  ];
  console.log(`restarted ${ufrag} ${value(jsep.sdp, 'ice-ufrag')}`);
  const headers = { etag: `"${session.etag}"`, 'content-type': 'application/trickle-ice-sdpfrag' };
  return [200, lines.join('\r\n'), headers];
}

async function answer(request, body) {
  if (request.headers.authorization !== 'Bearer verysecret') return [401, 'who are you?', {}];
  if (request.method === 'POST' && request.url === '/whip/endpoint/studio') return publish(body);
  const [, id] = /^\/whip\/resource\/(\d+)$/.exec(request.url) ?? [];
  const session = sessions.get(id);
  if (session === undefined) return [404, 'no such session', {}];
  if (request.method === 'PATCH') return patch(session, request, body);
  if (request.method !== 'DELETE') return [405, '', {}];
  sessions.delete(id);
  await session.handle.detach();
  console.log('deleted');
  return [200, '', {}];
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [status, text, headers] = await answer(request, body).catch((error) => [500, String(error), {}]);
  response.writeHead(status, headers).end(text);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/whip/endpoint/studio`));
