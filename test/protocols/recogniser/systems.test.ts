/**
 * Messages as the systems people run send them, made up after their documentation, each read by a decoder that knows none of
 * them. Expected: what a careful reader would count. `offer@x` names the peer connection.
 */
import { deflateSync, gzipSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';
import { A, answer, base64, C, field, ice, json, type Line, message, O, offer, read, sdp, varint } from './exam.ts';

const SYSTEMS: Readonly<Record<string, readonly Line[]>> = {
  mdn: [
    ['<', { type: 'id', id: 17 }, '-'],
    ['>', { type: 'video-offer', name: 'ann', target: 'bob', sdp: offer }, 'offer'],
    ['<', { type: 'video-answer', name: 'bob', target: 'ann', sdp: answer }, 'answer'],
    ['>', { type: 'new-ice-candidate', target: 'bob', candidate: ice }, 'candidate'],
    ['>', { type: 'message', text: 'my offer is 5' }, '-'],
    ['>', { type: 'hang-up', name: 'ann', target: 'bob' }, 'bye'],
  ],
  'perfect negotiation': [
    ['>', { description: offer }, 'offer'],
    ['<', { description: answer }, 'answer'],
    ['>', { candidate: ice }, 'candidate'],
    ['>', { candidate: null }, 'end-of-candidates'],
    ['<', { description: { type: 'rollback' } }, 'rollback'],
    ['<', { start: true }, '-'],
  ],
  'simple-peer': [
    ['>', offer, 'offer'],
    ['<', answer, 'answer'],
    ['>', { type: 'candidate', candidate: { candidate: C, sdpMLineIndex: 0, sdpMid: '0' } }, 'candidate'],
    ['<', { type: 'renegotiate', renegotiate: true }, 'request renegotiate'],
    ['<', { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } }, 'request transceiverRequest'],
  ],
  peerjs: [
    ['<', { type: 'OPEN' }, '-'],
    [
      '>',
      { type: 'OFFER', dst: 'bob', payload: { sdp: offer, type: 'media', connectionId: 'mc_1', metadata: {} } },
      'offer',
    ],
    ['<', { type: 'ANSWER', src: 'bob', payload: { sdp: answer, type: 'media', connectionId: 'mc_1' } }, 'answer'],
    [
      '>',
      { type: 'CANDIDATE', dst: 'bob', payload: { candidate: ice, type: 'media', connectionId: 'mc_1' } },
      'candidate',
    ],
    ['>', { type: 'HEARTBEAT' }, '-'],
    ['<', { type: 'LEAVE', src: 'bob' }, 'bye'],
  ],
  'y-webrtc': [
    ['>', { type: 'publish', topic: 'room', data: { type: 'announce', from: 'a' } }, '-'],
    [
      '>',
      { type: 'publish', topic: 'room', data: { type: 'signal', from: 'a', to: 'b', token: 5, signal: offer } },
      'offer',
    ],
    [
      '<',
      {
        type: 'publish',
        topic: 'room',
        clients: 2,
        data: { type: 'signal', from: 'a', to: 'b', token: 5, signal: offer },
      },
      '-',
    ],
    [
      '<',
      { type: 'publish', topic: 'room', clients: 2, data: { type: 'signal', from: 'b', to: 'a', signal: answer } },
      'answer',
    ],
    ['<', { type: 'publish', topic: 'room', data: base64('an encrypted message of some length') }, '-'],
  ],
  webtorrent: [
    [
      '>',
      {
        action: 'announce',
        info_hash: 'h',
        peer_id: 'p',
        offers: [
          { offer_id: 'x1', offer },
          { offer_id: 'x2', offer: { type: 'offer', sdp: sdp('actpass', 303) } },
        ],
      },
      'offer',
      'offer',
    ],
    ['<', { action: 'announce', info_hash: 'h', interval: 120, complete: 1, incomplete: 0 }, '-'],
    ['<', { action: 'announce', info_hash: 'h', peer_id: 'q', offer_id: 'x2', answer }, 'answer'],
  ],
  'trystero (encrypted)': [
    ['>', { peerId: 'a', offerId: 'o', offer: `1,2,3$${base64('some cipher text, long enough')}` }, '-'],
  ],
  'google codelab': [
    ['>', '42["create or join","foo"]', '-'],
    ['>', `42["message","got user media"]`, '-'],
    ['>', `42["message",${json(offer)}]`, 'offer'],
    ['<', `42["message",${json(answer)}]`, 'answer'],
    ['>', `42["message",${json({ type: 'candidate', label: 0, id: '0', candidate: C })}]`, 'candidate'],
    ['<', '42["message","bye"]', 'bye'],
  ],
  'apprtc and collider': [
    ['>', { cmd: 'register', roomid: 'r', clientid: 'c' }, '-'],
    ['>', { cmd: 'send', msg: json(offer) }, 'offer'],
    ['<', { msg: json(answer), error: '' }, 'answer'],
    ['<', { msg: json({ type: 'candidate', label: 0, id: '0', candidate: C }), error: '' }, 'candidate'],
    ['<', { msg: json({ type: 'bye' }), error: '' }, 'bye'],
  ],
  RTCMultiConnection: [
    ['>', `42["msg",${json({ remoteUserId: 'b', sender: 'a', message: { newParticipationRequest: true } })}]`, '-'],
    ['<', `42["msg",${json({ remoteUserId: 'a', sender: 'b', message: offer })}]`, 'offer'],
    ['>', `42["msg",${json({ remoteUserId: 'b', sender: 'a', message: answer })}]`, 'answer'],
    [
      '>',
      `42["msg",${json({ remoteUserId: 'b', sender: 'a', message: { candidate: C, sdpMid: '0', sdpMLineIndex: 0 } })}]`,
      'candidate',
    ],
  ],
  easyrtc: [
    ['>', `423["easyrtcCmd",${json({ msgType: 'offer', targetEasyrtcid: 'b', msgData: offer })}]`, 'offer'],
    ['<', '433[{"msgType":"ack"}]', '-'],
    ['<', `42["easyrtcCmd",${json({ msgType: 'answer', senderEasyrtcid: 'b', msgData: answer })}]`, 'answer'],
    [
      '>',
      `42["easyrtcCmd",${json({ msgType: 'candidate', targetEasyrtcid: 'b', msgData: { type: 'candidate', label: 0, id: '0', candidate: C } })}]`,
      'candidate',
    ],
    ['<', `42["easyrtcCmd",${json({ msgType: 'hangup', senderEasyrtcid: 'b' })}]`, 'bye'],
  ],
  SimpleWebRTC: [
    [
      '>',
      `42["message",${json({ to: 'b', sid: '17', roomType: 'video', type: 'offer', payload: offer, prefix: 'webkit' })}]`,
      'offer',
    ],
    [
      '<',
      `42["message",${json({ from: 'b', sid: '17', roomType: 'video', type: 'answer', payload: answer })}]`,
      'answer',
    ],
    ['>', `42["message",${json({ to: 'b', sid: '17', type: 'candidate', payload: { candidate: ice } })}]`, 'candidate'],
    ['>', `42["message",${json({ to: 'b', sid: '17', type: 'endOfCandidates' })}]`, 'end-of-candidates'],
  ],
  'socket.io, positional': [
    ['>', `42["offer",${json(offer)},"room-1"]`, 'offer'],
    ['<', `42["answer","room-1",${json(A)}]`, 'answer'],
    ['>', `42["ice-candidate",${json(ice)},"room-1"]`, 'candidate'],
  ],
  'socket.io, call-user': [
    ['>', `42["call-user",${json({ to: 'b', offer: O })}]`, 'offer'],
    ['<', `42["call:accepted",${json({ from: 'b', ans: answer })}]`, 'answer'],
    [
      '>',
      `42["peer:nego:needed",${json({ to: 'b', offer: { type: 'offer', sdp: O.replace(' 2 IN', ' 3 IN') } })}]`,
      'offer',
    ],
    ['<', `42["peer:nego:final",${json({ from: 'b', ans: { sdp: A.replace(' 2 IN', ' 3 IN') } })}]`, 'answer'],
  ],
  'socket.io, text in text': [
    ['>', `42["signal","id-b",${json(json({ sdp: offer }))}]`, 'offer'],
    ['<', `42["signal","id-b",${json(json({ sdp: answer }))}]`, 'answer'],
    ['>', `42["signal","id-b",${json(json({ ice }))}]`, 'candidate'],
  ],
  'socket.io 2 with a namespace and acknowledgements': [
    ['<', '0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":5000}', '-'],
    ['<', '40', '-'],
    ['>', `42/call,7["offer",${json({ to: 'b', sdp: offer })}]`, 'offer'],
    ['<', '43/call,7[{"ok":true}]', '-'],
    ['>', '2', '-'],
  ],
  'socket.io with binary attachments': [
    ['>', '451-["offer",{"to":"b","sdp":{"_placeholder":true,"num":0}}]', '-'],
    ['>', Buffer.from(O), 'offer'],
    ['<', '452-["answer",{"type":"answer","sdp":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1}]', '-'],
    ['<', Buffer.concat([Uint8Array.of(4), Buffer.from(A)]), '-'],
    ['<', Buffer.from(json({ candidate: C, sdpMid: '0' })), 'answer', 'candidate'],
  ],
  'socket.io with its MessagePack parser': [
    ['>', new Uint8Array(encode({ type: 2, nsp: '/', data: ['offer', { to: 'b', offer }] })), 'offer'],
    ['<', new Uint8Array(encode({ type: 2, nsp: '/', data: ['answer', { from: 'b', answer }] })), 'answer'],
  ],
  'socket.io 0.9': [
    ['>', `5:::${json({ name: 'offer', args: [offer] })}`, 'offer'],
    ['<', `5:1+::${json({ name: 'answer', args: [answer] })}`, 'answer'],
    ['>', '2::', '-'],
  ],
  libdatachannel: [
    ['>', { id: 'b', type: 'offer', description: O }, 'offer'],
    ['<', { id: 'b', type: 'answer', description: A }, 'answer'],
    ['>', { id: 'b', type: 'candidate', candidate: `a=${C}`, mid: '0' }, 'candidate'],
  ],
  'flutter-webrtc': [
    ['>', { type: 'new', data: { id: 'a', name: 'x' } }, '-'],
    [
      '>',
      { type: 'offer', data: { to: 'b', from: 'a', description: offer, session_id: 'a-b', media: 'video' } },
      'offer',
    ],
    ['<', { type: 'answer', data: { to: 'a', from: 'b', description: answer, session_id: 'a-b' } }, 'answer'],
    [
      '>',
      {
        type: 'candidate',
        data: { to: 'b', from: 'a', candidate: { candidate: C, sdpMid: '0', sdpMLineIndex: 0 }, session_id: 'a-b' },
      },
      'candidate',
    ],
    ['>', { type: 'keepalive', data: {} }, '-'],
    ['>', { type: 'bye', data: { session_id: 'a-b', from: 'a' } }, 'bye'],
  ],
  mirotalk: [
    ['<', `42["addPeer",${json({ peer_id: 'b', should_create_offer: true })}]`, '-'],
    ['>', `42["relaySDP",${json({ peer_id: 'b', session_description: offer })}]`, 'offer'],
    ['<', `42["sessionDescription",${json({ peer_id: 'b', session_description: answer })}]`, 'answer'],
    ['>', `42["relayICE",${json({ peer_id: 'b', ice_candidate: { sdpMLineIndex: 0, candidate: C } })}]`, 'candidate'],
  ],
  pairdrop: [
    ['>', { type: 'signal', to: 'b', roomType: 'ip', sdp: offer }, 'offer'],
    ['<', { type: 'signal', sender: { id: 'b' }, sdp: answer }, 'answer'],
    ['>', { type: 'signal', to: 'b', ice }, 'candidate'],
    ['>', { type: 'signal', to: 'b', ice: null }, 'end-of-candidates'],
  ],
  matchbox: [
    ['<', { IdAssigned: 'u1' }, '-'],
    ['>', { Signal: { receiver: 'u2', data: { Offer: O } } }, 'offer'],
    ['<', { Signal: { sender: 'u2', data: { Answer: A } } }, 'answer'],
    ['>', { Signal: { receiver: 'u2', data: { IceCandidate: json(ice) } } }, 'candidate'],
    ['>', '"KeepAlive"', '-'],
  ],
  'godot 3': [
    ['>', 'J: lobby\n', '-'],
    ['>', `O: 12\n${O}`, 'offer'],
    ['<', `A: 12\n${A}`, 'answer'],
    ['>', `C: 12\n\n0\n0\n${C}`, 'candidate'],
  ],
  'godot 4': [
    ['>', { type: 4, id: 2, data: O }, 'offer'],
    ['<', { type: 5, id: 2, data: A }, 'answer'],
    ['>', { type: 6, id: 2, data: `\n0\n0\n${C}` }, 'candidate'],
  ],
  'node-dss': [
    ['>', { MessageType: 1, Data: O, IceDataSeparator: '' }, 'offer'],
    ['<', { MessageType: 2, Data: A, IceDataSeparator: '' }, 'answer'],
    ['>', { MessageType: 3, Data: `${C}|0|0`, IceDataSeparator: '|' }, 'candidate'],
  ],
  libp2p: [
    ['>', ((m) => message(Uint8Array.of(...varint(m.length)), m))(message(field(1, 0), field(2, O))), 'offer'],
    ['<', message(field(1, 1), field(2, A)), 'answer'],
    ['>', message(field(1, 2), field(2, json(ice))), 'candidate'],
  ],
  'unity render streaming': [
    ['<', { type: 'connect', connectionId: 'c1', polite: true }, '-'],
    ['>', { type: 'offer', from: 'c1', data: { sdp: O, connectionId: 'c1' } }, 'offer'],
    ['<', { type: 'answer', from: 'c1', data: { sdp: A, connectionId: 'c1' } }, 'answer'],
    [
      '>',
      { type: 'candidate', from: 'c1', data: { candidate: C, sdpMid: '0', sdpMLineIndex: 0, connectionId: 'c1' } },
      'candidate',
    ],
  ],
  neko: [
    ['>', { event: 'signal/request' }, '-'],
    ['<', { event: 'signal/provide', payload: { sdp: O, iceservers: [] } }, 'offer'],
    ['>', { event: 'signal/answer', payload: { sdp: A } }, 'answer'],
    ['>', { event: 'signal/candidate', payload: ice }, 'candidate'],
    ['>', { event: 'signal/restart' }, 'request signal/restart'],
    ['>', { event: 'client/heartbeat' }, '-'],
  ],
  'copied and pasted': [
    ['>', base64(json(offer)), 'offer'],
    ['<', Buffer.from(gzipSync(json(answer))).toString('base64url'), 'answer'],
    ['>', encodeURIComponent(json({ candidate: C, sdpMid: '0' })), 'candidate'],
  ],
  janus: [
    ['>', { janus: 'create', transaction: 't0' }, '-'],
    [
      '>',
      { janus: 'message', session_id: 1, handle_id: 2, transaction: 't1', body: { request: 'configure' }, jsep: offer },
      'offer',
    ],
    ['<', { janus: 'ack', session_id: 1, transaction: 't1' }, '-'],
    [
      '<',
      {
        janus: 'event',
        session_id: 1,
        sender: 2,
        transaction: 't1',
        plugindata: { plugin: 'p', data: {} },
        jsep: answer,
      },
      'answer',
    ],
    ['>', { janus: 'trickle', session_id: 1, handle_id: 2, candidate: ice }, 'candidate'],
    [
      '>',
      { janus: 'trickle', session_id: 1, handle_id: 2, candidates: [ice, { completed: true }] },
      'candidate',
      'end-of-candidates',
    ],
    ['>', { janus: 'trickle', session_id: 1, handle_id: 2, candidate: { completed: true } }, 'end-of-candidates'],
    ['<', { janus: 'event', session_id: 1, sender: 9, jsep: { type: 'offer', sdp: sdp('actpass', 404) } }, 'offer'],
    [
      '>',
      {
        janus: 'message',
        session_id: 1,
        handle_id: 9,
        body: { request: 'start' },
        jsep: { type: 'answer', sdp: sdp('active', 505) },
      },
      'answer',
    ],
    [
      '>',
      { janus: 'message', session_id: 1, handle_id: 9, body: { request: 'configure', restart: true } },
      'request restart',
    ],
    ['<', { janus: 'hangup', session_id: 1, sender: 2, reason: 'Close PC' }, 'bye'],
    ['>', { janus: 'keepalive', session_id: 1 }, '-'],
  ],
  'livekit, JSON': [
    ['>', { offer: { type: 'offer', sdp: O, id: 1 } }, 'offer'],
    ['<', { answer: { type: 'answer', sdp: A, id: 1 } }, 'answer'],
    ['<', { offer: { type: 'offer', sdp: sdp('actpass', 404) } }, 'offer'],
    ['>', { answer: { type: 'answer', sdp: sdp('active', 505) } }, 'answer'],
    ['>', { trickle: { candidateInit: json(ice), target: 'PUBLISHER' } }, 'candidate'],
    [
      '>',
      { trickle: { candidateInit: json(ice).replace('5000', '5001'), target: 'SUBSCRIBER', final: true } },
      'candidate',
      'end-of-candidates',
    ],
    ['>', { leave: { reason: 1, action: 'DISCONNECT' } }, 'bye'],
  ],
  'livekit, protocol buffers': [
    ['>', message(field(1, message(field(1, 'offer'), field(2, O), field(3, 1)))), 'offer'],
    ['<', message(field(2, message(field(1, 'answer'), field(2, A)))), 'answer'],
    ['>', message(field(3, message(field(1, json(ice)), field(2, 1)))), 'candidate'],
    ['>', message(field(14, 1_795_000_000)), '-'],
  ],
  'mediasoup with protoo': [
    ['>', { request: true, id: 1, method: 'createWebRtcTransport', data: { producing: true } }, '-'],
    [
      '<',
      {
        response: true,
        id: 1,
        ok: true,
        data: {
          id: 't1',
          iceParameters: { usernameFragment: 'ms1', password: 'p', iceLite: true },
          iceCandidates: [
            { foundation: 'udp', ip: '192.0.2.9', port: 4000, protocol: 'udp', priority: 1, type: 'host' },
          ],
          dtlsParameters: { role: 'auto', fingerprints: [] },
        },
      },
      'notify ICE parameters ms1, 1 candidate',
    ],
    ['>', { request: true, id: 3, method: 'restartIce', data: { transportId: 't1' } }, 'request restartIce'],
    [
      '<',
      { response: true, id: 3, ok: true, data: { iceParameters: { usernameFragment: 'ms2', password: 'q' } } },
      'notify ICE parameters ms2',
    ],
  ],
  'ion-sfu': [
    ['>', { jsonrpc: '2.0', id: '1', method: 'join', params: { sid: 's', uid: 'u', offer } }, 'offer'],
    ['<', { jsonrpc: '2.0', id: '1', result: answer }, 'answer'],
    ['<', { jsonrpc: '2.0', method: 'offer', params: { type: 'offer', sdp: sdp('actpass', 404) } }, 'offer'],
    [
      '>',
      { jsonrpc: '2.0', method: 'answer', params: { desc: { type: 'answer', sdp: sdp('active', 505) } } },
      'answer',
    ],
    ['>', { jsonrpc: '2.0', method: 'trickle', params: { target: 0, candidate: ice } }, 'candidate'],
  ],
  galène: [
    ['>', { type: 'handshake', version: ['2'], id: 'me' }, '-'],
    ['>', { type: 'offer', id: 's1', label: 'camera', source: 'me', username: 'ann', sdp: O }, 'offer'],
    ['<', { type: 'answer', id: 's1', sdp: A }, 'answer'],
    ['>', { type: 'ice', id: 's1', candidate: ice }, 'candidate'],
    ['<', { type: 'renegotiate', id: 's1' }, 'request renegotiate'],
    ['>', { type: 'close', id: 's1' }, 'bye'],
  ],
  ayame: [
    ['>', { type: 'register', roomId: 'r', clientId: 'a' }, '-'],
    ['<', { type: 'accept', connectionId: 'x', isExistClient: true, iceServers: [] }, '-'],
    ['>', { type: 'offer', sdp: O }, 'offer'],
    ['<', { type: 'answer', sdp: A }, 'answer'],
    ['>', { type: 'candidate', ice }, 'candidate'],
    ['<', { type: 'ping' }, '-'],
    ['<', { type: 'bye' }, 'bye'],
  ],
  sora: [
    ['>', { type: 'connect', role: 'sendrecv', channel_id: 'x', sdp: O, audio: true }, '-'],
    ['<', { type: 'offer', sdp: O, client_id: 'c', connection_id: 'k', config: { iceServers: [] } }, 'offer'],
    ['>', { type: 'answer', sdp: A }, 'answer'],
    ['>', { type: 'candidate', ...ice }, 'candidate'],
    ['<', { type: 're-offer', sdp: O.replace(' 2 IN', ' 3 IN') }, 'offer'],
    ['>', { type: 're-answer', sdp: A.replace(' 2 IN', ' 3 IN') }, 'answer'],
    ['<', { type: 'notify', event_type: 'connection.created' }, '-'],
  ],
  'gst-plugins-rs': [
    ['<', { type: 'welcome', peerId: 'p' }, '-'],
    ['<', { type: 'peer', sessionId: 's', sdp: offer }, 'offer'],
    ['>', { type: 'peer', sessionId: 's', sdp: answer }, 'answer'],
    ['>', { type: 'peer', sessionId: 's', ice: { candidate: C, sdpMLineIndex: 0 } }, 'candidate'],
    ['>', { type: 'endSession', sessionId: 's' }, 'bye'],
  ],
  'gstreamer simple_server': [
    ['>', 'HELLO 17', '-'],
    ['<', 'ROOM_OK 1 2', '-'],
    ['>', `ROOM_PEER_MSG 2 ${json({ sdp: offer })}`, 'offer'],
    ['<', `ROOM_PEER_MSG 2 ${json({ sdp: answer })}`, 'answer'],
    ['>', `ROOM_PEER_MSG 2 ${json({ ice: { candidate: C, sdpMLineIndex: 0 } })}`, 'candidate'],
    ['<', 'OFFER_REQUEST', 'request OFFER_REQUEST'],
  ],
  go2rtc: [
    ['>', { type: 'webrtc/offer', value: O }, 'offer'],
    ['<', { type: 'webrtc/answer', value: A }, 'answer'],
    ['>', { type: 'webrtc/candidate', value: C }, 'candidate'],
    ['>', { type: 'webrtc/candidate', value: '' }, 'end-of-candidates'],
    ['>', { type: 'webrtc', value: { type: 'offer', sdp: O.replace('uf101', 'uf909'), ice_servers: [] } }, 'offer'],
    ['<', { type: 'error', value: 'webrtc/offer: no stream' }, '-'],
  ],
  'home assistant': [
    ['>', { type: 'auth', access_token: 'x' }, '-'],
    ['>', { id: 6, type: 'camera/webrtc/offer', entity_id: 'camera.x', offer: O }, 'offer'],
    ['<', { id: 6, type: 'result', success: true, result: null }, '-'],
    [
      '<',
      [
        { id: 6, type: 'event', event: { type: 'session', session_id: 's' } },
        { id: 6, type: 'event', event: { type: 'answer', answer: A } },
      ],
      'answer',
    ],
    ['<', { id: 6, type: 'event', event: { type: 'candidate', candidate: ice } }, 'candidate'],
    [
      '>',
      {
        id: 7,
        type: 'camera/webrtc/candidate',
        entity_id: 'camera.x',
        session_id: 's',
        candidate: { candidate: C, sdpMid: '0' },
      },
      'candidate',
    ],
  ],
  'pixel streaming': [
    ['<', { type: 'config', peerConnectionOptions: {}, protocolVersion: '1.1' }, '-'],
    ['<', { type: 'offer', sdp: O, playerId: '101' }, 'offer'],
    ['>', { type: 'answer', sdp: A, minBitrateBps: 1 }, 'answer'],
    ['>', { type: 'iceCandidate', candidate: ice }, 'candidate'],
    ['<', { type: 'playerCount', count: 1 }, '-'],
  ],
  'kurento tutorials': [
    ['>', { id: 'presenter', sdpOffer: O }, 'offer'],
    ['<', { id: 'presenterResponse', response: 'accepted', sdpAnswer: A }, 'answer'],
    ['>', { id: 'onIceCandidate', candidate: ice }, 'candidate'],
    [
      '<',
      { id: 'iceCandidate', candidate: { __module__: 'kurento', ...ice, candidate: C.replace('5000', '5001') } },
      'candidate',
    ],
    ['<', { id: 'stopCommunication' }, 'bye'],
  ],
  'openvidu 2': [
    ['>', { jsonrpc: '2.0', id: 3, method: 'publishVideo', params: { sdpOffer: O, doLoopback: false } }, 'offer'],
    ['<', { jsonrpc: '2.0', id: 3, result: { sdpAnswer: A, id: 'x' } }, 'answer'],
    [
      '>',
      {
        jsonrpc: '2.0',
        id: 4,
        method: 'onIceCandidate',
        params: { endpointName: 'e', candidate: C, sdpMid: '0', sdpMLineIndex: 0 },
      },
      'candidate',
    ],
    ['<', { jsonrpc: '2.0', id: 5, result: { sdpOffer: sdp('actpass', 404) } }, 'offer'],
    [
      '>',
      { jsonrpc: '2.0', id: 6, method: 'receiveVideoFrom', params: { sender: 'y', sdpAnswer: sdp('active', 505) } },
      'answer',
    ],
  ],
  bigbluebutton: [
    ['>', { id: 'start', type: 'video', cameraId: 'k', role: 'viewer' }, '-'],
    ['<', { id: 'startResponse', type: 'video', cameraId: 'k', sdpAnswer: O, response: 'accepted' }, 'offer'],
    ['>', { id: 'subscriberAnswer', type: 'video', role: 'viewer', cameraId: 'k', answer: A }, 'answer'],
    ['>', { id: 'restartIce', cameraId: 'k', role: 'viewer' }, 'request restartIce'],
    ['>', { id: 'stop', type: 'video', cameraId: 'k' }, 'bye'],
  ],
  'ant media': [
    ['>', { command: 'publish', streamId: 's', video: true }, '-'],
    ['<', { command: 'start', streamId: 's' }, '-'],
    ['>', { command: 'takeConfiguration', streamId: 's', type: 'offer', sdp: O }, 'offer'],
    ['<', { command: 'takeConfiguration', streamId: 's', type: 'answer', sdp: A }, 'answer'],
    ['>', { command: 'takeCandidate', streamId: 's', label: 0, id: '0', candidate: C }, 'candidate'],
    ['>', { command: 'stop', streamId: 's' }, 'bye'],
  ],
  ovenmediaengine: [
    ['>', { command: 'request_offer' }, 'request request_offer'],
    [
      '<',
      { command: 'offer', id: 1, peer_id: 0, sdp: offer, candidates: [ice], ice_servers: [] },
      'offer',
      'candidate',
    ],
    ['>', { command: 'answer', id: 1, peer_id: 0, sdp: answer }, 'answer'],
    [
      '>',
      { command: 'candidate', id: 1, peer_id: 0, candidates: [{ ...ice, candidate: C.replace('5000', '5001') }] },
      'candidate',
    ],
  ],
  'wowza 1': [
    [
      '>',
      { direction: 'publish', command: 'sendOffer', streamInfo: { streamName: 's', sessionId: '[empty]' }, sdp: offer },
      'offer',
    ],
    [
      '<',
      {
        status: 200,
        sdp: answer,
        iceCandidates: [{ candidate: C, sdpMid: '0', sdpMLineIndex: 0 }],
        streamInfo: { sessionId: '7' },
      },
      'answer',
      'candidate',
    ],
  ],
  'wowza 2': [
    ['>', { messageType: 'OFFER', action: 'PUBLISH', connectionId: '[empty]', sdp: O }, 'offer'],
    ['<', { statusCode: 200, message: { connectionId: 'c1', sdp: A } }, 'answer'],
    ['>', { messageType: 'CANDIDATE', connectionId: 'c1', candidate: C }, 'candidate'],
    ['>', { messageType: 'CANDIDATE', connectionId: 'c1', candidate: '' }, 'end-of-candidates'],
  ],
  millicast: [
    ['>', { type: 'cmd', transId: 0, name: 'publish', data: { name: 's', sdp: O, codec: 'h264' } }, 'offer'],
    ['<', { type: 'response', transId: 0, data: { sdp: A } }, 'answer'],
    ['<', { type: 'event', name: 'active', data: {} }, '-'],
  ],
  'nextcloud talk': [
    ['>', { id: '1', type: 'hello', hello: { version: '2.0' } }, '-'],
    [
      '>',
      {
        id: '2',
        type: 'message',
        message: {
          recipient: { type: 'session', sessionid: 'B' },
          data: { to: 'B', sid: '5', roomType: 'video', type: 'offer', payload: { type: 'offer', sdp: O, nick: 'x' } },
        },
      },
      'offer',
    ],
    [
      '<',
      {
        type: 'message',
        message: {
          sender: { type: 'session', sessionid: 'B' },
          data: { from: 'B', sid: '5', roomType: 'video', type: 'answer', payload: { type: 'answer', sdp: A } },
        },
      },
      'answer',
    ],
    [
      '>',
      {
        id: '3',
        type: 'message',
        message: {
          recipient: { type: 'session', sessionid: 'B' },
          data: {
            sid: '5',
            type: 'candidate',
            payload: { candidate: { candidate: C, sdpMid: '0', sdpMLineIndex: 0 } },
          },
        },
      },
      'candidate',
    ],
    [
      '<',
      { type: 'message', message: { data: { sid: '5', type: 'endOfCandidates', payload: {} } } },
      'end-of-candidates',
    ],
  ],
  'mattermost calls': [
    [
      '>',
      new Uint8Array(
        encode({
          action: 'custom_com.mattermost.calls_sdp',
          seq: 3,
          data: { data: new Uint8Array(deflateSync(json(offer))) },
        }),
      ),
      'offer',
    ],
    ['<', { event: 'custom_com.mattermost.calls_signal', data: { connID: 'c', data: json(answer) } }, 'answer'],
    ['>', { action: 'custom_com.mattermost.calls_ice', seq: 4, data: { data: json(ice) } }, 'candidate'],
  ],
  'rocket.chat over meteor': [
    [
      '>',
      {
        msg: 'method',
        method: 'stream-notify',
        id: '1',
        params: ['x/media-signal', { type: 'local-sdp', callId: 'c', sdp: offer, negotiationId: 'n' }],
      },
      'offer',
    ],
    [
      '<',
      {
        msg: 'changed',
        collection: 'stream',
        fields: { args: [{ type: 'remote-sdp', callId: 'c', sdp: answer, negotiationId: 'n' }] },
      },
      'answer',
    ],
  ],
  verto: [
    [
      '>',
      { jsonrpc: '2.0', method: 'verto.invite', params: { sessid: 's', sdp: O, dialogParams: { callID: 'k' } }, id: 4 },
      'offer',
    ],
    ['<', { jsonrpc: '2.0', id: 4, result: { message: 'CALL CREATED', callID: 'k' } }, '-'],
    ['<', { jsonrpc: '2.0', id: 5, method: 'verto.media', params: { callID: 'k', sdp: A } }, 'answer'],
    ['<', { jsonrpc: '2.0', id: 6, method: 'verto.answer', params: { callID: 'k' } }, '-'],
    ['<', { jsonrpc: '2.0', id: 7, method: 'verto.bye', params: { callID: 'k', cause: 'NORMAL_CLEARING' } }, 'bye'],
    ['>', { jsonrpc: '2.0', method: 'verto.ping', params: {} }, '-'],
  ],
  matrix: [
    [
      '>',
      { type: 'm.call.invite', content: { call_id: 'k', party_id: 'p', version: '1', lifetime: 60000, offer } },
      'offer',
    ],
    ['<', { type: 'm.call.answer', content: { call_id: 'k', party_id: 'q', version: '1', answer } }, 'answer'],
    [
      '>',
      { type: 'm.call.candidates', content: { call_id: 'k', party_id: 'p', candidates: [ice, { candidate: '' }] } },
      'candidate',
      'end-of-candidates',
    ],
    [
      '<',
      { type: 'm.call.negotiate', content: { call_id: 'k', description: { type: 'offer', sdp: sdp('actpass', 202) } } },
      'offer',
    ],
    ['<', { type: 'm.call.hangup', content: { call_id: 'k', reason: 'user_hangup' } }, 'bye'],
    ['<', { type: 'm.room.encrypted', content: { ciphertext: 'AwgAEn…' } }, '-'],
  ],
  'kinesis video streams': [
    ['>', { action: 'SDP_OFFER', messagePayload: base64(json(offer)), recipientClientId: '' }, 'offer'],
    ['<', { messageType: 'SDP_ANSWER', messagePayload: base64(json(answer)) }, 'answer'],
    ['>', { action: 'ICE_CANDIDATE', messagePayload: base64(json(ice)) }, 'candidate'],
    ['<', { messageType: 'GO_AWAY', messagePayload: '' }, '-'],
  ],
  'twilio voice': [
    ['>', { type: 'invite', version: '1.6', payload: { callsid: 'c', sdp: O, twilio: {} } }, 'offer'],
    ['<', { type: 'answer', payload: { callsid: 'c', sdp: A } }, 'answer'],
    ['>', { type: 'hangup', payload: { callsid: 'c' } }, 'bye'],
  ],
  'twilio video': [
    [
      '>',
      {
        type: 'msg',
        body: {
          type: 'connect',
          version: 2,
          peer_connections: [{ id: 'pc1', description: { type: 'offer', sdp: O, revision: 1 } }],
        },
      },
      'offer',
    ],
    [
      '<',
      {
        type: 'msg',
        body: {
          type: 'update',
          version: 2,
          peer_connections: [{ id: 'pc1', description: { type: 'answer', sdp: A, revision: 1 } }],
        },
      },
      'answer',
    ],
    [
      '>',
      {
        type: 'msg',
        body: {
          type: 'update',
          peer_connections: [{ id: 'pc1', ice: { candidates: [ice], ufrag: 'uf101', revision: 1 } }],
        },
      },
      'candidate',
    ],
    [
      '>',
      {
        type: 'msg',
        body: {
          type: 'update',
          peer_connections: [
            {
              id: 'pc1',
              ice: {
                candidates: [ice, { ...ice, candidate: C.replace('5000', '5001') }],
                ufrag: 'uf101',
                revision: 2,
                complete: true,
              },
            },
          ],
        },
      },
      'candidate',
      'end-of-candidates',
    ],
  ],
  'azure communication services': [
    [
      '<',
      `3:::${json({ id: 1, method: 'POST', url: 'https://x/call/acceptance', body: base64(gzipSync(json({ callAcceptance: { mediaContent: { blob: A, contentType: 'application/sdp-ngc-1.0' } } }))) })}`,
      'answer',
    ],
  ],
  'vonage rumor frames': [
    [
      '>',
      Buffer.concat([
        Uint8Array.of(1, 0, 0, 200, 3, 255),
        Buffer.from(json({ method: 'offer', uri: '/v2/partner/1', content: { sdp: O } })),
        Uint8Array.of(0, 254),
      ]),
      'offer',
    ],
  ],
  agora: [
    [
      '>',
      {
        _id: 'a',
        _type: 'join_v3',
        _message: { p2p_id: 1, ortc: { iceParameters: { iceUfrag: 'ag1', icePwd: 'x' }, dtlsParameters: {} } },
      },
      'notify ICE parameters ag1',
    ],
  ],
  'getstream protocol buffers': [
    ['<', message(field(1, message(field(1, O)))), 'offer'],
    ['>', message(field(1, 1), field(2, A), field(3, 'session')), 'answer'],
    ['>', message(field(1, 1), field(2, json(ice)), field(3, 'session')), 'candidate'],
  ],
  discord: [
    [
      '>',
      {
        op: 1,
        d: {
          protocol: 'webrtc',
          data: 'a=extmap-allow-mixed\na=ice-ufrag:dis1\na=ice-pwd:x\na=ice-options:trickle',
          rtc_connection_id: 'r',
        },
      },
      'notify ICE parameters dis1',
    ],
    [
      '<',
      {
        op: 4,
        d: {
          sdp: 'm=audio 50001 ICE/SDP\na=fingerprint:sha-256 AA\nc=IN IP4 192.0.2.1\na=rtcp:50001\na=ice-ufrag:srv1\na=ice-pwd:x\na=candidate:1 1 UDP 4261412862 192.0.2.1 50001 typ host\n',
          audio_codec: 'opus',
        },
      },
      'candidate',
    ],
  ],
  'geforce now': [
    ['<', { peer_msg: { from: 1, to: 2, msg: json(offer) }, ackid: 3 }, 'offer'],
    ['>', { ack: 3 }, '-'],
    [
      '>',
      {
        peer_msg: {
          from: 2,
          to: 1,
          msg: json({
            ...answer,
            nvstSdp: 'v=0\no=SdpTest test_id_13 14 IN IPv4 127.0.0.1\ns=-\nt=0 0\nm=video 0 RTP/AVP\na=x:1\n',
          }),
        },
        ackid: 4,
      },
      'answer',
      '-',
    ],
  ],
  'firebase realtime database in chunks': [
    ['>', '0', '-'],
    ['<', '2', '-'],
    ['<', json({ t: 'd', d: { r: 7, a: 'p', b: { p: '/rooms/r/offer', d: offer } } }).slice(0, 200), '-'],
    ['<', json({ t: 'd', d: { r: 7, a: 'p', b: { p: '/rooms/r/offer', d: offer } } }).slice(200), 'offer'],
  ],
  'firestore over webchannel': [
    [
      '<',
      ((text) => `${text.length}\n${text}`)(
        json([
          [
            4,
            [
              {
                documentChange: {
                  document: {
                    name: 'rooms/r',
                    fields: {
                      offer: { mapValue: { fields: { type: { stringValue: 'offer' }, sdp: { stringValue: O } } } },
                    },
                  },
                },
              },
            ],
          ],
        ]),
      ),
      'offer',
    ],
    [
      '>',
      `count=1&ofs=0&req0___data__=${encodeURIComponent(json({ writes: [{ update: { fields: { answer: { mapValue: { fields: { type: { stringValue: 'answer' }, sdp: { stringValue: A } } } } } } }] }))}`,
      'answer',
    ],
    [
      '>',
      `count=1&ofs=1&req0___data__=${encodeURIComponent(json({ writes: [{ update: { name: 'rooms/r/callerCandidates/1', fields: { candidate: { stringValue: C }, sdpMid: { stringValue: '0' }, sdpMLineIndex: { integerValue: '0' } } } }] }))}`,
      'candidate',
    ],
  ],
  sockjs: [
    ['<', 'o', '-'],
    ['<', `a[${json(json(offer))}]`, 'offer'],
    ['>', json([json(answer)]), 'answer'],
    ['<', 'h', '-'],
  ],
  'stomp in sockjs': [
    ['>', json([`SEND\ndestination:/app/signal\ncontent-length:9\n\n${json(offer)}\0`]), 'offer'],
    ['<', `a[${json(`MESSAGE\ndestination:/topic/answer\n\n${A}\0`)}]`, 'answer'],
  ],
  signalr: [
    ['>', '{"protocol":"json","version":1}\x1e', '-'],
    [
      '>',
      `${json({ type: 1, target: 'SendSignal', arguments: ['conn-b', json(offer)], invocationId: '3' })}\x1e`,
      'offer',
    ],
    [
      '<',
      `${json({ type: 1, target: 'ReceiveSignal', arguments: ['conn-b', 'answer', A] })}\x1e${json({ type: 6 })}\x1e`,
      'answer',
    ],
  ],
  'signalr with MessagePack': [
    [
      '>',
      ((bytes) => message(Uint8Array.of(...varint(bytes.length)), bytes))(
        new Uint8Array(encode([1, {}, null, 'SendOffer', ['b', O], []])),
      ),
      'offer',
    ],
  ],
  'phoenix and supabase': [
    ['>', ['1', '2', 'room:1', 'phx_join', {}], '-'],
    ['>', ['1', '3', 'room:1', 'offer', { to: 'b', sdp: O }], 'offer'],
    [
      '<',
      {
        topic: 'realtime:r',
        event: 'broadcast',
        ref: null,
        payload: { type: 'broadcast', event: 'answer', payload: { sdp: A } },
      },
      'answer',
    ],
    ['>', { topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '9' }, '-'],
  ],
  actioncable: [
    ['<', { type: 'ping', message: 1795000000 }, '-'],
    [
      '>',
      {
        command: 'message',
        identifier: json({ channel: 'CallChannel' }),
        data: json({ action: 'signal', body: json(offer) }),
      },
      'offer',
    ],
    ['<', { identifier: json({ channel: 'CallChannel' }), message: { from: 'b', sdp: json(answer) } }, 'answer'],
  ],
  pusher: [
    ['>', { event: 'client-offer', channel: 'presence-x', data: { sdp: O } }, 'offer'],
    ['<', { event: 'client-answer', channel: 'presence-x', data: json({ sdp: A }) }, 'answer'],
    ['<', { event: 'client-hangup', channel: 'presence-x', data: '{}' }, 'bye'],
    ['<', { event: 'pusher:pong', data: '{}' }, '-'],
  ],
  ably: [
    ['<', { action: 15, channel: 'x', messages: [{ name: 'offer', data: json(offer), encoding: 'json' }] }, 'offer'],
    [
      '>',
      new Uint8Array(
        encode({ action: 15, channel: 'x', messages: [{ name: 'answer', data: json(answer), encoding: 'json' }] }),
      ),
      'answer',
    ],
  ],
  'mqtt over websocket': [
    [
      '>',
      Buffer.concat([Uint8Array.of(0x30, 0x82, 0x07, 0, 7), Buffer.from('call/ab'), Buffer.from(json(offer))]),
      'offer',
    ],
  ],
  'grpc-web': [
    [
      '>',
      ((m) => Buffer.concat([Uint8Array.of(0, 0, 0, m.length >> 8, m.length & 255), m]))(
        message(field(1, message(field(1, 'offer'), field(2, O)))),
      ),
      'offer',
    ],
  ],
  'SIP over WebSocket': [
    ['>', 'REGISTER sip:x SIP/2.0\r\nCall-ID: r1\r\nCSeq: 1 REGISTER\r\n\r\n', '-'],
    [
      '>',
      `INVITE sip:b@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n${O}`,
      'offer',
    ],
    ['<', 'SIP/2.0 100 Trying\r\nCall-ID: k1\r\nCSeq: 1 INVITE\r\n\r\n', '-'],
    [
      '<',
      `SIP/2.0 183 Session Progress\r\nCall-ID: k1\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n${A}`,
      'pranswer',
    ],
    [
      '<',
      `SIP/2.0 200 OK\r\nCall-ID: k1\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n${A.replace(' 2 IN', ' 3 IN')}`,
      'answer',
    ],
    ['>', 'ACK sip:b@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 1 ACK\r\n\r\n', '-'],
    [
      '>',
      `INFO sip:b@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 2 INFO\r\nContent-Type: application/trickle-ice-sdpfrag\r\n\r\na=ice-ufrag:uf101\r\na=ice-pwd:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=${C}\r\n`,
      'candidate',
    ],
    [
      '>',
      `INFO sip:b@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 3 INFO\r\nContent-Type: application/trickle-ice-sdpfrag\r\n\r\na=ice-ufrag:uf101\r\na=ice-pwd:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=${C}\r\na=${C.replace('5000', '5001')}\r\na=end-of-candidates\r\n`,
      'candidate',
      'end-of-candidates',
    ],
    [
      '<',
      `INVITE sip:a@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 9 INVITE\r\nContent-Type: application/sdp\r\n\r\n${sdp('active', 202).replace(' 2 IN', ' 4 IN')}`,
      'offer',
    ],
    ['<', 'BYE sip:a@x SIP/2.0\r\nCall-ID: k1\r\nCSeq: 10 BYE\r\n\r\n', 'bye'],
    ['>', '\r\n\r\n', '-'],
  ],
  'SIP without an offer in the INVITE': [
    ['>', 'INVITE sip:b@x SIP/2.0\r\nCall-ID: k2\r\nCSeq: 1 INVITE\r\n\r\n', '-'],
    ['<', `SIP/2.0 200 OK\r\nCall-ID: k2\r\nCSeq: 1 INVITE\r\n\r\n${O}`, 'offer'],
    ['>', `ACK sip:b@x SIP/2.0\r\nCall-ID: k2\r\nCSeq: 1 ACK\r\n\r\n${A}`, 'answer'],
  ],
  'jitsi, Jingle over XMPP': [
    [
      '<',
      `<iq type='set' from='focus@x' to='me@x'><jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='j1' initiator='focus@x'><content creator='initiator' name='audio' senders='both'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'><payload-type id='111' name='opus' clockrate='48000' channels='2'><parameter name='minptime' value='10'/></payload-type></description><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='jvb1' pwd='0123456789012345678901'><fingerprint hash='sha-256' setup='actpass'>AA:BB</fingerprint><candidate foundation='1' component='1' protocol='udp' priority='2' ip='192.0.2.7' port='10000' type='host'/></transport></content></jingle></iq>`,
      'offer',
    ],
    ['>', `<iq type='result' to='focus@x'/>`, '-'],
    [
      '>',
      `<iq type='set' to='focus@x'><jingle action='session-accept' sid='j1'><content name='audio'><description media='audio'><payload-type id='111' name='opus' clockrate='48000' channels='2'/></description><transport ufrag='me1' pwd='0123456789012345678901'><fingerprint hash='sha-256' setup='active'>CC:DD</fingerprint></transport></content></jingle></iq>`,
      'answer',
    ],
    [
      '>',
      `<iq type='set'><jingle action='transport-info' sid='j1'><content name='audio'><transport ufrag='me1' pwd='0123456789012345678901'><candidate foundation='2' component='1' protocol='udp' priority='3' ip='192.0.2.8' port='5000' type='host'/></transport></content></jingle></iq>`,
      'candidate',
    ],
    ['<', `<iq type='set'><jingle action='source-add' sid='j1'/></iq>`, '-'],
    [
      '>',
      `<iq type='set'><jingle action='session-info' sid='j1'><bridge-session xmlns='http://jitsi.org/protocol/focus' id='b' ice-restart='true'/></jingle></iq>`,
      'request ice-restart',
    ],
    [
      '<',
      `<iq type='set'><jingle action='transport-info' sid='j1'><content name='audio'><transport ufrag='jvb2' pwd='0123456789012345678901'/></content></jingle></iq>`,
      'notify ICE parameters jvb2',
    ],
    [
      '<',
      `<iq type='set'><jingle action='session-terminate' sid='j1'><reason><success/></reason></jingle></iq>`,
      'bye',
    ],
  ],
};

