/** A third exam: messages of systems as their documentation and sources have them, see systems.test.ts. */
import { expect, test } from 'vitest';
import { A, answer, base64, C, field, ice, json, type Line, message, O, offer, read, varint } from './exam.ts';

const escaped = (sdp: string) => sdp.replaceAll('\r\n', '&#xD;\n');
const event = (...args: unknown[]) => `42${json(args)}`;
const phoenix = (data: unknown, ...refs: [join: string | null, ref: string | null]) => [
  ...refs,
  'room:r',
  'mediaEvent',
  { data: json(data) },
];
const rpc = (method: string, params: unknown, id?: number) => ({
  jsonrpc: '2.0',
  method,
  params,
  ...(id !== undefined && { id }),
});

/** A control packet: its first byte and what follows its length. */
function mqtt(first: number, ...parts: readonly (number | string)[]): Uint8Array {
  const body = Buffer.concat(parts.map((one) => (typeof one === 'number' ? Uint8Array.of(one) : Buffer.from(one))));
  return new Uint8Array(Buffer.concat([Uint8Array.of(first, ...varint(body.length)), body]));
}

const SYSTEMS: Readonly<Record<string, readonly Line[]>> = {
  'OpenIPC: the camera offers in webrtc_answer': [
    ['>', { req: 'request', data: 'v1' }, '-'],
    ['<', { reply: 'webrtc_answer', data: offer }, 'offer'],
    ['>', { req: 'answer', data: A }, 'answer'],
    ['>', { req: 'candidate', data: C }, 'candidate'],
    ['<', { reply: 'webrtc_candidate', data: ice }, 'candidate'],
  ],
  'Membrane and Fishjam, in Phoenix': [
    ['>', phoenix({ type: 'connect', data: { metadata: {} } }, '1', '1'), '-'],
    [
      '<',
      phoenix(
        {
          type: 'custom',
          data: { type: 'offerData', data: { tracksTypes: { audio: 1, video: 0 }, integratedTurnServers: [] } },
        },
        null,
        null,
      ),
      '-',
    ],
    [
      '>',
      phoenix(
        {
          type: 'custom',
          data: { type: 'sdpOffer', data: { sdpOffer: offer, trackIdToTrackMetadata: {}, midToTrackId: { 0: 't' } } },
        },
        '1',
        '2',
      ),
      'offer',
    ],
    [
      '<',
      phoenix(
        {
          type: 'custom',
          data: { type: 'sdpAnswer', data: { type: 'answer', sdp: A, midToTrackId: {} } },
        },
        null,
        null,
      ),
      'answer',
    ],
    [
      '<',
      {
        type: 'custom',
        data: {
          type: 'candidate',
          data: { candidate: C, sdpMLineIndex: 0, sdpMid: null, usernameFragment: null },
        },
      },
      'candidate',
    ],
    ['>', { type: 'custom', data: { type: 'renegotiateTracks', data: {} } }, 'request renegotiateTracks'],
    ['<', { type: 'endpointRemoved', data: { id: 'e' } }, '-'],
    ['>', { type: 'disconnect' }, 'bye'],
  ],
  'Fishjam, protocol buffers': [
    ['>', message(field(9, field(1, O))), 'offer'],
    ['<', message(field(12, message(field(1, A), field(2, message(field(1, '0'), field(2, 't')))))), 'answer'],
    ['<', message(field(11, message(field(1, C), field(2, 0), field(3, '0'), field(4, 'uf101')))), 'candidate'],
  ],
  'palava and signaltower': [
    ['>', { event: 'join_room', room_id: 'r', status: { name: 'a' } }, '-'],
    ['>', { event: 'send_to_peer', peer_id: 'b', data: { event: 'offer', sdp: offer } }, 'offer'],
    ['<', { event: 'answer', sender_id: 'b', sdp: answer }, 'answer'],
    ['<', { event: 'ice_candidate', sender_id: 'b', candidate: C, sdpmid: '0', sdpmlineindex: 0 }, 'candidate'],
    ['<', { event: 'peer_left', sender_id: 'b' }, '-'],
  ],
  'rtc.io signaller': [
    ['>', `/announce|${json({ id: 'a', room: 'r', browser: 'chrome' })}`, '-'],
    ['>', `/to|b|/sdp|${json({ id: 'a' })}|${json(offer)}`, 'offer'],
    ['<', `/sdp|${json({ id: 'b' })}|${json(answer)}`, 'answer'],
    ['<', `/candidate|${json({ id: 'b' })}|${json(ice)}`, 'candidate'],
    ['<', `/endofcandidates|${json({ id: 'b' })}|{}`, 'end-of-candidates'],
    ['<', `/leave|${json({ id: 'b', room: 'r' })}`, 'bye'],
  ],
  'spreed WebRTC channelling': [
    ['>', { Type: 'Offer', Offer: { To: 'b', Type: 'Offer', Offer: offer } }, 'offer'],
    ['<', { From: 'b', To: 'a', Data: { Type: 'Answer', To: 'a', Answer: answer } }, 'answer'],
    [
      '<',
      {
        From: 'b',
        To: 'a',
        Data: {
          Type: 'Candidate',
          To: 'a',
          Candidate: { type: 'candidate', sdpMLineIndex: 0, sdpMid: '0', candidate: C },
        },
      },
      'candidate',
    ],
    ['<', { From: 'b', To: 'a', Data: { Type: 'Bye', To: 'a', Bye: { Reason: 'busy' } } }, 'bye'],
    ['<', { From: 'c', Data: { Type: 'Left', Id: 'c', Status: 'soft' } }, '-'],
  ],
  'Kurento Media Server itself': [
    [
      '>',
      rpc('invoke', { object: 'p/e', operation: 'processOffer', operationParams: { offer: O }, sessionId: 's' }, 4),
      'offer',
    ],
    ['<', { id: 4, jsonrpc: '2.0', result: { sessionId: 's', value: A } }, 'answer'],
    ['>', rpc('invoke', { object: 'p/e', operation: 'gatherCandidates', sessionId: 's' }, 5), '-'],
    [
      '<',
      rpc('onEvent', {
        value: {
          data: { candidate: { ...ice, __module__: 'kurento', __type__: 'IceCandidate' }, source: 'p/e' },
          object: 'p/e',
          type: 'IceCandidateFound',
        },
      }),
      'candidate',
    ],
    [
      '>',
      rpc(
        'invoke',
        { object: 'p/e', operation: 'addIceCandidate', operationParams: { candidate: ice }, sessionId: 's' },
        6,
      ),
      'candidate',
    ],
    [
      '<',
      rpc('onEvent', { value: { data: { source: 'p/e' }, object: 'p/e', type: 'IceGatheringDone' } }),
      'end-of-candidates',
    ],
    ['>', rpc('ping', { interval: 240000 }, 7), '-'],
  ],
  'Bandwidth WebRTC': [
    ['>', rpc('offerSdp', { sdpOffer: O, mediaMetadata: { tracks: [] } }, 1), 'offer'],
    ['<', { jsonrpc: '2.0', id: 1, result: { sdpAnswer: A, streamMetadata: {}, endpointId: 'e' } }, 'answer'],
    [
      '<',
      rpc('sdpOffer', { endpointId: 'e', sdpOffer: O.replace('101101', '303303'), sdpRevision: 1, streamMetadata: {} }),
      'offer',
    ],
    ['>', rpc('answerSdp', { sdpAnswer: A.replace('202202', '404404'), endpointId: 'e', sdpRevision: 1 }, 2), 'answer'],
    ['>', rpc('leave', {}), 'bye'],
  ],
  'Temasys Skylink': [
    ['>', event('message', json({ type: 'welcome', mid: 'a', target: 'b', rid: 'r', receiveOnly: false })), '-'],
    [
      '>',
      event(
        'message',
        json({ type: 'offer', sdp: O, prid: 'p', mid: 'a', target: 'b', rid: 'r', userInfo: {}, weight: 1 }),
      ),
      'offer',
    ],
    ['<', event('message', json({ type: 'answer', sdp: A, mid: 'b', target: 'a', rid: 'r', userInfo: {} })), 'answer'],
    [
      '<',
      event('message', json({ type: 'candidate', label: 0, id: '0', candidate: C, mid: 'b', target: 'a', rid: 'r' })),
      'candidate',
    ],
    [
      '<',
      event('message', json({ type: 'endOfCandidates', noOfExpectedCandidates: 1, mid: 'b', target: 'a', rid: 'r' })),
      'end-of-candidates',
    ],
    [
      '>',
      event('message', json({ type: 'restart', mid: 'a', rid: 'r', target: 'b', enableIceTrickle: true })),
      'request restart',
    ],
    ['<', event('message', json({ type: 'bye', mid: 'b', rid: 'r' })), 'bye'],
  ],
  'SkyWay, first generation': [
    [
      '>',
      event('SEND_OFFER', { offer, dst: 'b', connectionId: 'mc_1', connectionType: 'media', metadata: {} }),
      'offer',
    ],
    ['<', event('ANSWER', { answer, src: 'b', connectionId: 'mc_1', connectionType: 'media' }), 'answer'],
    ['<', event('CANDIDATE', { candidate: ice, src: 'b', connectionId: 'mc_1', connectionType: 'media' }), 'candidate'],
    ['>', event('SFU_GET_OFFER', { roomName: 'r' }), '-'],
    ['<', event('FORCE_CLOSE', { connectionId: 'mc_1', src: 'b' }), 'bye'],
  ],
  Whereby: [
    ['<', event('ready_to_receive_offer', { clientId: 'b', iceServers: [] }), 'request ready_to_receive_offer'],
    ['>', event('sdp_offer', { receiverId: 'b', message: { type: 'offer', sdp: O } }), 'offer'],
    ['<', event('sdp_answer', { clientId: 'b', message: { type: 'answer', sdp: A } }), 'answer'],
    ['<', event('ice_candidate', { clientId: 'b', message: ice }), 'candidate'],
    ['>', event('ice_endofcandidates', { receiverId: 'b' }), 'end-of-candidates'],
    ['<', event('client_left', { clientId: 'b' }), '-'],
  ],
  'simple-signal': [
    ['>', event('simple-signal[discover]', 'lobby'), '-'],
    ['<', event('simple-signal[discover]', { id: 'a', discoveryData: {} }), '-'],
    ['>', event('simple-signal[offer]', { signal: offer, metadata: {}, sessionId: 's', target: 'b' }), 'offer'],
    ['<', event('simple-signal[signal]', { sessionId: 's', signal: answer, metadata: {} }), 'answer'],
    [
      '<',
      event('simple-signal[signal]', { sessionId: 's', signal: { type: 'candidate', candidate: ice }, metadata: {} }),
      'candidate',
    ],
    ['<', event('simple-signal[reject]', { sessionId: 's', metadata: {} }), 'bye'],
  ],
  'libp2p webrtc-star': [
    ['>', event('ss-join', '/dns4/x/tcp/443/wss/p2p-webrtc-star/p2p/Qma'), '-'],
    ['>', event('ss-handshake', { intentId: 'i', srcMultiaddr: '/a', dstMultiaddr: '/b', signal: offer }), 'offer'],
    [
      '<',
      event('ws-handshake', { intentId: 'i', srcMultiaddr: '/a', dstMultiaddr: '/b', signal: answer, answer: true }),
      'answer',
    ],
    ['<', event('ws-peer', '/dns4/x/p2p/Qmb'), '-'],
  ],
  'socket.io-p2p': [
    ['>', event('offers', { offers: [{ offerId: 'x', offer }], socketId: 'a' }), 'offer'],
    ['<', event('peer-signal', { response: 'r', signal: answer, offerId: 'x', fromPeerId: 'b' }), 'answer'],
  ],
  Licode: [
    [
      '>',
      event('connectionMessage', {
        options: {
          connectionId: 'c',
          erizoId: 'e',
          msg: { type: 'offer', sdp: O, config: { maxVideoBW: 300 } },
          browser: 'chrome-stable',
        },
      }),
      'offer',
    ],
    ['<', event('connection_message_erizo', { connectionId: 'c', evt: { type: 'answer', sdp: A } }), 'answer'],
    [
      '<',
      event('connection_message_erizo', {
        connectionId: 'c',
        evt: { type: 'candidate', candidate: { sdpMLineIndex: 0, sdpMid: '0', candidate: `a=${C}` } },
      }),
      'candidate',
    ],
    [
      '>',
      event('connectionMessage', {
        options: {
          connectionId: 'c',
          msg: { type: 'candidate', candidate: { sdpMLineIndex: -1, sdpMid: 'end', candidate: 'end' } },
        },
      }),
      'end-of-candidates',
    ],
  ],
  'Intel and Open WebRTC Toolkit': [
    [
      '>',
      event('publish', {
        media: { tracks: [{ type: 'audio', mid: '0', source: 'mic' }] },
        transport: { type: 'webrtc' },
      }),
      '-',
    ],
    ['>', event('soac', { id: 'i', signaling: offer }), 'offer'],
    ['<', event('progress', { id: 'i', status: 'soac', data: answer }), 'answer'],
    [
      '>',
      event('soac', {
        id: 'i',
        signaling: { type: 'candidate', candidate: { candidate: `a=${C}`, sdpMid: '0', sdpMLineIndex: 0 } },
      }),
      'candidate',
    ],
    [
      '>',
      event('soac', {
        id: 'i',
        signaling: {
          type: 'candidate',
          candidate: { candidate: 'candidate:1 1 UDP 1 192.0.2.9 9 typ host', sdpMid: '0' },
        },
      }),
      'candidate',
    ],
    ['>', event('unpublish', { id: 'i' }), '-'],
  ],
  'Webex: ROAP in text in JSON': [
    [
      '>',
      {
        device: { url: 'd' },
        localMedias: [
          {
            localSdp: json({
              audioMuted: false,
              roapMessage: { messageType: 'OFFER', version: '2', seq: 1, tieBreaker: 4294967294, sdps: [O] },
            }),
            mediaId: 'm',
          },
        ],
      },
      'offer',
    ],
    [
      '<',
      {
        mediaConnections: [
          {
            remoteSdp: json({ roapMessage: { messageType: 'ANSWER', version: '2', seq: 1, sdps: [A] } }),
            mediaId: 'm',
          },
        ],
      },
      'answer',
    ],
    ['>', { localMedias: [{ localSdp: json({ roapMessage: { messageType: 'OK', version: '2', seq: 1 } }) }] }, '-'],
    ['<', { roapMessage: { messageType: 'OFFER_REQUEST', version: '2', seq: 2 } }, 'request OFFER_REQUEST'],
  ],
  'Oracle WebRTC Session Controller': [
    [
      '>',
      {
        control: { type: 'request', sequence: 2, package_type: 'call', session_id: 's' },
        header: { action: 'start', initiator: 'a', target: 'b' },
        payload: { sdp: O },
      },
      'offer',
    ],
    [
      '<',
      {
        control: { type: 'response', sequence: 3, package_type: 'call' },
        header: { action: 'start', response_code: 200 },
        payload: { sdp: A },
      },
      'answer',
    ],
    [
      '>',
      {
        control: { type: 'request', sequence: 4, package_type: 'call' },
        header: { action: 'shutdown', initiator: 'a', target: 'b' },
        payload: {},
      },
      'bye',
    ],
  ],
  'Wire: SETUP, answered by another': [
    ['>', { version: '3.0', type: 'SETUP', sessid: 'x', resp: false, sdp: O, props: { audiosend: 'true' } }, 'offer'],
    ['<', { version: '3.0', type: 'SETUP', sessid: 'x', resp: true, sdp: A, props: {} }, 'answer'],
    ['>', { version: '3.0', type: 'HANGUP', sessid: 'x', resp: false }, 'bye'],
  ],
  'Threema calls': [
    ['>', { offer: { sdp: O, sdpType: 'offer' }, features: { video: null } }, 'offer'],
    ['<', { answer: { sdp: A, sdpType: 'answer' }, action: 1 }, 'answer'],
    [
      '<',
      { removed: false, candidates: [{ candidate: C, sdpMid: '0', sdpMLineIndex: 0, ufrag: 'uf101' }] },
      'candidate',
    ],
  ],
  'xCloud: text in JSON': [
    ['>', { messageType: 'offer', requestId: '1', sdp: O, configuration: { chatConfiguration: {} } }, 'offer'],
    [
      '<',
      {
        exchangeResponse: json({
          chatConfiguration: {},
          messageType: 'answer',
          sdp: A,
          sdpType: 'answer',
          status: 'success',
        }),
      },
      'answer',
    ],
    [
      '>',
      { messageType: 'iceCandidate', candidate: [json({ candidate: `a=${C}`, sdpMLineIndex: 0, sdpMid: '0' })] },
      'candidate',
    ],
    [
      '<',
      {
        exchangeResponse: json([
          { candidate: `a=${C}`, messageType: 'iceCandidate', sdpMLineIndex: '0', sdpMid: '0' },
          { candidate: 'a=end-of-candidates', messageType: 'iceCandidate', sdpMLineIndex: '0', sdpMid: '0' },
        ]),
      },
      'candidate',
      'end-of-candidates',
    ],
  ],
  'Snowflake of Tor': [
    ['>', `1.0\n${json({ offer: json(offer), nat: 'unknown', fingerprint: '2B28' })}`, 'offer'],
    ['<', { answer: json(answer) }, 'answer'],
    [
      '<',
      { Status: 'client match', Offer: json(offer).replace('101101', '505505'), NAT: 'unknown', RelayURL: 'wss://x/' },
      'offer',
    ],
    ['>', { Version: '1.3', Sid: 's', Answer: json(answer).replace('202202', '606606') }, 'answer'],
    ['<', { Status: 'no match', Offer: '' }, '-'],
  ],
  'Roborock over MQTT': [
    [
      '>',
      { dps: { 101: json({ id: 1, method: 'send_sdp_to_robot', params: { app_sdp: base64(json(offer)) } }) }, t: 1 },
      'offer',
    ],
    ['<', { dps: { 102: json({ id: 2, result: { dev_sdp: 'retry' } }) }, t: 1 }, '-'],
    ['<', { dps: { 102: json({ id: 3, result: { dev_sdp: base64(json(answer)) } }) }, t: 1 }, 'answer'],
    [
      '>',
      { dps: { 101: json({ id: 4, method: 'send_ice_to_robot', params: { app_ice: base64(json(ice)) } }) }, t: 1 },
      'candidate',
    ],
    [
      '<',
      {
        dps: {
          102: json({ id: 5, result: { dev_ice: [base64(json({ ...ice, candidate: C.replace('5000', '5004') }))] } }),
        },
        t: 1,
      },
      'candidate',
    ],
    ['>', { dps: { 101: json({ id: 6, method: 'stop_camera_preview', params: { client_id: 'c' } }) }, t: 1 }, '-'],
  ],
  'Creality printers: base64 of JSON': [
    ['>', base64(json(offer)), 'offer'],
    ['<', base64(json(answer)), 'answer'],
  ],
  'Arlo cameras': [
    [
      '>',
      {
        action: 'pushToTalk',
        publishResponse: true,
        resource: 'cameras/c',
        properties: { uSessionId: 's', type: 'offerSdp', data: O },
      },
      'offer',
    ],
    [
      '<',
      { action: 'pushToTalk', resource: 'cameras/c', properties: { uSessionId: 's', type: 'answerSdp', data: A } },
      'answer',
    ],
    ['>', { action: 'pushToTalk', properties: { uSessionId: 's', type: 'offerCandidate', data: C } }, 'candidate'],
    [
      '<',
      {
        action: 'pushToTalk',
        properties: { uSessionId: 's', type: 'answerCandidate', data: C.replace('5000', '5010') },
      },
      'candidate',
    ],
  ],
  webrtc_ros: [
    ['>', { type: 'configure', actions: [{ type: 'add_stream', id: 's' }] }, '-'],
    ['<', { type: 'offer', sdp: O }, 'offer'],
    ['>', { type: 'answer', sdp: A }, 'answer'],
    ['>', { type: 'ice_candidate', candidate: C, sdp_mid: '0', sdp_mline_index: 0 }, 'candidate'],
  ],
  'Obico: Janus in text in JSON': [
    [
      '>',
      {
        janus: json({
          janus: 'message',
          body: { request: 'start' },
          transaction: 't',
          session_id: 1,
          handle_id: 2,
          jsep: answer,
        }),
      },
      'answer',
    ],
    [
      '<',
      {
        janus: json({
          janus: 'event',
          session_id: 1,
          sender: 2,
          transaction: 't',
          plugindata: { plugin: 'janus.plugin.streaming', data: {} },
          jsep: offer,
        }),
      },
      'offer',
    ],
  ],
  'Nostr, NIP-100': [
    [
      '>',
      [
        'EVENT',
        {
          kind: 25050,
          tags: [
            ['type', 'offer'],
            ['p', 'b'],
            ['r', 'room'],
          ],
          content: json({ offer }),
        },
      ],
      'offer',
    ],
    [
      '<',
      [
        'EVENT',
        'sub',
        {
          kind: 25050,
          tags: [
            ['type', 'answer'],
            ['p', 'a'],
          ],
          content: json({ answer }),
        },
      ],
      'answer',
    ],
    [
      '<',
      [
        'EVENT',
        'sub',
        {
          kind: 25050,
          tags: [
            ['type', 'candidate'],
            ['p', 'a'],
          ],
          content: json({ candidates: [C] }),
        },
      ],
      'candidate',
    ],
    [
      '<',
      [
        'EVENT',
        'sub',
        {
          kind: 25050,
          tags: [
            ['type', 'disconnect'],
            ['r', 'room'],
          ],
          content: '',
        },
      ],
      'bye',
    ],
    ['<', ['EOSE', 'sub'], '-'],
  ],
  'GUN mesh': [
    ['>', { '@': 'm', '#': 'n', ok: { rtc: { id: 'a', offer: O } } }, 'offer'],
    ['<', { '@': 'n', '#': 'o', ok: { rtc: { id: 'b', answer: A } } }, 'answer'],
    ['<', { '@': 'n', '#': 'p', ok: { rtc: { id: 'b', candidate: ice } } }, 'candidate'],
  ],
  'QuickBlox and ConnectyCube: XMPP with extraParams': [
    [
      '>',
      `<message to="2@chat" type="headline" id="1"><extraParams xmlns="jabber:client"><moduleIdentifier>WebRTCVideoChat</moduleIdentifier><signalType>call</signalType><sessionID>s</sessionID><callType>2</callType><sdp>${escaped(O)}</sdp><platform>web</platform></extraParams></message>`,
      'offer',
    ],
    [
      '<',
      `<message from="2@chat" type="headline"><extraParams><moduleIdentifier>WebRTCVideoChat</moduleIdentifier><signalType>accept</signalType><sessionID>s</sessionID><sdp>${escaped(A)}</sdp></extraParams></message>`,
      'answer',
    ],
    [
      '<',
      `<message from="2@chat" type="headline"><extraParams><moduleIdentifier>WebRTCVideoChat</moduleIdentifier><signalType>iceCandidates</signalType><sessionID>s</sessionID><iceCandidates><iceCandidate><sdpMLineIndex>0</sdpMLineIndex><sdpMid>0</sdpMid><candidate>${C}</candidate></iceCandidate></iceCandidates></extraParams></message>`,
      'candidate',
    ],
    [
      '<',
      `<message from="2@chat" type="headline"><extraParams><moduleIdentifier>WebRTCVideoChat</moduleIdentifier><signalType>hangUp</signalType><sessionID>s</sessionID></extraParams></message>`,
      'bye',
    ],
  ],
  'Second Life: LLSD': [
    [
      '>',
      `<?xml version="1.0" ?><llsd><map><key>voice_server_type</key><string>webrtc</string><key>jsep</key><map><key>type</key><string>offer</string><key>sdp</key><string>${escaped(O)}</string></map></map></llsd>`,
      'offer',
    ],
    [
      '<',
      `<?xml version="1.0" ?><llsd><map><key>viewer_session</key><string>v</string><key>jsep</key><map><key>type</key><string>answer</string><key>sdp</key><string>${escaped(A)}</string></map></map></llsd>`,
      'answer',
    ],
    [
      '>',
      `<?xml version="1.0" ?><llsd><map><key>viewer_session</key><string>v</string><key>candidates</key><array><map><key>sdpMid</key><string>0</string><key>sdpMLineIndex</key><integer>0</integer><key>candidate</key><string>${C}</string></map></array></map></llsd>`,
      'candidate',
    ],
    [
      '>',
      '<?xml version="1.0" ?><llsd><map><key>viewer_session</key><string>v</string><key>candidate</key><map><key>completed</key><boolean>1</boolean></map></map></llsd>',
      'end-of-candidates',
    ],
    [
      '>',
      '<?xml version="1.0" ?><llsd><map><key>logout</key><boolean>1</boolean><key>viewer_session</key><string>v</string></map></llsd>',
      'bye',
    ],
  ],
  'Jingle in BOSH, with XEP-0353': [
    [
      '<',
      `<body xmlns='http://jabber.org/protocol/httpbind'><message from='b@x/1'><propose xmlns='urn:xmpp:jingle-message:0' id='j'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></propose></message></body>`,
      '-',
    ],
    [
      '<',
      `<body xmlns='http://jabber.org/protocol/httpbind'><iq type='set' from='b@x/1' id='1'><jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='j'><content name='0'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'><payload-type id='111' name='opus' clockrate='48000' channels='2'/></description><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u1' pwd='0123456789012345678901'><fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>AA:BB</fingerprint></transport></content></jingle></iq></body>`,
      'offer',
    ],
    ['>', `<body rid='2' sid='s'><iq type='result' id='1' to='b@x/1'/></body>`, '-'],
    ['<', `<body><message from='b@x/1'><reject xmlns='urn:xmpp:jingle-message:0' id='j'/></message></body>`, 'bye'],
  ],
  JSONgle: [
    [
      '>',
      {
        id: '1',
        from: 'a',
        to: 'b',
        jsongle: { sid: 's', action: 'session-propose', description: { media: 'audio' } },
      },
      '-',
    ],
    [
      '>',
      { id: '2', from: 'a', to: 'b', jsongle: { sid: 's', action: 'session-initiate', description: { offer } } },
      'offer',
    ],
    [
      '<',
      { id: '3', from: 'b', to: 'a', jsongle: { sid: 's', action: 'session-accept', description: { answer } } },
      'answer',
    ],
    [
      '<',
      { id: '4', from: 'b', to: 'a', jsongle: { sid: 's', action: 'transport-info', description: { candidate: ice } } },
      'candidate',
    ],
    [
      '<',
      {
        id: '5',
        from: 'b',
        to: 'a',
        jsongle: { sid: 's', action: 'session-terminate', reason: 'success', description: null },
      },
      'bye',
    ],
  ],
  'Genesys Cloud: JSON-RPC in an app message': [
    ['<', rpc('offer', { sessionId: 's', sdp: O, persistentConversation: false }), 'offer'],
    ['>', rpc('answer', { sessionId: 's', sdp: A }), 'answer'],
    ['<', rpc('iceCandidate', { sessionId: 's', sdp: `a=${C}` }), 'candidate'],
    ['>', rpc('iceCandidate', { sessionId: 's', sdp: '' }), 'end-of-candidates'],
    ['<', rpc('terminate', { sessionId: 's', reason: 'success' }), 'bye'],
  ],
  'Vonage Client SDK': [
    ['>', event('rtc:new', { tid: 't', body: { type: 'webrtc', offer: { sdp: O } } }), 'offer'],
    ['<', event('rtc:answer', { body: { rtc_id: 'r', answer: A } }), 'answer'],
    ['<', event('rtc:hangup', { body: { rtc_id: 'r', reason: {} } }), 'bye'],
  ],
  'Google Meet Media API': [
    ['>', { offer: O }, 'offer'],
    ['<', { answer: A }, 'answer'],
  ],
  'Azure avatar: headers and base64': [
    [
      '>',
      `Path: synthesis.context\r\nX-RequestId: 1\r\nContent-Type: application/json\r\n\r\n${json({ synthesis: { video: { protocol: { name: 'WebRTC', webrtcConfig: { clientDescription: base64(json(offer)), iceServers: [] } } } } })}`,
      'offer',
    ],
    [
      '<',
      `X-RequestId:1\r\nPath:turn.start\r\nContent-Type:application/json\r\n\r\n${json({ context: { serviceTag: 't' }, webrtc: { connectionString: base64(json(answer)) } })}`,
      'answer',
    ],
  ],
  'Tencent and Alibaba live': [
    ['>', { streamurl: 'webrtc://h/live/s', sessionid: 's', clientinfo: 'x', localsdp: offer }, 'offer'],
    ['<', { errcode: 0, remotesdp: answer, svrsig: 'g' }, 'answer'],
    ['>', { version: 2, mode: 'live', pull_streams: [{ url: 'artc://h/l/s' }], jsep: offer }, 'offer'],
  ],
  'streamlit-webrtc': [
    ['>', { sdpOffer: offer, iceCandidates: { 'id-1': ice }, playing: true }, 'offer', 'candidate'],
    ['<', message(field(1, json({ key: 'k', sdpAnswerJson: json(answer) }))), 'answer'],
  ],
  'ion cluster, gRPC': [
    [
      '>',
      message(field(1, message(field(1, 'room'), field(2, 'me'), field(4, message(field(2, 'offer'), field(3, O)))))),
      'offer',
    ],
    ['<', message(field(2, message(field(2, 'answer'), field(3, A)))), 'answer'],
    ['<', message(field(3, message(field(1, 1), field(2, json(ice))))), 'candidate'],
  ],
  'LiveKit, protocol buffers to the end': [
    ['>', message(field(1, message(field(1, 'offer'), field(2, O)))), 'offer'],
    ['<', message(field(2, message(field(1, 'answer'), field(2, A)))), 'answer'],
    ['<', message(field(18, 1)), '-'],
    ['<', message(field(8, message(field(1, 1), field(2, 3), field(3, 1)))), '-'],
    ['>', message(field(8, message(field(2, 1)))), 'bye'],
  ],
  'another system in protocol buffers, which numbers its members alike': [
    ['>', message(field(1, message(field(1, 'offer'), field(2, O))), field(5, 1)), 'offer'],
    ['>', message(field(8, message(field(2, 1)))), '-'],
  ],
  'MQTT 3 and 5, packet by packet': [
    ['>', mqtt(0x10, 0, 4, 'MQTT', 5, 2, 0, 60, 0, 0, 3, 'cam'), '-'],
    ['>', mqtt(0x30, 0, 7, 'call/ab', json(offer)), 'offer'],
    ['<', mqtt(0x32, 0, 7, 'call/ba', 0, 1, 0, json(answer)), 'answer'],
    ['<', mqtt(0x30, 0, 7, 'call/ba', 5, 3, 0, 2, 'xy', json({ candidate: ice })), 'candidate'],
    ['>', mqtt(0x40, 0, 1), '-'],
    ['>', mqtt(0xc0), '-'],
    ['>', mqtt(0x30, 0, 7, 'call/ab', json({ type: 'bye' })), 'bye'],
    ['>', mqtt(0xe0), '-'],
  ],
  'Eyevinn WHPP': [
    ['<', { offer: O, mediaStreams: [{ streamId: 's' }] }, 'offer'],
    ['>', { answer: A }, 'answer'],
    ['>', { candidate: C }, 'candidate'],
  ],
  Netatmo: [
    [
      '>',
      {
        action: 'rtc',
        device_id: 'd',
        tag_id: 't',
        correlation_id: 'c',
        data: { type: 'offer', session_description: { type: 'call', sdp: O }, session_id: 's' },
      },
      'offer',
    ],
    [
      '<',
      { type: 'rtc', session_id: 's', data: { type: 'answer', session_description: { type: 'call', sdp: A } } },
      'answer',
    ],
    ['>', { action: 'rtc', data: { type: 'terminate', session_id: 's' } }, 'bye'],
  ],
};

