import { expect, it } from 'vitest';
import { chooseProtocol, isSettled } from '../../src/protocols/detect.ts';

const frame = { data: '{"type":"id","id":1}', encoding: 'text', direction: 'in' } as const;
const chosen = (hint: Parameters<typeof chooseProtocol>[0]) => {
  const choice = chooseProtocol(hint);
  return choice && [choice.protocol.name, choice.because, isSettled(choice)];
};

it('chooses by what there is to go by, the surest first, and not at all from nothing', () => {
  expect(chosen({ frame })).toEqual(['mdn', 'by its first message', true]);
  expect(chosen({ frame: { ...frame, data: '{"candidate":null}' } })?.[0]).toBe('perfect-negotiation');
  expect(chosen({ subprotocol: 'janus-protocol' })).toEqual(['janus', 'by the subprotocol janus-protocol', true]);
  expect(chosen({ subprotocol: 'json' })).toEqual(['mdn', 'by the subprotocol json', false]);
  expect(chosen({ url: 'ws://x.test/peerjs?key=peerjs', subprotocol: '' })).toEqual(['peerjs', 'by its address', true]);
  expect(chosen({ url: 'ws://127.0.0.1:6503/', frame })).toEqual(['mdn', 'by its first message', true]);
  expect(chosen({ frame: { ...frame, data: '{"type":"x","candidate":null}' } })).toBeUndefined();
  expect(chosen({ url: 'ws://127.0.0.1:8080/' })).toBeUndefined();
});
