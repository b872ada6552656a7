/** Systems that negotiate over HTTP, as their documentation and sources have it, read with a decoder that knows none. */
import { expect, test } from 'vitest';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';
import { A, answer, base64, C, checkPromise, ice, json, O, offer } from './exam.ts';

/** What a side says: a body, and what it is expected to be read as. */
type Side = readonly [body: unknown, ...expected: readonly string[]];
type Exchange = readonly [line: string, request: Side, response: Side, location?: string];

const textOf = (body: unknown) => (typeof body === 'string' ? body : body === undefined ? '' : json(body));

function read(exchanges: readonly Exchange[], host = 'https://h.example'): string[][][] {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  return exchanges.map(([line, [asked], [told], location]) => {
    const [method = '', path = '', status = '200'] = line.split(' ');
    const url = path.startsWith('http') ? path : host + path;
    const words = (body: unknown, direction: 'in' | 'out') => {
      const type = typeof body === 'string' && body.startsWith('v=0') ? 'application/sdp' : 'application/json';
      const headers = { ...(body !== undefined && { 'content-type': type }) };
      checkPromise(textOf(body));
      const { signals } = decoder.decode({
        data: textOf(body),
        encoding: 'text',
        direction,
        http: {
          method,
          url,
          headers,
          ...(direction === 'in' && { status: Number(status), headers: { ...headers, ...(location && { location }) } }),
        },
      });
      return signals.filter(({ type }) => !/^(?:request|response|other)$/.test(type)).map(({ type }) => type);
    };
    return [words(asked, 'out'), words(told, 'in')];
  });
}

const NOTHING: Side = [undefined];

