import { describe, expect, it } from 'vitest';
import { createJanusDecoder } from '../../../src/protocols/janus/decoder.ts';
import { count, decodeCapture } from '../../helpers/captured.ts';

const decoder = () => createJanusDecoder({ client: 'page' });
const labels = (decoded: ReturnType<typeof decodeCapture>): string[] =>
  decoded.flatMap(({ signals }) => signals.map((one) => ('method' in one ? `${one.type} ${one.method}` : one.type)));

describe("captures of Janus's own pages", () => {
  it('reads an EchoTest with an ICE restart', () => {
    const decoded = decodeCapture('janus-echotest', decoder());
    expect(count(decoded)).toEqual({
      'offer page > echotest': 3,
      'answer echotest > page': 3,
      'candidate page > echotest': 10,
      'end-of-candidates page > echotest': 2,
      'bye echotest > page': 1,
    });
    expect(new Set(decoded.flatMap(({ signals }) => signals.map((one) => one.type)))).not.toContain('other');
    expect(labels(decoded)).toContain('notify hangup: DTLS alert');
    expect(labels(decoded)).toContain('notify media video mid 1 arrives at Janus');
  });

  it('tells the handles of a VideoRoom apart, where Janus offers on one and answers on the other', () => {
    const decoded = decodeCapture('janus-videoroom', decoder());
    expect(count(decoded)).toEqual({
      'offer page > videoroom': 1,
      'answer videoroom > page': 1,
      'candidate page > videoroom': 4,
      'end-of-candidates page > videoroom': 1,
      'bye page > videoroom': 1,
      'offer alice > page': 5,
      'answer page > alice': 5,
      'candidate page > alice': 6,
      'end-of-candidates page > alice': 2,
    });
    const presence = decoded.flatMap(({ signals }) => signals.filter((one) => one.type === 'presence'));
    expect([...new Set(presence.map((one) => `${one.who} ${one.change}`))]).toEqual([
      'alice join',
      'carol join',
      'carol leave',
      'alice leave',
    ]);
  });
});

it('gives a handle that was attached before the capture a name of its own', () => {
  const frame = { encoding: 'text', direction: 'out' } as const;
  const one = decoder();
  const trickle = { janus: 'trickle', transaction: 't', session_id: 1, handle_id: 99, candidate: { completed: true } };
  expect(one.decode({ ...frame, data: JSON.stringify(trickle) })).toEqual({
    from: 'page',
    to: 'handle 99',
    signals: [{ type: 'end-of-candidates', pc: 'handle 99+page' }],
  });
});

it('reads several candidates in one message, and candidates of Janus', () => {
  const data = JSON.stringify({
    janus: 'trickle',
    sender: 99,
    candidates: [{ candidate: 'candidate:1', sdpMid: '0' }, { completed: true }, null, 5],
  });
  const { from, signals } = decoder().decode({ data, encoding: 'text', direction: 'in' });
  expect(from).toBe('handle 99');
  expect(signals.map(({ type }) => type)).toEqual(['candidate', 'end-of-candidates', 'end-of-candidates', 'other']);
});

it('keeps nothing without bound', () => {
  const one = decoder();
  for (let id = 0; id < 3_000; id++) {
    const data = JSON.stringify({ janus: 'webrtcup', sender: id, transaction: `${id}` });
    one.decode({ data, encoding: 'text', direction: id % 2 ? 'in' : 'out' });
  }
  const destroy = { data: '{"janus":"destroy"}', encoding: 'text', direction: 'out' } as const;
  expect(one.decode(destroy).signals).toHaveLength(1);
});

it.each([
  ['not JSON', 'not JSON'],
  ['[]', 'JSON, but not an object'],
  ['{"type":"id"}', "JSON without 'janus'"],
])('says what is wrong with %s', (data, label) => {
  const { signals } = decoder().decode({ data, encoding: 'text', direction: 'in' });
  expect(signals).toEqual([{ type: 'other', label }]);
});
