/**
 * Shapes that are hard for a reader who knows none of the systems: several peer connections on one connection, names that
 * only the other message explains, kinds of messages that stand beside what they hold, and what is no signaling.
 * Expected: `offer@1` is an offer of the peer connection that the test calls 1.
 */
import { expect, test } from 'vitest';
import type { Signal } from '../../../src/core/event.ts';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';

interface Style {
  readonly setup?: string;
  readonly version?: number;
  /** As a server writes its origin. */
  readonly server?: boolean;
}

/** A description of the peer connection with that number. */
function sdp(pc: number, { setup = 'actpass', version = 2, server = false }: Style = {}): string {
  const origin = `o=- 58669846422672${1000 + pc} ${server ? '1795247554 IN IP4 0.0.0.0' : `${version} IN IP4 127.0.0.1`}`;
  return [
    ...['v=0', origin, 's=-', 't=0 0', 'a=group:BUNDLE 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0'],
    ...[`a=ice-ufrag:uf${pc}`, 'a=ice-pwd:0123456789012345678901', 'a=fingerprint:sha-256 AA:BB', `a=setup:${setup}`],
    ...['a=mid:0', 'a=sendrecv', 'a=rtcp-mux', ''],
  ].join('\r\n');
}
const offer = (pc: number, style?: Style) => ({ type: 'offer', sdp: sdp(pc, style) });
const answerSdp = (pc: number, style?: Style) => sdp(pc, { setup: 'active', ...style });
const answer = (pc: number, style?: Style) => ({ type: 'answer', sdp: answerSdp(pc, style) });
/** Browsers put the user fragment into the line, servers do not. */
const line = (pc?: number) =>
  `candidate:1 1 udp 2122194687 192.0.2.1 5000 typ host generation 0${pc === undefined ? '' : ` ufrag uf${pc}`}`;
const ice = (pc?: number) => ({ candidate: line(pc), sdpMid: '0', sdpMLineIndex: 0 });
const json = JSON.stringify;
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

type Line = readonly [direction: '>' | '<', payload: unknown, ...expected: readonly string[]];

function words(signal: Signal): string {
  if (signal.type === 'other') return '-';
  return signal.type === 'request' || signal.type === 'notify' ? `${signal.type} ${signal.method}` : signal.type;
}

/** What the frames of one connection say; a peer connection is called what the test calls it at its first mention. */
function read(lines: readonly Line[]): string[][] {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  const called = new Map<string, string>();
  return lines.map(([direction, payload, ...expected]) => {
    const binary = payload instanceof Uint8Array;
    const text = typeof payload === 'string' ? payload : json(payload);
    const decoded = decoder.decode({
      data: binary ? Buffer.from(payload).toString('base64') : text,
      encoding: binary ? 'base64' : 'text',
      direction: direction === '>' ? 'out' : 'in',
    });
    return decoded.signals.map((signal, i) => {
      const pc = 'pc' in signal ? signal.pc : undefined;
      const wanted = expected[i]?.split('@')[1];
      if (pc === undefined || wanted === undefined) return words(signal);
      if (!called.has(pc) && ![...called.values()].includes(wanted)) called.set(pc, wanted);
      return `${words(signal)}@${called.get(pc) ?? pc}`;
    });
  });
}

const rpc = (message: object) => ({ jsonrpc: '2.0', ...message });
const media = (type: string, data: object) => ({ data: json({ type: 'custom', data: { type, data } }) });
const jingle = (action: string, inside: string) =>
  `<iq xmlns="jabber:client" type="set"><jingle xmlns="urn:xmpp:jingle:1" action="${action}" sid="j">${inside}</jingle></iq>`;
const transport = (ufrag: string, inside: string) =>
  `<transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="${ufrag}" pwd="0123456789012345678901">${inside}</transport>`;
const content = (ufrag: string, setup: string) =>
  `<content name="audio"><description media="audio"><payload-type id="111" name="opus" clockrate="48000"/></description>${transport(ufrag, `<fingerprint hash="sha-256" setup="${setup}">AA:BB</fingerprint>`)}</content>`;
const trickled =
  '<candidate component="1" foundation="1" ip="192.0.2.3" port="5000" priority="1" protocol="udp" type="host"/>';
const tuya = (type: string, msg: object) => ({ protocol: 302, data: { header: { from: 'u', type }, msg } });

