/** A second exam, written without looking at how the recogniser decides: see systems.test.ts. */
import { expect, test } from 'vitest';
import { A, answer, base64, C, ice, json, type Line, O, offer, read } from './exam.ts';

const SYSTEMS: Readonly<Record<string, readonly Line[]>> = {
  'SimpleWebRTC / signalmaster': [
    ['>', `5:1+::${json({ name: 'join', args: ['room'] })}`, '-'],
    [
      '>',
      `42${json(['message', { to: 'b', sid: '1', roomType: 'video', type: 'offer', payload: offer, prefix: 'webkit' }])}`,
      'offer',
    ],
    [
      '<',
      `42${json(['message', { from: 'b', sid: '1', roomType: 'video', type: 'answer', payload: answer }])}`,
      'answer',
    ],
    [
      '>',
      `42${json(['message', { to: 'b', sid: '1', roomType: 'video', type: 'candidate', payload: { candidate: ice } }])}`,
      'candidate',
    ],
    [
      '>',
      `42${json(['message', { to: 'b', sid: '1', roomType: 'video', type: 'endOfCandidates' }])}`,
      'end-of-candidates',
    ],
    ['<', `42${json(['remove', { id: 'b', type: 'video' }])}`, '-'],
  ],
  'ring doorbell': [
    [
      '>',
      {
        method: 'live_view',
        dialog_id: 'd',
        body: { doorbot_id: 1, stream_options: { audio_enabled: true }, sdp: O, type: 'offer' },
      },
      'offer',
    ],
    [
      '<',
      { method: 'sdp', dialog_id: 'd', body: { doorbot_id: 1, session_id: 's', sdp: A, type: 'answer' } },
      'answer',
    ],
    ['>', { method: 'ice', dialog_id: 'd', body: { doorbot_id: 1, ice: C, mlineindex: 0 } }, 'candidate'],
    ['<', { method: 'close', body: { reason: { code: 26, text: 'x' } } }, 'bye'],
    ['>', { method: 'ping', dialog_id: 'd', body: {} }, '-'],
  ],
  'google nest': [
    ['>', { command: 'sdm.devices.commands.CameraLiveStream.GenerateWebRtcStream', params: { offerSdp: O } }, 'offer'],
    ['<', { results: { answerSdp: A, expiresAt: '2022-01-04T18:30:00.000Z', mediaSessionId: 'm' } }, 'answer'],
    [
      '>',
      { command: 'sdm.devices.commands.CameraLiveStream.StopWebRtcStream', params: { mediaSessionId: 'm' } },
      'bye',
    ],
  ],
  'tuya over mqtt': [
    [
      '>',
      {
        protocol: 302,
        pv: '2.2',
        t: 1,
        data: {
          header: { type: 'offer', from: 'u', to: 'd', sessionid: 's', moto_id: 'm' },
          msg: { mode: 'webrtc', sdp: O, stream_type: 1, auth: 'x' },
        },
      },
      'offer',
    ],
    [
      '<',
      {
        protocol: 302,
        pv: '2.2',
        t: 1,
        data: { header: { type: 'answer', from: 'd', to: 'u', sessionid: 's' }, msg: { mode: 'webrtc', sdp: A } },
      },
      'answer',
    ],
    [
      '<',
      {
        protocol: 302,
        pv: '2.2',
        t: 1,
        data: {
          header: { type: 'candidate', from: 'd', to: 'u', sessionid: 's' },
          msg: { mode: 'webrtc', candidate: `a=${C}` },
        },
      },
      'candidate',
    ],
    [
      '>',
      {
        protocol: 302,
        data: { header: { type: 'disconnect', from: 'u', to: 'd', sessionid: 's' }, msg: { mode: 'webrtc' } },
      },
      'bye',
    ],
  ],
  'cloudflare calls': [
    ['>', { sessionDescription: offer, tracks: [{ location: 'local', mid: '0', trackName: 't' }] }, 'offer'],
    [
      '<',
      { requiresImmediateRenegotiation: false, tracks: [{ trackName: 't', mid: '0' }], sessionDescription: answer },
      'answer',
    ],
    ['>', { tracks: [{ location: 'remote', sessionId: 's', trackName: 't' }] }, '-'],
    [
      '<',
      {
        requiresImmediateRenegotiation: true,
        tracks: [{ mid: '1' }],
        sessionDescription: { sdp: O.replace('4711 2', '4711 3'), type: 'offer' },
      },
      'offer',
    ],
  ],
  srs: [
    [
      '>',
      { api: 'http://h/rtc/v1/publish/', tid: 't', streamurl: 'webrtc://h/live/s', clientip: null, sdp: O },
      'offer',
    ],
    ['<', { code: 0, server: 'vid', sdp: A, sessionid: 's:1' }, 'answer'],
  ],
  zlmediakit: [
    ['>', O, 'offer'],
    ['<', { code: 0, id: 'zlm_1', sdp: A, type: 'answer' }, 'answer'],
  ],
  '100ms': [
    ['>', { jsonrpc: '2.0', id: '1', method: 'join', params: { name: 'x', sid: 's', data: '', offer } }, 'offer'],
    ['<', { jsonrpc: '2.0', id: '1', result: answer }, 'answer'],
    ['<', { jsonrpc: '2.0', method: 'offer', params: { type: 'offer', sdp: O.replace('4711 2', '4711 7') } }, 'offer'],
    ['>', { jsonrpc: '2.0', method: 'trickle', params: { target: 0, candidate: ice } }, 'candidate'],
    ['<', { jsonrpc: '2.0', method: 'peer-leave', params: { id: 'p' } }, 'bye'],
  ],
  daily: [
    [
      '>',
      { action: 'send-peer-message', toId: 'x', data: { fnName: 'sig-msg', kind: 'offer', description: offer } },
      'offer',
    ],
  ],
  'red5 pro': [
    ['>', { requestOffer: 's', requestId: 'r', transport: 'udp' }, 'request requestOffer'],
    ['<', { data: { sdp: { type: 'offer', sdp: O }, requestId: 'r' }, type: 'x' }, 'offer'],
    ['>', { handleAnswer: 's', requestId: 'r', data: { answer: { sdp: A, type: 'answer' } } }, 'answer'],
    ['>', { handleCandidate: 's', requestId: 'r', data: { candidate: { ...ice, type: 'candidate' } } }, 'candidate'],
  ],
  flashphoner: [
    [
      '>',
      { message: 'publishStream', data: [{ mediaSessionId: 'm', name: 's', published: true, sdp: O, hasVideo: true }] },
      'offer',
    ],
    ['<', { message: 'setRemoteSDP', data: ['m', A, false] }, 'answer'],
  ],
  selkies: [
    ['>', 'HELLO 1 eyJyZXMiOiIxMHgxMCJ9', '-'],
    ['<', 'HELLO', '-'],
    ['<', json({ sdp: offer }), 'offer'],
    ['>', json({ sdp: answer }), 'answer'],
    ['>', json({ ice }), 'candidate'],
  ],
  'fastrtc / gradio': [
    ['>', { sdp: O, type: 'offer', webrtc_id: 'abc' }, 'offer'],
    ['<', { sdp: A, type: 'answer' }, 'answer'],
    ['>', { candidate: ice, webrtc_id: 'abc', type: 'ice-candidate' }, 'candidate'],
  ],
  'pipecat small webrtc': [
    ['>', { sdp: O, type: 'offer', pc_id: null, restart_pc: false }, 'offer'],
    ['<', { sdp: A, type: 'answer', pc_id: 'SmallWebRTCConnection#0' }, 'answer'],
    [
      '>',
      { pc_id: 'SmallWebRTCConnection#0', candidates: [{ candidate: C, sdp_mid: '0', sdp_mline_index: 0 }] },
      'candidate',
    ],
  ],
  'pubnub webrtc sdk': [
    ['<', { t: { t: '1', r: 1 }, m: [{ a: '4', d: { id: 'i', number: 'ann', packet: offer }, c: 'bob' }] }, 'offer'],
    [
      '<',
      { t: { t: '2', r: 1 }, m: [{ a: '4', d: { id: 'i', number: 'ann', packet: { hangup: true } }, c: 'bob' }] },
      'bye',
    ],
  ],
  scaledrone: [
    ['>', { type: 'publish', room: 'observable-x', message: { sdp: offer } }, 'offer'],
    ['<', { type: 'publish', room: 'observable-x', message: { candidate: ice }, client_id: 'c' }, 'candidate'],
  ],
  'element call to-device': [
    [
      '>',
      {
        messages: {
          '@u:h': {
            D: {
              type: 'm.call.negotiate',
              content: { call_id: 'c', party_id: 'p', description: offer, lifetime: 1000 },
            },
          },
        },
      },
      'offer',
    ],
  ],
  'amazon connect / chime softphone': [
    [
      '>',
      {
        jsonrpc: '2.0',
        method: 'invite',
        params: { sdp: O, candidates: [{ candidate: C, sdpMLineIndex: 0 }], callContextToken: 'x' },
        id: 'i',
      },
      'offer',
      'candidate',
    ],
    [
      '<',
      {
        jsonrpc: '2.0',
        id: 'i',
        result: { sdp: A, candidates: [{ candidate: C.replace('5000', '5001'), sdpMLineIndex: 0, sdpMid: '0' }] },
      },
      'answer',
      'candidate',
    ],
    ['<', { jsonrpc: '2.0', id: 'j', method: 'bye', params: {} }, 'bye'],
  ],
  'infobip / verto like': [
    ['>', { action: 'call', target: 'x', capabilities: {}, description: { type: 'offer', sdp: O } }, 'offer'],
    ['<', { event: 'accepted', callId: 'c', description: { type: 'answer', sdp: A } }, 'answer'],
    ['<', { event: 'hangup', callId: 'c', status: { id: 10000 } }, 'bye'],
  ],
  'telnyx verto': [
    [
      '>',
      {
        jsonrpc: '2.0',
        id: '1',
        method: 'telnyx_rtc.invite',
        params: { sessid: 's', sdp: O, dialogParams: { callID: 'c' } },
      },
      'offer',
    ],
    ['<', { jsonrpc: '2.0', id: 2, method: 'telnyx_rtc.media', params: { callID: 'c', sdp: A } }, 'answer'],
    [
      '<',
      {
        jsonrpc: '2.0',
        id: 3,
        method: 'telnyx_rtc.bye',
        params: { callID: 'c', cause: 'NORMAL_CLEARING', causeCode: 16 },
      },
      'bye',
    ],
  ],
  'signalwire relay': [
    [
      '>',
      {
        jsonrpc: '2.0',
        id: '1',
        method: 'webrtc.verto',
        params: {
          message: {
            jsonrpc: '2.0',
            id: '2',
            method: 'verto.invite',
            params: { sdp: O, dialogParams: { callID: 'c' } },
          },
        },
      },
      'offer',
    ],
    [
      '<',
      {
        jsonrpc: '2.0',
        id: '3',
        method: 'signalwire.event',
        params: {
          event_type: 'webrtc.message',
          params: { jsonrpc: '2.0', method: 'verto.answer', params: { callID: 'c', sdp: A } },
        },
      },
      'answer',
    ],
  ],
  'plivo / sipml-like over json': [
    ['>', { cmd: 'INVITE', callid: 'c', body: O }, 'offer'],
    ['<', { cmd: '200 OK', callid: 'c', body: A }, 'answer'],
    ['<', { cmd: 'BYE', callid: 'c' }, 'bye'],
  ],
  'zoom-like: candidates in one string': [
    ['>', { evt: 24321, body: { sdp: O, type: 'offer', cand: [`a=${C}`] }, seq: 1 }, 'offer', 'candidate'],
  ],
  xirsys: [
    ['>', { t: 'u', m: { f: 'ns/a', o: 'message', t: 'b' }, p: { msg: offer } }, 'offer'],
    ['<', { t: 'u', m: { f: 'ns/b', o: 'message', t: 'a' }, p: { msg: { type: 'candidate', ...ice } } }, 'candidate'],
  ],
  'deepstream / rtdb diff': [['<', { a: 'u', d: { 'calls/1/offer': json(offer) } }, 'offer']],
  'graphql subscription': [
    [
      '>',
      {
        id: '1',
        type: 'subscribe',
        payload: { query: 'mutation($o:String!){call(offer:$o){id}}', variables: { o: O } },
      },
      'offer',
    ],
    ['<', { id: '2', type: 'next', payload: { data: { onSignal: { kind: 'ANSWER', sdp: A } } } }, 'answer'],
    [
      '<',
      { id: '2', type: 'next', payload: { data: { onSignal: { kind: 'ICE', candidate: json(ice) } } } },
      'candidate',
    ],
  ],
  'appsync / kvs lambda': [
    [
      '<',
      {
        type: 'data',
        id: 's',
        payload: { data: { onCreateSignal: { action: 'SDP_OFFER', payload: base64(json(offer)) } } },
      },
      'offer',
    ],
  ],
  'nats websocket': [['>', `PUB call.bob ${json(offer).length}\r\n${json(offer)}\r\n`, 'offer']],
  'redis-like text': [
    ['<', `*3\r\n$7\r\nmessage\r\n$4\r\nroom\r\n$${json(answer).length}\r\n${json(answer)}\r\n`, 'answer'],
  ],
  wamp: [
    ['>', [16, 1, { acknowledge: true }, 'com.app.signal', [], { kind: 'offer', sdp: O }], 'offer'],
    ['<', [36, 1, 2, {}, [{ candidate: C, sdpMid: '0' }]], 'candidate'],
  ],
  'ocpp-ish call array': [
    ['>', [2, 'id', 'Offer', { sdp: O }], 'offer'],
    ['<', [3, 'id', { sdp: A }], 'answer'],
  ],
  'janus janode audiobridge': [
    [
      '>',
      {
        janus: 'message',
        transaction: 't',
        session_id: 1,
        handle_id: 2,
        body: { request: 'configure', muted: false },
        jsep: offer,
      },
      'offer',
    ],
    [
      '<',
      {
        janus: 'event',
        session_id: 1,
        transaction: 't',
        sender: 2,
        plugindata: { plugin: 'janus.plugin.audiobridge', data: { audiobridge: 'event', result: 'ok' } },
        jsep: answer,
      },
      'answer',
    ],
    [
      '>',
      { janus: 'trickle', transaction: 'u', session_id: 1, handle_id: 2, candidates: [ice, { completed: true }] },
      'candidate',
      'end-of-candidates',
    ],
    ['<', { janus: 'hangup', session_id: 1, sender: 2, reason: 'Close PC' }, 'bye'],
  ],
  'edumeet/mediasoup demo': [
    [
      '>',
      {
        request: true,
        id: 1,
        method: 'connectWebRtcTransport',
        data: { transportId: 't', dtlsParameters: { role: 'client', fingerprints: [] } },
      },
      '-',
    ],
  ],
  'vdo.ninja': [
    ['>', { description: { type: 'offer', sdp: O }, UUID: 'u', session: 's', streamID: 'x' }, 'offer'],
    [
      '<',
      {
        candidates: [
          { candidate: C, sdpMid: '0', sdpMLineIndex: 0 },
          { candidate: C.replace('5000', '5002'), sdpMid: '0', sdpMLineIndex: 0 },
        ],
        type: 'remote',
        UUID: 'u',
        session: 's',
      },
      'candidate',
      'candidate',
    ],
    ['<', { bye: true, UUID: 'u', session: 's' }, 'bye'],
  ],
  'sharedrop / snapdrop': [
    ['>', { type: 'signal', sdp: offer, to: 'p', sender: 's' }, 'offer'],
    ['<', { type: 'signal', ice, sender: 's' }, 'candidate'],
    ['<', { type: 'peer-left', peerId: 'p' }, '-'],
  ],
  'moonlight-web': [
    ['<', { Signaling: { Description: { ty: 'offer', sdp: O } } }, 'offer'],
    [
      '>',
      { Signaling: { AddIceCandidate: { candidate: C, sdp_mid: '0', sdp_mline_index: 0, username_fragment: null } } },
      'candidate',
    ],
  ],
  'webrtc-rs / str0m enum': [
    ['>', { Offer: { sdp: O } }, 'offer'],
    ['<', { Answer: { sdp: A } }, 'answer'],
    ['>', { IceCandidate: { candidate: C, sdp_mid: '0' } }, 'candidate'],
    ['>', 'Bye', 'bye'],
  ],
  'pion sfu-ws': [
    ['<', { event: 'offer', data: json(offer) }, 'offer'],
    ['>', { event: 'answer', data: json(answer) }, 'answer'],
    ['<', { event: 'candidate', data: json(ice) }, 'candidate'],
  ],
  viam: [['>', { metadata: {}, sdp: base64(json(offer)), disableTrickle: false }, 'offer']],
  'hubs / naf-janus': [['>', { type: 'offer', janus: 'x', jsep: offer }, 'offer']],
  'networked-aframe easyrtc': [
    [
      '>',
      `42${json(['easyrtcCmd', { senderData: {}, targetEasyrtcid: 'b', msgType: 'offer', msgData: offer }])}`,
      'offer',
    ],
    ['>', `42${json(['easyrtcCmd', { msgType: 'hangup', targetEasyrtcid: 'b' }])}`, 'bye'],
  ],
  'jitsi colibri relay': [
    ['<', { colibriClass: 'EndpointMessage', to: '', msgPayload: { type: 'offer', sdp: O } }, 'offer'],
  ],
  'obs whip text': [
    ['>', O, 'offer'],
    ['<', A, 'answer'],
  ],
  'dolby.io millicast v1': [
    [
      '>',
      { type: 'cmd', transId: 1, name: 'publish', data: { name: 's', sdp: O, codec: 'h264', events: ['active'] } },
      'offer',
    ],
    ['<', { type: 'response', transId: 1, data: { sdp: A, uuid: 'u', streamId: 's' } }, 'answer'],
  ],
  'restream-like notify': [
    [
      '<',
      {
        notification: 'iceCandidate',
        candidate: {
          foundation: '1',
          component: 'rtp',
          protocol: 'udp',
          priority: 1,
          ip: '1.2.3.4',
          port: 5,
          type: 'host',
        },
        sdpMid: '0',
      },
      '-',
    ],
  ],
  'CSV-like': [
    ['>', `offer|bob|${base64(O)}`, 'offer'],
    ['<', `answer|ann|${base64(A)}`, 'answer'],
  ],
  'length prefix': [['>', `${json(offer).length}:${json(offer)}`, 'offer']],
  'xml plain': [
    ['>', `<message to="bob"><sdp type="offer">${O.replace(/\r\n/g, '&#13;&#10;')}</sdp></message>`, 'offer'],
    ['<', `<message from="bob"><candidate mid="0" index="0">${C}</candidate></message>`, 'candidate'],
  ],
  'yaml-ish / form': [
    ['>', `type=offer&sdp=${encodeURIComponent(O)}`, 'offer'],
    ['<', `type=candidate&candidate=${encodeURIComponent(C)}&sdpMid=0&sdpMLineIndex=0`, 'candidate'],
  ],
  'uppercase keys': [
    ['>', { TYPE: 'OFFER', SDP: O }, 'offer'],
    ['<', { Type: 'Answer', Sdp: A }, 'answer'],
    ['<', { Type: 'IceCandidate', Candidate: C, SdpMid: '0', SdpMLineIndex: 0 }, 'candidate'],
  ],
  'chinese camera': [
    ['>', { eventName: '__offer', data: { sdp: offer, sessionId: 's', from: 'a', to: 'b' } }, 'offer'],
    ['<', { eventName: '_answer', data: { sdp: answer, sessionId: 's' } }, 'answer'],
    ['<', { eventName: '_ice_candidate', data: { id: '0', label: 0, candidate: C, sessionId: 's' } }, 'candidate'],
    ['<', { eventName: '_disconnected', data: { sessionId: 's' } }, '-'],
  ],
};

test.each(Object.entries(SYSTEMS))('%s', (_, lines) => {
  expect(read(lines)).toEqual(lines.map(([, , ...expected]) => expected));
});
