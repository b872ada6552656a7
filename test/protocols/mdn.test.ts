import { expect, it } from 'vitest';
import { mdn } from '../../src/protocols/mdn.ts';
import type { Frame } from '../../src/protocols/protocol.ts';

const first = (data: string): Frame => ({ data, encoding: 'text', direction: 'in' });

it.each<[string, Parameters<typeof mdn.detect>[0], number]>([
  ['its first frame', { frame: first('{"type":"id","id":1795243021225}') }, 0.95],
  ['an id that is no number', { frame: first('{"type":"id","id":"a"}') }, 0],
  ['another JSON frame, even under its subprotocol', { frame: first('{"type":"OPEN"}'), subprotocol: 'json' }, 0],
  ['its subprotocol', { subprotocol: 'json' }, 0.4],
  ['its usual port', { url: 'wss://localhost:6503/' }, 0.5],
  ['a port that only begins like it', { url: 'wss://localhost:65031/' }, 0],
  ['nothing', {}, 0],
])('recognises itself by %s', (_title, hint, sure) => {
  expect(mdn.detect(hint)).toBe(sure);
});