const SHAPES: Readonly<Record<string, readonly Line[]>> = {
  'a peer connection for each member of a room (Kurento groupcall)': [
    ['>', { id: 'receiveVideoFrom', sender: 'ann', sdpOffer: sdp(1) }, 'offer@1'],
    ['>', { id: 'onIceCandidate', candidate: ice(1), name: 'ann' }, 'candidate@1'],
    ['>', { id: 'receiveVideoFrom', sender: 'bob', sdpOffer: sdp(2) }, 'offer@2'],
    ['>', { id: 'receiveVideoFrom', sender: 'cid', sdpOffer: sdp(3) }, 'offer@3'],
    ['<', { id: 'receiveVideoAnswer', name: 'bob', sdpAnswer: answerSdp(12) }, 'answer@2'],
    ['<', { id: 'receiveVideoAnswer', name: 'ann', sdpAnswer: answerSdp(11) }, 'answer@1'],
    ['<', { id: 'iceCandidate', name: 'bob', candidate: ice() }, 'candidate@2'],
    ['<', { id: 'iceCandidate', name: 'ann', candidate: { ...ice(), sdpMid: 'a' } }, 'candidate@1'],
    ['<', { id: 'receiveVideoAnswer', name: 'cid', sdpAnswer: answerSdp(13) }, 'answer@3'],
    ['<', { id: 'participantLeft', name: 'bob' }, '-'],
  ],
  'offers of a server and of a browser that cross, and a report of both when it connects again (LiveKit)': [
    ['>', { offer: offer(1) }, 'offer@1'],
    ['<', { offer: offer(2, { server: true }) }, 'offer@2'],
    ['<', { answer: answer(11, { server: true }) }, 'answer@1'],
    ['>', { answer: answer(12) }, 'answer@2'],
    ['>', { trickle: { candidateInit: json(ice(1)), target: 'PUBLISHER' } }, 'candidate@1'],
    ['>', { trickle: { candidateInit: json(ice(12)), target: 'SUBSCRIBER' } }, 'candidate@2'],
    ['<', { trickle: { candidateInit: json(ice()), target: 'SUBSCRIBER' } }, 'candidate@2'],
    ['>', { syncState: { answer: answer(12), offer: offer(1), subscription: {} } }, '-'],
    ['>', { offer: offer(1, { version: 3 }) }, 'offer@1'],
  ],
  'offers of two browsers that cross': [
    ['>', { from: 'a', to: 'b', description: offer(1) }, 'offer@1'],
    ['<', { from: 'b', to: 'a', description: offer(2) }, 'offer@1'],
    ['>', { from: 'a', to: 'b', description: answer(1) }, 'answer@1'],
  ],
  'one caller with several callees, all named differently (simple-peer tutorial)': [
    ['>', `42["sending signal",${json({ userToSignal: 'p1', callerID: 'me', signal: offer(1) })}]`, 'offer@1'],
    ['>', `42["sending signal",${json({ userToSignal: 'p2', callerID: 'me', signal: offer(2) })}]`, 'offer@2'],
    ['<', `42["receiving returned signal",${json({ signal: answer(11), id: 'p1' })}]`, 'answer@1'],
    ['<', `42["receiving returned signal",${json({ signal: answer(12), id: 'p2' })}]`, 'answer@2'],
    ['<', `42["user joined",${json({ signal: offer(3), callerID: 'p3' })}]`, 'offer@3'],
    ['>', `42["returning signal",${json({ signal: answer(13), callerID: 'p3' })}]`, 'answer@3'],
  ],
  'requests that are a member (Red5 Pro, VDO.Ninja)': [
    ['>', { requestOffer: 'stream1', requestId: 'r1' }, 'request requestOffer'],
    ['<', { data: { sdp: offer(1, { server: true }) } }, 'offer@1'],
    ['>', { handleAnswer: 'stream1', requestId: 'r1', data: { sdp: answer(11) } }, 'answer@1'],
    ['>', { handleCandidate: 'stream1', data: { candidate: ice(11) } }, 'candidate@1'],
    ['<', { request: 'offerSDP', UUID: 'aa-1' }, 'request offerSDP'],
    ['<', { UUID: 'aa-1', bye: true }, 'bye@1'],
  ],
  'a command under the key of what people say elsewhere (Flashphoner)': [
    ['>', { message: 'publishStream', data: [{ mediaSessionId: 'm1', sdp: sdp(1) }] }, 'offer@1'],
    ['<', { message: 'setRemoteSDP', data: ['m1', answerSdp(11), false] }, 'answer@1'],
    ['>', { message: 'stopStream', data: [{ mediaSessionId: 'm1' }] }, 'bye@1'],
  ],
  'kinds in a head beside the content (Tuya)': [
    ['>', tuya('offer', { mode: 'webrtc', sdp: sdp(1) }), 'offer@1'],
    ['<', tuya('answer', { mode: 'webrtc', sdp: answerSdp(11) }), 'answer@1'],
    ['>', tuya('candidate', { mode: 'webrtc', candidate: `a=${line(1)}\r\n` }), 'candidate@1'],
    ['<', tuya('candidate', { mode: 'webrtc', candidate: '' }), 'end-of-candidates@1'],
    ['>', tuya('disconnect', { mode: 'webrtc' }), 'bye@1'],
  ],
  'media events over Phoenix (Membrane)': [
    ['>', ['3', '5', 'room:1', 'mediaEvent', media('sdpOffer', { sdpOffer: offer(1), midToTrackId: {} })], 'offer@1'],
    ['<', ['3', null, 'room:1', 'mediaEvent', media('sdpAnswer', { ...answer(11), midToTrackId: {} })], 'answer@1'],
    ['>', ['3', '7', 'room:1', 'mediaEvent', media('renegotiateTracks', {})], 'request renegotiateTracks'],
  ],
  'JSON-RPC in JSON-RPC (SignalWire)': [
    [
      '>',
      rpc({
        id: 'u',
        method: 'webrtc.verto',
        params: { message: rpc({ method: 'verto.invite', params: { sdp: sdp(1), dialogParams: { callID: 'c' } } }) },
      }),
      'offer@1',
    ],
    [
      '<',
      rpc({ id: 'u', result: { code: '200', result: rpc({ result: { message: 'CALL CREATED', callID: 'c' } }) } }),
      '-',
    ],
    [
      '<',
      rpc({
        method: 'signalwire.event',
        params: {
          event_type: 'webrtc.message',
          params: rpc({ method: 'verto.answer', params: { callID: 'c', sdp: answerSdp(11) } }),
        },
      }),
      'answer@1',
    ],
    [
      '>',
      rpc({
        method: 'webrtc.verto',
        params: { message: rpc({ method: 'verto.bye', params: { cause: 'NORMAL', dialogParams: { callID: 'c' } } }) },
      }),
      'bye@1',
    ],
  ],
  'several messages in a frame (NATS)': [
    ['<', bytes('INFO {"server_id":"N"}\r\n'), '-'],
    ['>', bytes(`PUB call.bob ${json(offer(1)).length}\r\n${json(offer(1))}\r\n`), 'offer@1'],
    ['<', bytes(`MSG call.ann 1 ${json(answer(11)).length}\r\n${json(answer(11))}\r\n`), 'answer@1'],
    [
      '<',
      bytes(
        [ice(), { ...ice(), sdpMid: '1' }]
          .map((one) => `MSG call.ann 1 reply.x ${json(one).length}\r\n${json(one)}\r\n`)
          .join(''),
      ),
      'candidate@1',
      'candidate@1',
    ],
    ['>', bytes('PUB call.bob 14\r\n{"type":"bye"}\r\n'), 'bye@1'],
  ],
  'several stanzas in a body (XMPP over BOSH)': [
    [
      '<',
      `<body sid="B"><presence><nick>bye</nick></presence>${jingle('session-initiate', content('jvb1', 'actpass'))}</body>`,
      'offer@1',
    ],
    [
      '>',
      `<body rid="2">${jingle('session-accept', content('me1', 'active'))}${jingle('transport-info', `<content name="audio">${transport('me1', trickled)}</content>`)}</body>`,
      'answer@1',
      'candidate@1',
    ],
    ['<', '<body><message type="groupchat"><body>v=0 is what SDP starts with, bye</body></message></body>', '-'],
    ['<', `<body>${jingle('session-terminate', '<reason><gone/></reason>')}</body>`, 'bye@1'],
  ],
  'XML of its own': [
    ['>', `<message type="offer" to="bob"><sdp>${sdp(1).replaceAll('\r\n', '&#13;&#10;')}</sdp></message>`, 'offer@1'],
    ['<', `<message type="answer" from="bob"><sdp><![CDATA[${answerSdp(11)}]]></sdp></message>`, 'answer@1'],
    ['<', '<message type="bye" from="bob"/>', 'bye@1'],
  ],
  'ICE without SDP (Telegram, Medooze)': [
    [
      '>',
      { payload: json({ ufrag: 'tgAB', pwd: '0123456789012345678901', fingerprints: [] }) },
      'notify ICE parameters tgAB',
    ],
    [
      '<',
      { transport: { ufrag: 'srvZ', pwd: '0123456789012345678901', candidates: [{ ip: '192.0.2.1' }] } },
      'notify ICE parameters srvZ, 1 candidate',
    ],
  ],
  'ends of candidates of all kinds': [
    ['>', { description: offer(1) }, 'offer@1'],
    ['>', { candidate: '' }, 'end-of-candidates@1'],
    ['<', { type: 'ice-candidate', payload: null }, 'end-of-candidates@1'],
    ['<', '42["ice-candidate",null]', 'end-of-candidates@1'],
    ['<', { type: 'ice', iceComplete: true }, 'end-of-candidates@1'],
    ['<', { event: 'candidate', data: 'null' }, 'end-of-candidates@1'],
    ['<', { type: 'voice', value: '' }, '-'],
  ],
  'commands and what they are about in one line': [
    ['>', `OFFER bob ${sdp(1)}`, 'offer@1'],
    ['<', `ANSWER|ann|${answerSdp(11)}`, 'answer@1'],
    ['<', `CAND|0|0|${line(11)}`, 'candidate@1'],
    ['<', `ice:${line(11)}`, 'candidate@1'],
    ['>', 'BYE bob', 'bye@1'],
  ],
  'what Python prints': [
    ['>', `{'type': 'offer', 'sdp': '${sdp(1).replaceAll('\r\n', '\\r\\n')}', 'to': None}`, 'offer@1'],
    ['<', `{'type': 'answer', 'sdp': '${answerSdp(11).replaceAll('\r\n', '\\r\\n')}'}`, 'answer@1'],
    ['<', `{'type': 'candidate', 'candidate': '${line(11)}', 'sdpMid': '0'}`, 'candidate@1'],
  ],
  'objects after each other, lists of lines': [
    ['>', json({ type: 'hello' }) + json(offer(1)), 'offer@1'],
    ['<', { type: 'answer', sdp: answerSdp(11).trim().split('\r\n') }, 'answer@1'],
    ['<', { candidates: `${line(11)}\r\na=${line(11).replace('5000', '5001')}\r\n` }, 'candidate@1', 'candidate@1'],
  ],
  'ends of calls of all kinds': [
    ['>', { type: 'offer', to: 'b', sdp: sdp(1) }, 'offer@1'],
    ...[
      'hang-up',
      'call_ended',
      'end-call',
      'call.rejected',
      'decline',
      'cancel-call',
      'CALL_TERMINATED',
      'call:finish',
    ].map((type): Line => ['<', { type, from: 'b' }, 'bye@1']),
    ['<', { type: 'layout', buttons: [{ id: 'close', label: 'stop' }] }, '-'],
    ['<', { type: 'settings', leave: true, restart: true }, '-'],
  ],
};

