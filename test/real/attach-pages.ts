/** Pages for `renego attach` that use all of the API, or look for whoever watches them. */

/** Everything a page could tell a watcher by, as text. */
const LOOK = `
function looksOf(name, one) {
  const lines = [];
  for (const key of Reflect.ownKeys(one)) {
    if (/^(done|looks|looksOf|seen)$/.test(String(key))) continue;
    const found = Reflect.getOwnPropertyDescriptor(one, key);
    const flags = [found.configurable, found.enumerable, found.writable].join();
    const functions = [found.value, found.get, found.set].filter((value) => typeof value === 'function');
    const texts = functions.map((value) => [value.name, value.length, String(value), Reflect.ownKeys(value).length, 'prototype' in value]);
    lines.push([name, String(key), flags, ...texts.flat()].join(' | '));
  }
  return lines;
}
async function failureOf(what) {
  try { return 'fine ' + (await what()); } catch (error) { return error.name + ': ' + error.message; }
}
/** Where it came from; Firefox tells a debugger more than others about what led to it. */
async function stackOf(what) {
  try { return 'fine ' + (await what()); } catch ({ stack }) { return stack.split(/\\n?async\\*/)[0].trim(); }
}
const called = (pc, name, ...given) => new Promise((resolve, reject) =>
  pc[name](...given, (...values) => resolve(values.length + typeof values[0]), (...values) => reject(values[0])));
var done = false;
var looks;
(async () => {
  const { toString } = Function.prototype;
  class Own extends RTCPeerConnection { constructor(...args) { super(...args); this.mine = 1; } }
  const pc = new Own();
  const call = pc.createOffer();
  const frame = document.createElement('iframe');
  document.documentElement.append(frame);
  const { Function: Framed, RTCPeerConnection: FramedConnection } = frame.contentWindow;
  const old = new RTCPeerConnection();
  const { createOffer } = RTCPeerConnection.prototype;
  looks = [
    ...looksOf('window', window), ...looksOf('performance', performance), ...looksOf('Function', Function.prototype),
    ...[RTCPeerConnection, RTCRtpTransceiver, RTCRtpSender, RTCDataChannel, WebSocket, Event, EventTarget]
      .flatMap((one) => [...looksOf(one.name, one), ...looksOf(one.name + '.prototype', one.prototype)]),
    ...looksOf('pc', pc), pc.mine, pc instanceof RTCPeerConnection, Object.getPrototypeOf(Own) === RTCPeerConnection,
    Object.getPrototypeOf(Object.getPrototypeOf(pc)) === RTCPeerConnection.prototype, Object.prototype.toString.call(pc),
    RTCPeerConnection.prototype.constructor === RTCPeerConnection, String(window.webkitRTCPeerConnection === RTCPeerConnection),
    toString.call(RTCPeerConnection.prototype.createOffer), toString.toString(), call instanceof Promise,
    ...looksOf('promise', call), (await call).type,
    await failureOf(() => RTCPeerConnection()), await failureOf(() => new RTCPeerConnection({ iceServers: [{ urls: 'x' }] })),
    await failureOf(() => new RTCPeerConnection.prototype.createOffer()), await failureOf(() => toString.call({})),
    await failureOf(() => RTCPeerConnection.prototype.createOffer.call({})), await failureOf(() => RTCPeerConnection.prototype.close.call(1)),
    await failureOf(() => pc.addTrack()), await failureOf(() => pc.createDataChannel()), await failureOf(() => pc.addIceCandidate({})),
    await failureOf(() => { RTCRtpTransceiver.prototype.direction = 'x'; }), await failureOf(() => WebSocket.prototype.send.call({}, 'x')),
    await failureOf(() => { pc.addTransceiver('audio').direction = 'sideways'; }),
    // The old form with functions, and what is not quite that.
    await called(old, 'createOffer'), await failureOf(() => called(old, 'createAnswer')),
    await old.createOffer().then((offer) => called(old, 'setLocalDescription', offer)), await failureOf(() => called(old, 'addIceCandidate', { candidate: 'x', sdpMid: '0' })),
    await failureOf(async () => (await old.createOffer(() => {})).type), await failureOf(() => old.createOffer(() => {}, null)),
    await failureOf(() => old.setLocalDescription(old.localDescription, () => {})), await failureOf(() => old.addIceCandidate({ candidate: '' }, () => {})),
    // Errors say nothing of who is in between.
    await stackOf(() => new RTCPeerConnection({ iceTransportPolicy: 'x' })), await stackOf(() => pc.addTransceiver('x')),
    await stackOf(() => pc.setRemoteDescription({ type: 'answer', sdp: 'v=0' })), await stackOf(() => { pc.addTransceiver('audio').direction = 'sideways'; }),
    await stackOf(() => new RTCPeerConnection({ get iceServers() { throw new Error('own'); } })),
    // A page and its frames can look at each other.
    Framed.prototype.toString.call(RTCPeerConnection), Framed.prototype.toString.call(createOffer), toString.call(FramedConnection),
    toString.call(FramedConnection.prototype.createOffer), await failureOf(() => FramedConnection.prototype.close.call(old)),
    await failureOf(() => Object.setPrototypeOf(createOffer, createOffer)), await failureOf(() => typeof createOffer.nothing),
  ].map(String);
  done = true;
})();`;