const NONE: Readonly<Record<string, readonly unknown[]>> = {
  'Chromecast mirroring, OFFER and ANSWER of its own': [
    {
      type: 'OFFER',
      seqNum: 1,
      offer: {
        castMode: 'mirroring',
        supportedStreams: [{ index: 0, type: 'audio_source', codecName: 'opus', rtpPayloadType: 127 }],
      },
    },
    { type: 'ANSWER', seqNum: 1, result: 'ok', answer: { udpPort: 5, sendIndexes: [0], ssrcs: [7] } },
  ],
  'OpenAI Realtime events': [
    { type: 'session.update', session: { modalities: ['audio'] } },
    { type: 'response.audio.delta', delta: base64(Buffer.alloc(600, 1)) },
    { type: 'input_audio_buffer.speech_stopped', item_id: 'i' },
    { type: 'response.cancel' },
  ],
  'Gemini live': [{ setup: { model: 'm' } }, { serverContent: { turnComplete: true, interrupted: true } }],
  'Asterisk ARI': [
    { type: 'StasisEnd', channel: { id: '1', state: 'Up' } },
    { type: 'ChannelHangupRequest', channel: { id: '1' }, cause: 16 },
  ],
  Zello: [
    { command: 'start_stream', seq: 2, type: 'audio', codec: 'opus' },
    { command: 'on_stream_stop', stream_id: 2 },
  ],
  'Frigate and go2rtc over MSE': [
    { type: 'mse', value: 'avc1.640029' },
    { type: 'error', value: 'mse: streams: not found' },
  ],
  'mediasoup demo, protoo': [
    {
      request: true,
      id: 1,
      method: 'join',
      data: { displayName: 'x', rtpCapabilities: { codecs: [{ mimeType: 'audio/opus' }] } },
    },
    {
      request: true,
      id: 2,
      method: 'produce',
      data: { transportId: 't', kind: 'audio', rtpParameters: { mid: '0', encodings: [{ ssrc: 1 }] } },
    },
    { notification: true, method: 'activeSpeaker', data: { peerId: 'p' } },
    { notification: true, method: 'peerClosed', data: { peerId: 'p' } },
  ],
  'an auction': [
    event('offer', { lot: 7, price: 120, by: 'ann' }),
    event('offer accepted', { lot: 7 }),
    { type: 'offer', bid: 12 },
  ],
  'a job board': [
    { type: 'candidate', candidate: { name: 'Ann', cv: 'x.pdf' } },
    { event: 'candidate', id: 5 },
  ],
  'a game': [
    { type: 'end', winner: 'ann' },
    { type: 'restart', level: 4 },
    { action: 'stop', x: 1, y: 2 },
  ],
};

