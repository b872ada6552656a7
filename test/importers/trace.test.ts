import { describe, expect, it } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readStep } from '../../src/importers/trace/step.ts';
import { draftsOfTrace, type TraceEntry } from '../../src/importers/trace.ts';

const sdp = (session: number, line = '') => `v=0\r\no=- ${session} 1 IN IP4 0.0.0.0\r\n${line}`;
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host';

/** One entry a millisecond. */
const told = (...entries: readonly [string, string, unknown][]) =>
  draftsOfTrace(
    entries.map(([pc, name, value], t): TraceEntry => ({ pc, name, value, t })),
    'log',
    0,
  );

describe('one end alone', () => {
  it('what it sets locally goes to the remote side, what it sets remotely came from there', () => {
    const drafts = told(
      ['1', 'setRemoteDescription', { type: 'offer', sdp: sdp(1) }],
      ['1', 'setRemoteDescriptionOnSuccess', null],
      ['1', 'setLocalDescription', { type: 'answer', sdp: sdp(2) }],
      ['1', 'setLocalDescriptionOnSuccess', null],
      ['1', 'onicecandidate', { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 }],
      ['1', 'onicecandidate', null],
    );
    expect(drafts).toMatchObject([
      { seq: 1, t: 0, from: 'remote', to: 'pc1', protocol: 'log', signals: [{ type: 'offer', pc: 'pc1+remote' }] },
      { seq: 2, from: 'pc1', to: 'pc1', kind: 'apply', op: 'remote', type: 'offer', ok: true, of: 1 },
      { seq: 3, from: 'pc1', to: 'remote', signals: [{ type: 'answer' }] },
      { seq: 4, kind: 'apply', op: 'local', type: 'answer', ok: true, of: 3 },
      { seq: 5, from: 'pc1', signals: [{ type: 'candidate', candidate: CANDIDATE, mid: '0', mLine: 0 }] },
      { seq: 6, from: 'pc1', signals: [{ type: 'end-of-candidates' }] },
    ]);
  });

  it('what the browser did not take was not sent', () => {
    const drafts = told(
      ['PC_0', 'setLocalDescription', { type: 'offer', sdp: sdp(1) }],
      ['PC_0', 'setLocalDescriptionOnFailure', 'OperationError: no'],
    );
    expect(drafts).toMatchObject([
      { kind: 'call', name: 'setLocalDescription', args: { type: 'offer' } },
      { kind: 'apply', op: 'local', type: 'offer', ok: false, error: { name: 'OperationError', message: 'no' } },
    ]);
  });

  it('what was changed between making and setting goes with the description', () => {
    const drafts = told(
      ['1', 'createOffer', null],
      ['1', 'createOfferOnSuccess', { type: 'offer', sdp: sdp(1) }],
      ['1', 'setLocalDescription', { type: 'offer', sdp: sdp(1, 'b=AS:64\r\n') }],
      ['1', 'setLocalDescriptionOnSuccess', null],
      ['1', 'createOffer', null],
      ['1', 'createOfferOnSuccess', { type: 'offer', sdp: sdp(2) }],
      ['1', 'setLocalDescription', { type: 'offer', sdp: sdp(2) }],
    );
    const signals = drafts.flatMap((draft) => (draft.kind === 'message' ? draft.signals : []));
    expect(signals).toMatchObject([{ created: sdp(1) }, { sdp: sdp(2) }]);
    expect(signals[1]).not.toHaveProperty('created');
  });

  it('a rollback is no message', () => {
    const drafts = told(
      ['PC_0', 'setLocalDescription', { type: 'offer', sdp: sdp(1) }],
      ['PC_0', 'setLocalDescriptionOnSuccess', null],
      ['PC_0', 'setLocalDescription', { type: 'rollback' }],
      ['PC_0', 'setLocalDescriptionOnSuccess', null],
    );
    expect(drafts.map(({ kind }) => kind)).toEqual(['message', 'apply', 'apply']);
    const model = drafts.map((draft, i) => ({ t: 0, ...draft, seq: i + 1 })).reduce(reduce, emptyModel());
    expect(model.sessions.get('PC_0+remote')?.rounds.map(({ state }) => state)).toEqual(['rolled-back']);
  });

  it('a description that was left out of the log leaves the call', () => {
    const drafts = told(['PC_0', 'setRemoteDescription', ''], ['PC_0', 'setRemoteDescriptionOnSuccess', null]);
    expect(drafts).toMatchObject([
      { kind: 'call', name: 'setRemoteDescription' },
      { kind: 'apply', op: 'remote', ok: true },
    ]);
  });

  it('a failure to create one is told with its reason', () => {
    const drafts = told(['PC_0', 'createOffer', null], ['PC_0', 'createOfferOnFailure', 'InvalidStateError: closed']);
    expect(drafts).toMatchObject([{ kind: 'call', name: 'createOffer', ok: false, error: { message: 'closed' } }]);
  });
});

