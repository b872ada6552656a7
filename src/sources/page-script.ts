/** The script of the served page: joins, calls, negotiates perfectly; test pictures and tones instead of a camera. */
export const PAGE_SCRIPT = String.raw`
'use strict';
const query = new URLSearchParams(location.search);
const $ = (id) => document.getElementById(id);
const media = (query.get('media') || 'audio,data').split(',').filter((kind) => kind !== 'none');
const room = (query.get('room') || '').replace(/^\/+/, '');
let name = query.get('name') || 'browser' + Math.floor(Math.random() * 900 + 100);
const bare = (query.get('protocol') || document.body.dataset.spoken) === 'perfect-negotiation';
let socket, remote, polite, making = false, ignoring = false, chain = Promise.resolve(), auto = query.get('auto') === 'call';
let users = [];
window.pc = null;
window.channel = null;
window.errors = [];

function log(text) {
  const line = document.createElement('li');
  line.textContent = new Date().toISOString().slice(11, 23) + '  ' + text;
  $('log').prepend(line);
  while ($('log').childElementCount > 300) $('log').lastChild.remove();
}
function fail(what, error) {
  window.errors.push(what + ': ' + error);
  log(what + ' failed: ' + error);
}
function state() {
  const pc = window.pc;
  $('state').textContent = pc
    ? 'with ' + remote + ': ' + pc.connectionState + ', signaling ' + pc.signalingState + ', ICE ' + pc.iceConnectionState
    : 'no call';
  $('me').textContent = name;
  for (const id of ['video', 'audio', 'data', 'restart', 'hangup']) $(id).disabled = !pc;
}
function send(message) {
  const said = bare ? toBare(message) : { name, target: remote, ...message };
  if (said && socket && socket.readyState === 1) socket.send(JSON.stringify(said));
}
/* Bare perfect negotiation names nobody and says no goodbye: the one at the other end is the peer. */
function toBare({ sdp, candidate }) {
  return sdp ? { description: sdp } : candidate && { candidate };
}
function fromBare({ description, candidate }) {
  if (description) return { type: description.type === 'offer' ? 'video-offer' : 'video-answer', name: 'peer', sdp: description };
  return candidate === undefined ? {} : { type: 'new-ice-candidate', name: 'peer', candidate };
}

function connect() {
  const base = location.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(base + '//' + location.host + '/' + room.split('/').map(encodeURIComponent).join('/'), bare ? [] : 'json');
  if (bare) socket.onopen = () => present(['peer']);
  socket.onmessage = (event) => {
    const message = bare ? fromBare(JSON.parse(event.data)) : JSON.parse(event.data);
    if (message.type === 'id') socket.send(JSON.stringify({ name, date: Date.now(), id: message.id, type: 'username' }));
    else if (message.type === 'rejectusername') { name = message.name; log('the server calls us ' + name); }
    else if (message.type === 'userlist') present(message.users);
    else chain = chain.then(() => hear(message)).catch((error) => fail(message.type, error));
    state();
  };
  socket.onclose = (event) => { log('signaling closed (' + event.code + '), again in a second'); setTimeout(connect, 1000); };
  log('joining as ' + name);
}

function present(list) {
  users = list.filter((user) => user !== name);
  $('users').replaceChildren(...users.map((user) => {
    const button = document.createElement('button');
    button.textContent = 'call ' + user;
    button.onclick = () => call(user);
    return button;
  }));
  if (!users.length) $('users').textContent = 'nobody else is here';
  if (auto && users.length && !window.pc) { auto = false; call(users[0]); }
}

function call(user) {
  open(user);
  for (const kind of media) add(kind);
}

function open(user) {
  if (window.pc) close('calling anew');
  remote = user;
  polite = query.has('polite') ? query.get('polite') !== '0' : !bare && name > user;
  making = ignoring = false;
  const pc = (window.pc = new RTCPeerConnection());
  pc.onnegotiationneeded = async () => {
    try {
      making = true;
      await pc.setLocalDescription();
      if (pc.signalingState === 'closed') return;
      log('sends ' + pc.localDescription.type);
      send({ type: 'video-offer', sdp: pc.localDescription });
    } catch (error) { fail('offer', error); } finally { making = false; }
  };
  pc.onicecandidate = ({ candidate }) => candidate && send({ type: 'new-ice-candidate', candidate });
  pc.ontrack = ({ track, streams }) => {
    log('receives ' + track.kind);
    const player = document.createElement(track.kind);
    player.autoplay = player.muted = player.playsInline = true;
    player.srcObject = streams[0] || new MediaStream([track]);
    track.onended = () => player.remove();
    $('media').append(player);
  };
  pc.ondatachannel = ({ channel }) => watch(channel);
  for (const member of ['connectionState', 'signalingState', 'iceConnectionState'])
    pc.addEventListener(member.toLowerCase() + 'change', () => { log(member + ': ' + pc[member]); state(); });
  state();
}

async function hear(message) {
  const from = message.name || remote;
  if (!from || from === name) return;
  if (message.type === 'message') return log(from + ' says ' + message.text);
  if (message.type === 'hang-up') { if (from === remote) close(from + ' hung up'); return; }
  if (message.type === 'video-offer' && (!window.pc || from !== remote)) {
    open(from);
    for (const kind of media) if (kind !== 'data' && message.sdp.sdp.includes('\nm=' + kind)) add(kind);
  }
  const pc = window.pc;
  if (!pc || from !== remote) return;
  if (message.type === 'new-ice-candidate') {
    try { await pc.addIceCandidate(message.candidate); } catch (error) { if (!ignoring) throw error; }
    return;
  }
  if (message.type !== 'video-offer' && message.type !== 'video-answer') return;
  const collision = message.sdp.type === 'offer' && (making || pc.signalingState !== 'stable');
  ignoring = !polite && collision;
  log('hears ' + message.sdp.type + (ignoring ? ', and ignores it' : ''));
  if (ignoring) return;
  await pc.setRemoteDescription(message.sdp);
  if (message.sdp.type !== 'offer') return;
  await pc.setLocalDescription();
  log('sends answer');
  send({ type: 'video-answer', sdp: pc.localDescription });
}

function watch(channel) {
  window.channel = channel;
  channel.onopen = () => { log('data channel open'); channel.send('hello from ' + name); };
  channel.onmessage = ({ data }) => { if (!/heartbeat/.test(data)) log('data: ' + data); };
}

function add(kind) {
  const pc = window.pc;
  if (kind === 'data') return watch(pc.createDataChannel('renego'));
  const stream = kind === 'video' ? picture() : tone();
  for (const track of stream.getTracks()) pc.addTrack(track, stream);
}
function picture() {
  const canvas = document.createElement('canvas');
  canvas.width = 160; canvas.height = 120;
  const draw = canvas.getContext('2d');
  let frame = 0;
  const stream = canvas.captureStream(12);
  const timer = setInterval(() => {
    draw.fillStyle = '#235'; draw.fillRect(0, 0, 160, 120);
    draw.fillStyle = '#fb4'; draw.fillRect((frame * 4) % 160, 0, 16, 120);
    draw.fillStyle = '#fff'; draw.fillText(name + ' ' + frame++, 8, 20);
    if (stream.getTracks().every((track) => track.readyState === 'ended')) clearInterval(timer);
  }, 80);
  return stream;
}
function tone() {
  const audio = new AudioContext();
  const oscillator = audio.createOscillator(), gain = audio.createGain(), out = audio.createMediaStreamDestination();
  gain.gain.value = 0.05;
  oscillator.connect(gain).connect(out);
  oscillator.start();
  return out.stream;
}

function close(why) {
  if (!window.pc) return;
  for (const sender of window.pc.getSenders()) if (sender.track) sender.track.stop();
  window.pc.close();
  window.pc = window.channel = null;
  remote = undefined;
  $('media').replaceChildren();
  log(why);
  state();
}

$('video').onclick = () => add('video');
$('audio').onclick = () => add('audio');
$('data').onclick = () => add('data');
$('restart').onclick = () => { log('restarts ICE'); window.pc.restartIce(); };
$('hangup').onclick = () => { send({ type: 'hang-up' }); close('hung up'); };
addEventListener('pagehide', () => send({ type: 'hang-up' }));
state();
connect();
`;
