/** One connection, in order: a registration, a call we make, and its end by the other side. */
import type { Frame, ProtocolExample } from '../protocol.ts';
import { writeSip } from './message.ts';

const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const ours = '<sip:client@sig.test>;tag=a1';
const theirs = '<sip:bob@sig.test>;tag=b1';
const BODY = [['Content-Type', 'application/sdp']] as const;

interface Line {
  readonly first: string;
  readonly cseq: string;
  readonly callId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sdp?: string;
}

function frame(
  direction: Frame['direction'],
  { first, cseq, callId = 'call-1', from = ours, to = theirs, sdp: body }: Line,
): Frame {
  const head = [
    ['Via', 'SIP/2.0/WS x.invalid;branch=z9hG4bK1'],
    ['From', from],
    ['To', to],
    ['Call-ID', callId],
    ['CSeq', cseq],
    ...(body === undefined ? [] : BODY),
  ] as const;
  return { data: writeSip(first, head, body), encoding: 'text', direction };
}

const register = { callId: 'reg-1', to: '<sip:client@sig.test>' };
const call = { pc: 'call-1' };
const second = { callId: 'call-2', from: theirs };

export const examples: readonly ProtocolExample[] = [
  {
    frame: frame('out', { first: 'REGISTER sip:sig.test SIP/2.0', cseq: '1 REGISTER', ...register }),
    signals: [{ type: 'request', method: 'REGISTER' }],
  },
  {
    frame: frame('in', { first: 'SIP/2.0 401 Unauthorized', cseq: '1 REGISTER', ...register }),
    signals: [{ type: 'response', method: '401 Unauthorized', ok: false }],
  },
  {
    frame: frame('in', { first: 'SIP/2.0 200 OK', cseq: '2 REGISTER', ...register }),
    signals: [{ type: 'response', method: '200 OK', ok: true }],
  },
  {
    frame: frame('out', { first: 'INVITE sip:bob@sig.test SIP/2.0', cseq: '1 INVITE', to: '<sip:bob@sig.test>', sdp }),
    signals: [
      { type: 'offer', ...call, sdp },
      { type: 'request', method: 'INVITE' },
    ],
  },
  {
    frame: frame('in', { first: 'SIP/2.0 180 Ringing', cseq: '1 INVITE' }),
    signals: [{ type: 'response', method: '180 Ringing' }],
  },
  {
    frame: frame('in', { first: 'SIP/2.0 183 Session Progress', cseq: '1 INVITE', sdp }),
    signals: [
      { type: 'pranswer', ...call, sdp },
      { type: 'response', method: '183 Session Progress' },
    ],
  },
  {
    frame: frame('in', { first: 'SIP/2.0 200 OK', cseq: '1 INVITE', sdp }),
    signals: [
      { type: 'answer', ...call, sdp },
      { type: 'response', method: '200 OK', ok: true },
    ],
  },
  {
    // A repeated 200 answers nothing anew.
    frame: frame('in', { first: 'SIP/2.0 200 OK', cseq: '1 INVITE', sdp }),
    signals: [{ type: 'other', label: '200 OK (again)' }],
  },
  {
    frame: frame('out', { first: 'ACK sip:bob@x.invalid SIP/2.0', cseq: '1 ACK' }),
    signals: [{ type: 'request', method: 'ACK' }],
  },
  {
    // Without a description, the INVITE asks for an offer: it comes in the 200, and the answer in the ACK.
    frame: frame('in', { first: 'INVITE sip:client@x.invalid SIP/2.0', cseq: '7 INVITE', from: theirs, to: ours }),
    signals: [{ type: 'request', method: 'INVITE' }],
  },
  {
    frame: frame('out', { first: 'SIP/2.0 200 OK', cseq: '7 INVITE', from: theirs, to: ours, sdp }),
    signals: [
      { type: 'offer', ...call, sdp },
      { type: 'response', ok: true },
    ],
  },
  {
    frame: frame('in', { first: 'ACK sip:client@x.invalid SIP/2.0', cseq: '7 ACK', from: theirs, to: ours, sdp }),
    signals: [
      { type: 'answer', ...call, sdp },
      { type: 'request', method: 'ACK' },
    ],
  },
  {
    frame: frame('in', { first: 'BYE sip:client@x.invalid SIP/2.0', cseq: '8 BYE', from: theirs, to: ours }),
    signals: [
      { type: 'bye', ...call },
      { type: 'request', method: 'BYE' },
    ],
  },
  {
    frame: frame('in', { first: 'INVITE sip:client@x.invalid SIP/2.0', cseq: '1 INVITE', ...second, to: ours }),
    signals: [{ type: 'request', method: 'INVITE', pc: 'call-2' }],
  },
  {
    frame: frame('out', { first: 'SIP/2.0 200 OK', cseq: '1 INVITE', ...second, to: ours, sdp }),
    signals: [{ type: 'offer', pc: 'call-2', sdp }, { type: 'response' }],
  },
  {
    frame: frame('in', { first: 'BYE sip:client@x.invalid SIP/2.0', cseq: '2 BYE', ...second, to: ours }),
    signals: [{ type: 'bye', pc: 'call-2' }, { type: 'request' }],
  },
  {
    frame: { data: '\r\n\r\n', encoding: 'text', direction: 'in' },
    signals: [{ type: 'notify', method: 'keepalive' }],
  },
];
