import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';

const event = (seq: number): SignalEvent => ({
  ...{ seq, t: seq, from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: '' },
  signals: [
    { type: 'candidate', pc: 'p', candidate: `candidate:${seq} 1 udp 1 192.0.2.1 ${seq} typ host`, mid: '0' },
    { type: 'candidate', pc: 'p', candidate: 'nonsense' },
  ],
});

it('text and meaning are those of the signal, however many came since', () => {
  const model = Array.from({ length: 9000 }, (_, i) => event(i + 1)).reduce(reduce, emptyModel());
  for (const seq of [1, 4500, 9000]) {
    const [first, second] = model.gathered.get(seq) ?? [];
    expect(first).toMatchObject({ seq, mid: '0', text: `candidate:${seq} 1 udp 1 192.0.2.1 ${seq} typ host` });
    expect(first?.candidate).toMatchObject({ foundation: String(seq), port: seq });
    expect([second?.text, second?.candidate]).toEqual(['nonsense', undefined]);
  }
});