/** Everything that can be called, once. */
const ALL = `
async function all() {
  class Own extends RTCPeerConnection {}
  const certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' });
  const pc = new Own({ certificates: [certificate], iceServers: [{ urls: 'turn:127.0.0.1:59999', username: 'user-name', credential: 'pass-word' }] });
  const far = new RTCPeerConnection();
  pc.onicecandidate = ({ candidate }) => far.addIceCandidate(candidate);
  far.onicecandidate = ({ candidate }) => pc.addIceCandidate(candidate);
  const needed = new Promise((resolve) => pc.addEventListener('negotiationneeded', resolve, { once: true }));
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const stream = canvas.captureStream();
  const [track] = stream.getTracks();
  const sender = pc.addTrack(track, stream);
  const audio = pc.addTransceiver('audio', { direction: 'sendonly' });
  const extra = pc.addTransceiver('video', { direction: 'recvonly' });
  audio.direction = 'sendrecv';
  const { codecs } = RTCRtpReceiver.getCapabilities('video');
  const vp8 = codecs.filter(({ mimeType }) => mimeType === 'video/VP8');
  if (extra.setCodecPreferences) extra.setCodecPreferences(vp8);
  if (extra.setHeaderExtensionsToNegotiate) {
    const offered = extra.getHeaderExtensionsToNegotiate();
    extra.setHeaderExtensionsToNegotiate(offered.map(({ uri }) => ({ uri, direction: /mid$/.test(uri) ? 'sendrecv' : 'stopped' })));
  }
  sender.setStreams(stream);
  const channel = pc.createDataChannel('chat', { ordered: false });
  const [opened, closed] = ['open', 'close'].map((name) => new Promise((resolve) => channel.addEventListener(name, resolve)));
  await needed;
  const offer = await new Promise((resolve, reject) => pc.createOffer(resolve, reject));
  await new Promise((resolve, reject) => pc.setLocalDescription(offer, resolve, reject));
  await far.setRemoteDescription(offer);
  await far.setLocalDescription();
  await pc.setRemoteDescription(far.localDescription);
  const parameters = sender.getParameters();
  parameters.encodings[0].maxBitrate = 99000;
  await sender.setParameters(parameters);
  await sender.replaceTrack(null);
  await sender.setParameters({ ...parameters, transactionId: 'other' }).catch(() => {});
  await opened;
  channel.close();
  await closed;
  pc.setConfiguration({ ...pc.getConfiguration(), iceCandidatePoolSize: 0 });
  extra.stop();
  pc.removeTrack(sender);
  pc.dispatchEvent(new Event('negotiationneeded-by-hand'));
  pc.dispatchEvent(new Event('iceconnectionstatechange'));
  try { audio.direction = 'stopped'; } catch {}
  await new Promise((resolve) => pc.createAnswer(resolve, resolve));
  pc.restartIce();
  void far.setLocalDescription({ type: 'rollback' }).catch(() => {});
  pc.close();
  try { pc.addTransceiver('audio'); } catch {}
  done = true;
}
var done = false;`;

/** Posts what the page has come to, as nobody can ask it. */
const REPORTING = `
(async () => {
  while (!done) await new Promise((resolve) => setTimeout(resolve, 20));
  await fetch('/report', { method: 'POST', body: JSON.stringify(looks) });
})();`;

export const PAGES: Readonly<Record<string, string>> = {
  '/look': `<!doctype html><title>look</title><script>${LOOK}</script>`,
  '/look-and-report': `<!doctype html><title>look</title><script>${LOOK}${REPORTING}</script>`,
  '/all-at-once': `<!doctype html><title>all</title><script>${ALL} all();</script>`,
  '/all': `<!doctype html><title>all</title><script>${ALL}</script>`,
  '/adapted': `<!doctype html><title>adapted</title><script src="/adapter.js"></script><script>${ALL}</script>`,
};