test.each(Object.entries(SHAPES))('%s', (_, lines) => {
  expect(read(lines)).toEqual(lines.map(([, , ...expected]) => expected));
});

const [O, A] = [sdp(1), answerSdp(11)];
const NO_SIGNALING: Readonly<Record<string, unknown>> = {
  'what somebody writes on Discord': { op: 0, t: 'MESSAGE_CREATE', d: { content: O, author: { username: 'x' } } },
  'what somebody writes on Matrix': { type: 'm.room.message', content: { msgtype: 'm.text', body: O } },
  'a post on Mattermost': { event: 'posted', data: { post: json({ message: O, user_id: 'u' }) } },
  'a message of Rocket.Chat': { msg: 'changed', fields: { args: [{ rid: 'r', msg: O, u: { username: 'bob' } }] } },
  'a message of Zulip': { events: [{ type: 'message', message: { content: O, sender_email: 'a@b' } }] },
  'a message of XMPP': `<message type="chat" from="a@b"><body>${O}</body></message>`,
  'a line of a log': { level: 'debug', message: `Adding ICE candidate: ${line(1)}` },
  'lines of a log with objects': [{ level: 'info', args: ['local description', offer(1)] }],
  'the state of a peer connection': { pc: { localDescription: offer(1), signalingState: 'stable' } },
  'both descriptions of a peer connection': {
    peers: [{ currentLocalDescription: offer(1), currentRemoteDescription: answer(11) }],
  },
  'what an SFU tells its operator (Janus)': { janus: 'success', info: { sdps: { profile: 'x', local: A, remote: O } } },
  'an event of analytics': { event: 'track', properties: { sdp: O, distinct_id: 'x' } },
  'rtcstats with its numbers': ['addIceCandidate', 'PC_0', ice(1), 17],
  'an article about SDP': { type: 'article', body: `SDP begins with v=0.\n${O}`, author: 'x' },
  'an error that quotes SDP': { type: 'error', message: `Cannot be parsed: ${O}` },
  'the weather': { type: 'ice', value: '', temperature: -4 },
  'an offer of a shop': `42["offer",{"price":5,"to":"bob"}]`,
  'an application for a job': { type: 'candidate', candidate: 'Jane Doe', applicationId: 7 },
};

test.each(Object.entries(NO_SIGNALING))('%s is no signaling', (_, payload) => {
  expect(read([['>', payload, '-']])).toEqual([['-']]);
});