const SYSTEMS: Readonly<Record<string, readonly Exchange[]>> = {
  'peerconnection_server of libwebrtc': [
    ['GET /sign_in?ann@host', NOTHING, ['ann@host,1,1\nbob@host,2,1\n']],
    ['POST /message?peer_id=1&to=2', [{ type: 'offer', sdp: O }, 'offer'], ['']],
    ['GET /wait?peer_id=1', NOTHING, [{ type: 'answer', sdp: A }, 'answer']],
    ['POST /message?peer_id=1&to=2', [{ candidate: C, sdpMid: '0', sdpMLineIndex: 0 }, 'candidate'], ['']],
    ['POST /message?peer_id=1&to=2', ['BYE', 'bye'], ['']],
    ['GET /sign_out?peer_id=1', [undefined, 'bye'], ['']],
  ],
  'webrtc-streamer': [
    ['GET /api/getIceServers', NOTHING, [{ iceServers: [] }]],
    ['POST /api/call?peerid=7&url=x&options=', [offer, 'offer'], [answer, 'answer']],
    ['POST /api/addIceCandidate?peerid=7', [ice, 'candidate'], [true]],
    ['GET /api/getIceCandidate?peerid=7', NOTHING, [[{ ...ice, candidate: C.replace('5000', '5001') }], 'candidate']],
    ['GET /api/hangup?peerid=7', [undefined, 'bye'], [true]],
  ],
  'D-ID': [
    [
      'POST /talks/streams 201',
      [{ source_url: 'x' }],
      [{ id: 's1', session_id: 'c', offer, ice_servers: [] }, 'offer'],
    ],
    ['POST /talks/streams/s1/sdp', [{ answer, session_id: 'c' }, 'answer'], [{ status: 'ok' }]],
    ['POST /talks/streams/s1/ice', [{ ...ice, session_id: 'c' }, 'candidate'], [{ status: 'ok' }]],
    ['POST /talks/streams/s1', [{ script: { type: 'text', input: 'hi' }, session_id: 'c' }], [{ status: 'started' }]],
    ['DELETE /talks/streams/s1', [{ session_id: 'c' }, 'bye'], ['']],
  ],
  'Milestone XProtect': [
    ['POST /IDP/connect/token', ['grant_type=password&username=u'], [{ access_token: 't' }]],
    ['POST /REST/v1/WebRTC/Session', [{ cameraId: 'c' }], [{ sessionId: 's1', offerSDP: json(offer) }, 'offer']],
    ['PATCH /REST/v1/WebRTC/Session/s1', [{ answerSDP: json(answer) }, 'answer'], [{}]],
    ['POST /REST/v1/WebRTC/IceCandidates/s1', [{ candidates: [json(ice)] }, 'candidate'], [{}]],
    ['DELETE /REST/v1/WebRTC/Session/s1', [undefined, 'bye'], ['']],
  ],
  'geckos.io': [
    ['POST /.wrtc/v2/connections', NOTHING, [{ userData: {}, id: 'abc', localDescription: offer }, 'offer']],
    ['POST /.wrtc/v2/connections/abc/remote-description', [answer, 'answer'], ['']],
    ['GET /.wrtc/v2/connections/abc/additional-candidates', NOTHING, [[ice], 'candidate']],
    ['POST /.wrtc/v2/connections/abc/close', [undefined, 'bye'], ['']],
  ],
  'OpenAI Realtime': [
    ['POST /v1/realtime/client_secrets', [{ session: { type: 'realtime' } }], [{ value: 'ek_1' }]],
    ['POST /v1/realtime/calls 201', [O, 'offer'], [A, 'answer'], '/v1/realtime/calls/rtc_1'],
    ['POST /v1/realtime/calls/rtc_1/hangup', [undefined, 'bye'], ['']],
  ],
  'Eyevinn WHPP': [
    ['POST /whpp/channel/c 201', [{}], [{ offer: O, mediaStreams: [] }, 'offer'], '/whpp/channel/c/1'],
    ['PUT /whpp/channel/c/1 204', [{ answer: A }, 'answer'], ['']],
    ['DELETE /whpp/channel/c/1', [undefined, 'bye'], ['']],
  ],
  'Alexa cameras': [
    [
      'POST /v3/directives',
      [
        {
          directive: {
            header: { namespace: 'Alexa.RTCSessionController', name: 'InitiateSessionWithOffer' },
            payload: { sessionId: 's', offer: { format: 'SDP', value: O } },
          },
        },
        'offer',
      ],
      [
        { event: { header: { name: 'AnswerGeneratedForSession' }, payload: { answer: { format: 'SDP', value: A } } } },
        'answer',
      ],
    ],
    [
      'POST /v3/directives',
      [
        {
          directive: {
            header: { namespace: 'Alexa.RTCSessionController', name: 'SessionDisconnected' },
            payload: { sessionId: 's' },
          },
        },
        'bye',
      ],
      [{}],
    ],
  ],
  'WhatsApp Cloud calls': [
    [
      'POST /v21.0/1/calls',
      [{ messaging_product: 'whatsapp', to: '2', action: 'connect', session: { sdp_type: 'offer', sdp: O } }, 'offer'],
      [{ calls: [{ id: 'w' }] }],
    ],
    [
      'POST /webhook',
      [
        {
          entry: [
            {
              changes: [
                {
                  field: 'calls',
                  value: { calls: [{ id: 'w', event: 'connect', session: { sdp_type: 'answer', sdp: A } }] },
                },
              ],
            },
          ],
        },
        'answer',
      ],
      [''],
    ],
    [
      'POST /v21.0/1/calls',
      [{ messaging_product: 'whatsapp', call_id: 'w', action: 'terminate' }, 'bye'],
      [{ success: true }],
    ],
  ],
  'Boston Dynamics: base64 both ways, the robot offers': [
    ['GET /h.264.sdp/webrtc', NOTHING, [{ id: 'i', sdp: base64(O) }, 'offer']],
    ['POST /h.264.sdp/webrtc', [{ id: 'i', sdp: base64(A) }, 'answer'], ['']],
  ],
  'RTSPtoWeb, go2rtc: a form with base64': [
    ['POST /stream/s/channel/0/webrtc', [`data=${encodeURIComponent(base64(O))}`, 'offer'], [base64(A), 'answer']],
  ],
  'Cloudflare Realtime': [
    ['POST /v1/apps/a/sessions/new 201', NOTHING, [{ sessionId: 's' }]],
    [
      'POST /v1/apps/a/sessions/s/tracks/new',
      [{ sessionDescription: offer, tracks: [{ location: 'local', mid: '0' }] }, 'offer'],
      [{ sessionDescription: answer, tracks: [] }, 'answer'],
    ],
    ['PUT /v1/apps/a/sessions/s/tracks/close', [{ tracks: [{ mid: '0' }], force: true }], [{ tracks: [] }]],
  ],
  'Matrix: a hang-up in the address': [
    [
      'PUT /_matrix/client/v3/rooms/!r/send/m.call.invite/1',
      [{ call_id: 'c', offer, version: '1', lifetime: 60000 }, 'offer'],
      [{ event_id: '$1' }],
    ],
    [
      'PUT /_matrix/client/v3/rooms/!r/send/m.call.hangup/2',
      [{ call_id: 'c', version: '1', reason: 'user_hangup' }, 'bye'],
      [{ event_id: '$2' }],
    ],
  ],
};

test.each(Object.entries(SYSTEMS))('%s', (_, exchanges) => {
  expect(read(exchanges)).toEqual(exchanges.map(([, [, ...asked], [, ...told]]) => [asked, told]));
});

test('who only looks ends nothing, and neither does who deletes something else', () => {
  const exchanges: Exchange[] = [
    ['POST /api/offer', [offer, 'offer'], [answer, 'answer']],
    ['GET /leave/of/absence', NOTHING, ['<p>']],
    ['GET /account/sign_out', NOTHING, ['']],
    ['DELETE /api/messages/7', NOTHING, ['']],
    ['GET /stop', NOTHING, ['']],
    ['GET https://other.example/api/hangup', NOTHING, ['']],
  ];
  expect(read(exchanges)).toEqual(exchanges.map(([, [, ...asked], [, ...told]]) => [asked, told]));
});