test.each(Object.entries(SYSTEMS))('%s', (_, lines) => {
  expect(read(lines)).toEqual(lines.map(([, , ...expected]) => expected));
});

/** What collects logs and events, and gets descriptions with them. */
const COLLECTED: Readonly<Record<string, unknown>> = {
  'a console that is replayed': { type: 'lr', e: [{ name: 'console', args: [O] }] },
  'a console with its levels': { type: 'console', level: 'log', args: ['offer', O] },
  OpenTelemetry: {
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityText: 'INFO', body: { stringValue: O } }] }] }],
  },
  'product analytics': { event: 'offer_created', properties: { sdp: O, distinct_id: 'x' } },
};

test.each(Object.entries(COLLECTED))('%s is told, not taken for signaling', (_, payload) => {
  expect(read([['>', payload]])).toEqual([['-']]);
});

test('names in lists say nothing: a user may be called bye', () => {
  const lines: Line[] = [
    ['<', offer],
    ['>', answer],
    ['<', { type: 'userlist', users: ['bye', 'stop', 'offer'] }],
    ['<', { target: 'peer', arguments: ['bye', 'ann'] }],
  ];
  expect(read(lines)).toEqual([['offer'], ['answer'], ['-'], ['bye']]);
});

test.each(Object.entries(NONE))('%s: no description, no candidate', (_, payloads) => {
  const words = read(payloads.map((payload) => ['<', payload])).flat();
  expect(words.filter((word) => /offer$|answer$|candidate/.test(word))).toEqual([]);
});