describe('two ends', () => {
  const offer = { type: 'offer', sdp: sdp(1) };

  it('a candidate arrives where it is added', () => {
    const init = { candidate: CANDIDATE, sdpMid: '0' };
    const drafts = told(
      ['a', 'setLocalDescription', offer],
      ['a', 'onicecandidate', init],
      ['b', 'setRemoteDescription', offer],
      ['b', 'addIceCandidate', init],
    );
    expect(drafts.map(({ from, to, kind }) => `${from} ${to} ${kind}`)).toEqual([
      ...['a b message', 'a b message', 'b b apply'],
    ]);
    expect(drafts[2]).toMatchObject({ op: 'candidate', ok: true, of: 2 });
  });

  it('a description that was changed on the way is kept', () => {
    const drafts = told(
      ['a', 'setLocalDescription', offer],
      ['b', 'setRemoteDescription', { type: 'offer', sdp: sdp(1, 'b=AS:1\r\n') }],
    );
    expect(drafts).toMatchObject([
      { kind: 'message', from: 'a', to: 'b' },
      { kind: 'call', name: 'setRemoteDescription', from: 'b', args: { sdp: sdp(1, 'b=AS:1\r\n') } },
    ]);
  });
});

describe('what an entry says', () => {
  const cases: [string, string, unknown, object | undefined][] = [
    ['a state in quotes', 'onsignalingstatechange', '"stable"', { is: 'state', of: 'signaling', value: 'stable' }],
    [
      'a state as a class',
      'iceGatheringStateChange',
      'ICEGatheringStateComplete',
      { of: 'gathering', value: 'complete' },
    ],
    [
      'arguments as a list',
      'setLocalDescription',
      [{ type: 'offer', sdp: 'x' }],
      { description: { type: 'offer', sdp: 'x' } },
    ],
    [
      'a description in words',
      'setLocalDescription',
      'type: answer, sdp: v=0\r\n',
      { description: { sdp: 'v=0\r\n' } },
    ],
    [
      'a candidate in words',
      'icecandidate',
      `sdpMid: audio, sdpMLineIndex: 1, candidate: ${CANDIDATE}, url: stun:192.0.2.1`,
      { is: 'gathered', candidate: { text: CANDIDATE, target: { mid: 'audio', mLine: 1 } } },
    ],
    [
      'a refused candidate instead of the call',
      'addIceCandidateFailed',
      { candidate: CANDIDATE },
      { is: 'done', candidate: { text: CANDIDATE } },
    ],
    ['statistics', 'getStats', {}, undefined],
    ['the name of something every object has', 'constructor', {}, undefined],
    [
      'credentials of servers',
      'create',
      { iceServers: [{ credential: 'x' }] },
      { is: 'call', name: 'create', args: undefined },
    ],
    ['arguments of any length', 'addTrack', 'x'.repeat(5000), { is: 'call', name: 'addTrack', args: undefined }],
  ];
  it.each(cases)('%s', (_, name, value, step) => {
    if (step === undefined) expect(readStep(name, value)).toBeUndefined();
    else expect(readStep(name, value)).toMatchObject(step);
  });
});
