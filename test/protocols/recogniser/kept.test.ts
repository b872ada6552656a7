/** What the recogniser keeps of long texts: what it needs of them, and not the texts. */
import { expect, test } from 'vitest';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';
import { heap } from '../../helpers/heap.ts';
import { sdp } from './exam.ts';

const LENGTH = 200_000;

/** Of its own, with credentials as long as pion's: short parts of a text are copied in any case. */
function long(id: number): string {
  const pad = `a=x-pad:${'0123456789'.repeat(100)}\r\n`;
  const head = sdp('actpass', id).replace(`uf${id}`, `ufragment${String(id).padStart(8, '0')}`);
  return head + pad.repeat(LENGTH / pad.length);
}

test.each(['a WebSocket', 'HTTP'])('over %s, forty long offers more take no more memory than one', (way) => {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  const url = 'https://h.example/call';
  const over = (head: object) => (way === 'HTTP' ? { http: { method: 'POST', url, headers: {}, ...head } } : {});
  const take = (id: number): void => {
    const data = JSON.stringify({ type: 'offer', sdp: long(id), from: `somebody called ${id}` });
    const { signals } = decoder.decode({ data, encoding: 'text', direction: 'out', ...over({}) });
    expect(signals.some((signal) => 'sdp' in signal)).toBe(true);
    decoder.decode({ data: '{}', encoding: 'text', direction: 'in', ...over({ status: 200 }) });
  };
  for (let id = 100; id < 110; id += 1) take(id);
  const few = heap();
  for (let id = 110; id < 150; id += 1) take(id);
  expect(heap() - few).toBeLessThan(5 * LENGTH);
});
