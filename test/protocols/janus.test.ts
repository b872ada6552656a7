import { expect, it } from 'vitest';
import { janus } from '../../src/protocols/janus/index.ts';

it('is recognised by its subprotocol, its frames and its port, and not by what only looks like it', () => {
  expect(janus.detect({ subprotocol: 'janus-protocol' })).toBeGreaterThan(0.9);
  expect(janus.detect({ url: 'ws://127.0.0.1:8188/' })).toBeGreaterThan(0.3);
  expect(janus.detect({ url: 'ws://127.0.0.1:81888/' })).toBe(0);
  const frame = { encoding: 'text', direction: 'in' } as const;
  expect(janus.detect({ frame: { ...frame, data: '{"janus":"ack"}' } })).toBeGreaterThan(0.9);
  expect(janus.detect({ frame: { ...frame, data: '{"type":"offer","sdp":"v=0"}' } })).toBe(0);
  expect(janus.detect({})).toBe(0);
});
