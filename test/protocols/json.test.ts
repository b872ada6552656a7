import { expect, it } from 'vitest';
import { clip, isObject, parseJson, readCandidateInit, readDescriptionInit } from '../../src/protocols/json.ts';

it('cuts labels', () => {
  expect(clip('a'.repeat(40))).toHaveLength(40);
  expect(clip('a'.repeat(41))).toBe(`${'a'.repeat(40)}…`);
});

it('parses without throwing', () => {
  expect([parseJson('{"a":1}'), parseJson('null'), parseJson('{')]).toEqual([{ a: 1 }, null, undefined]);
  expect([{}, [], null, 'x'].map(isObject)).toEqual([true, false, false, false]);
});

it.each([
  ['a type of its own goes first', { type: 'pranswer', sdp: 'v=0' }, 'offer', { type: 'pranswer', sdp: 'v=0' }],
  ['text alone needs a message that says what it is', 'v=0', 'answer', { type: 'answer', sdp: 'v=0' }],
  ['text alone', 'v=0', undefined, { type: 'other', label: 'x without a description' }],
  ['no type anywhere', { sdp: 'v=0' }, undefined, { type: 'other', label: 'x without a type' }],
  ['no SDP', { type: 'offer', sdp: 7 }, undefined, { type: 'other', label: 'x without SDP' }],
] as const)('reads a description: %s', (_title, init, type, expected) => {
  expect(readDescriptionInit(init, 'x', 'p', type)).toEqual(
    expected.type === 'other' ? expected : { ...expected, pc: 'p' },
  );
});

it('reads a candidate with all that belongs to it, and nothing of a wrong type', () => {
  const init = { candidate: 'c', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' };
  expect(readCandidateInit(init, 'x', 'p')).toEqual({
    type: 'candidate',
    pc: 'p',
    candidate: 'c',
    mid: '0',
    mLine: 0,
    ufrag: 'u',
  });
  expect(readCandidateInit({ candidate: 'c', sdpMid: 0, sdpMLineIndex: 0.5, usernameFragment: {} }, 'x', 'p')).toEqual({
    type: 'candidate',
    pc: 'p',
    candidate: 'c',
  });
});
