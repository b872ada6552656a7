/** A page with JsSIP or SIP.js in it, as a user agent of others to call and be called by. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'rolldown';

const SERVERS = join(import.meta.dirname, '../servers');

/** What the page can be told, and what it remembers. Sounds and pictures are made, no camera is asked. */
const COMMON = `
const media = () => {
  const canvas = document.createElement('canvas');
  const paint = canvas.getContext('2d');
  setInterval(() => { paint.fillStyle = '#' + Math.floor(Math.random() * 4096).toString(16).padStart(3, '0'); paint.fillRect(0, 0, 300, 150); }, 40);
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return new MediaStream([...out.stream.getTracks(), ...canvas.captureStream(25).getTracks()]);
};
window.told = [];
window.answering = true;
window.received = async () => {
  const pc = window.pc();
  if (!pc) return '';
  const report = await pc.getStats();
  return [...report.values()].filter((one) => one.type === 'inbound-rtp' && one.packetsReceived > 0).map((one) => one.kind).sort().join();
};
`;

const JSSIP = `
import JsSIP from 'jssip';
${COMMON}
window.begin = (url, name) => new Promise((resolve, reject) => {
  const ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)], uri: 'sip:' + name + '@sig.test', password: 'pw-' + name, session_timers: false,
  });
  ua.on('registered', () => resolve());
  ua.on('registrationFailed', ({ cause }) => reject(new Error(cause)));
  ua.on('newRTCSession', ({ originator, session }) => {
    window.session = session;
    for (const name of ['progress', 'accepted', 'confirmed', 'reinvite', 'ended', 'failed']) {
      session.on(name, (event) => told.push(name + (event && event.cause ? ' ' + event.cause : '')));
    }
    if (originator === 'remote' && window.answering) session.answer({ mediaStream: media(), pcConfig: { iceServers: [] } });
  });
  window.ua = ua;
  ua.start();
});
window.pc = () => window.session?.connection;
window.call = (to) => { ua.call(to, { mediaStream: media(), pcConfig: { iceServers: [] } }); };
window.restart = () => new Promise((resolve) => session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, resolve));
window.hold = () => new Promise((resolve) => session.hold({ useUpdate: true }, resolve));
window.hangUp = () => session.terminate();
`;

const SIPJS = `
import { Inviter, Registerer, SessionState, UserAgent, Web } from 'sip.js';
${COMMON}
window.begin = async (url, name) => {
  const ua = new UserAgent({
    uri: UserAgent.makeURI('sip:' + name + '@sig.test'),
    authorizationUsername: name, authorizationPassword: 'pw-' + name,
    transportOptions: { server: url }, logLevel: 'error',
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () => media()),
    sessionDescriptionHandlerFactoryOptions: { iceGatheringTimeout: 3000, peerConnectionConfiguration: { iceServers: [] } },
  });
  await ua.start();
  window.ua = ua;
  await new Promise((resolve, reject) =>
    new Registerer(ua).register({ requestDelegate: { onAccept: resolve, onReject: () => reject(new Error('rejected')) } }));
};
const constraints = { sessionDescriptionHandlerOptions: { constraints: { audio: true, video: true } } };
window.pc = () => window.session?.sessionDescriptionHandler?.peerConnection;
window.callWithoutOffer = (to) => {
  const session = new Inviter(ua, UserAgent.makeURI(to), { inviteWithoutSdp: true, ...constraints });
  window.session = session;
  session.stateChange.addListener((state) => told.push(state));
  return session.invite();
};
window.askForOffer = () => new Promise((resolve, reject) =>
  session.invite({ withoutSdp: true, requestDelegate: { onAccept: () => resolve(), onReject: (r) => reject(new Error(String(r.message.statusCode))) } }));
window.hangUp = () => session.bye();
`;

async function bundle(source: string): Promise<string> {
  const { output } = await build({
    input: 'page',
    cwd: SERVERS,
    write: false,
    logLevel: 'silent',
    platform: 'browser',
    output: { format: 'iife' },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page' ? join(SERVERS, 'page.js') : undefined),
        load: (id) => (id === join(SERVERS, 'page.js') ? source : undefined),
      },
    ],
  });
  return output[0].code;
}

export interface SipPages {
  readonly jssip: string;
  readonly sipjs: string;
  close(): void;
}

/** Serves both pages. */
export async function serveSipPages(): Promise<SipPages> {
  const [jssip, sipjs] = await Promise.all([bundle(JSSIP), bundle(SIPJS)]);
  const server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const script = request.url === '/jssip' ? jssip : request.url === '/sipjs' ? sipjs : '';
    response.end(`<!doctype html><title>SIP</title><script>${script.replaceAll('</script', '<\\/script')}</script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { jssip: `${base}/jssip`, sipjs: `${base}/sipjs`, close: () => server.close() };
}