describe.each(Object.entries(SYSTEMS))('%s', (_, lines) => {
  test('is read as a careful reader would', () => {
    expect(read(lines)).toEqual(lines.map(([, , ...expected]) => expected));
  });
});

const NOT_SIGNALING: Readonly<Record<string, unknown>> = {
  'a shop': { offer: { price: 3 }, type: 'offer' },
  'an election': { candidate: 'Smith', type: 'candidate' },
  'an empty ballot': { election: 7, candidate: null, votes: 0, country: 'x' },
  'a quiz': { question: 'What?', answer: 'That.' },
  'a chat that quotes SDP': { type: 'chat', text: `look: \n${O}` },
  'a chat with pasted JSON': { type: 'chat-message', data: { body: json(offer) } },
  'a chat over socket.io': `42["chat message",${json(O)}]`,
  'a chat with a candidate': { type: 'message', text: C },
  'statistics of rtcstats': ['setLocalDescription', 'PC_0', offer, 1_795_000_000_000],
  'statistics as objects': { type: 'stats', entries: [{ method: 'createOfferOnSuccess', value: offer }] },
  'an error report': { event_id: 'e', sdk: { name: 'sentry.javascript.browser' }, breadcrumbs: [{ data: offer }] },
  'SDP of a camera':
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Stream\r\nt=0 0\r\nm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n',
  'a token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
  'an image': { data: `data:image/png;base64,${base64(Buffer.alloc(3000, 7))}` },
  'a presence update': { type: 'leave', user: 'bob' },
};

test.each(Object.entries(NOT_SIGNALING))('%s is no signaling', (_, payload) => {
  const [signals] = read([['<', payload]]);
  expect(signals?.every((word) => word === '-')).toBe(true);
});

test('telemetry and quotes stay visible', () => {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  const labels = [
    NOT_SIGNALING['statistics of rtcstats'],
    NOT_SIGNALING['a chat over socket.io'],
    NOT_SIGNALING['SDP of a camera'],
  ].map((payload) => {
    const data = typeof payload === 'string' ? payload : json(payload);
    return decoder.decode({ data, encoding: 'text', direction: 'out' }).signals;
  });
  expect(labels.flat()).toEqual([
    { type: 'other', label: 'telemetry with 1 description' },
    { type: 'other', label: 'chat that quotes a description' },
    { type: 'other', label: 'SDP that is not of WebRTC' },
  ]);
});
