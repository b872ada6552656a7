import { expect, test } from 'vitest';
import type { SignalEvent } from '../../../src/core/event.ts';
import { createMet } from '../../../src/sinks/convert/met.ts';

const stamp = (seq: number, from: string, to: string) => ({ seq, t: seq, from, to, link: '' });

const offer = (seq: number, from: string, to: string, pc = from): SignalEvent => ({
  ...stamp(seq, from, to),
  ...{ kind: 'message', protocol: 'page', encoding: 'text', raw: '', signals: [{ type: 'offer', pc, sdp: 'v=0' }] },
});

const given = (seq: number, party: string, of: number): SignalEvent => ({
  ...stamp(seq, party, party),
  ...{ kind: 'apply', pc: 'pc1', op: 'remote', type: 'offer', ok: true, of },
});

const told = (events: readonly SignalEvent[]): string[] => events.map(({ seq, from, to }) => `${seq} ${from} ${to}`);

test('what went to a stand-in went to the connection that was given it', () => {
  const met = createMet();
  expect(met.push(offer(1, 'pc1', 'remote'))).toEqual([]);
  expect(met.push(offer(2, 'pc1', 'remote'))).toEqual([]);
  expect(told(met.push(given(3, 'pc2', 2)))).toEqual(['1 pc1 pc2', '2 pc1 pc2']);
  expect(told(met.push(offer(4, 'pc2', 'pc1', 'pc1')))).toEqual(['4 pc2 pc1']);
  expect(met.end()).toEqual([]);
});

test('a far side that speaks is nobody else, and the stand-in of another connection may be', () => {
  const met = createMet();
  met.push(offer(1, 'pc1', 'remote'));
  expect(told(met.push(offer(2, 'remote', 'pc1', 'pc1')))).toEqual(['1 pc1 remote', '2 remote pc1']);
  met.push(offer(3, 'pc2', 'remote'));
  expect(told(met.push(given(4, 'pc3', 3)))).toEqual(['3 pc2 pc3']);
});

test('what nobody is seen to be given goes on as it was told, at the latest after 200 messages', () => {
  const met = createMet();
  met.push(offer(1, 'pc1', 'remote'));
  expect(told(met.end())).toEqual(['1 pc1 remote']);
  const long = createMet();
  const all = Array.from({ length: 201 }, (_, n) => long.push(offer(n, 'pc1', 'remote')));
  expect(all.map(({ length }) => length)).toEqual([...Array(200).fill(0), 201]);
  expect(long.push(offer(201, 'pc1', 'remote'))).toHaveLength(1);
});
