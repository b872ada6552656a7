import { describe, expect, it } from 'vitest';
import { readCandidate, readDescription, readMessage, userNames } from '../../src/protocols/mdn-wire.ts';

describe('mdn wire', () => {
  it('takes name and target only if they say something', () => {
    const data = '{"type":"hang-up","name":"ann","target":null}';
    expect(readMessage({ data, encoding: 'text', direction: 'in' })).toEqual({
      type: 'hang-up',
      name: 'ann',
      body: { type: 'hang-up', name: 'ann', target: null },
    });
    const odd = '{"type":"hang-up","name":{},"target":""}';
    expect(readMessage({ data: odd, encoding: 'text', direction: 'in' })).not.toHaveProperty('name');
  });

  it('reads each user once, and no user that is no name', () => {
    expect(userNames({ users: ['ann', 'ann', '', 3, null, 'bob'] })).toEqual(['ann', 'bob']);
    expect(userNames({ users: 'ann' })).toEqual([]);
  });

  it.each([
    ['an object', { type: 'answer', sdp: 'v=0' }, { type: 'answer', pc: 'p', sdp: 'v=0' }],
    ['a bare string, by the name of the message', 'v=0', { type: 'offer', pc: 'p', sdp: 'v=0' }],
    [
      'an unknown inner type, by the name of the message',
      { type: 'x', sdp: 'v=0' },
      { type: 'offer', pc: 'p', sdp: 'v=0' },
    ],
    ['a rollback without SDP', { type: 'rollback' }, { type: 'rollback', pc: 'p' }],
    ['nothing', undefined, { type: 'other', label: 'video-offer without a description' }],
  ])('reads a description that is %s', (_title, sdp, signal) => {
    expect(readDescription({ type: 'video-offer', body: { sdp } }, 'p')).toEqual(signal);
  });

  it.each([
    ['null', null, { type: 'end-of-candidates', pc: 'p' }],
    ['empty', { candidate: '', sdpMid: '1' }, { type: 'end-of-candidates', pc: 'p', mid: '1' }],
    ['a string', 'candidate:1', { type: 'candidate', pc: 'p', candidate: 'candidate:1' }],
    [
      'with wrong members',
      { candidate: 'c', sdpMid: 1, sdpMLineIndex: '0' },
      { type: 'candidate', pc: 'p', candidate: 'c' },
    ],
  ])('reads a candidate that is %s', (_title, candidate, signal) => {
    expect(readCandidate({ candidate }, 'p')).toEqual(signal);
  });
});
