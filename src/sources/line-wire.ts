/** Lines as what carries a protocol's client: no network, no request, nothing that could be opened again. */
import { RenegoError } from '../core/errors.ts';
import type { Wire, WireEvents, WireOptions } from './wire.ts';

/** Throws RenegoError `NO_LINES` where there is nothing to read lines from. */
export function createLineWire({ lines, url }: WireOptions, events: WireEvents): Wire {
  if (!lines) {
    const hint = 'It is for renego connect, whose standard input and output carry it.';
    throw new RenegoError('usage', 'NO_LINES', 'signaling by hand needs lines to read and write', hint);
  }
  const timers = new Map<string, NodeJS.Timeout>();
  let isOpen = false;

  function reset(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  }

  return {
    start() {
      isOpen = true;
      events.changed({ change: 'open', url, subprotocol: '' });
      events.begin('');
      lines.start((data) => events.received({ data, encoding: 'text', direction: 'in' }));
    },
    get isOpen() {
      return isOpen;
    },
    send(raw) {
      if (isOpen) lines.write(raw);
      return isOpen;
    },
    request: ({ id, url: address }) => {
      events.responded({ id, status: 0, headers: {}, body: '', url: address, error: 'there is no network here' });
    },
    open: () => {},
    wake(id, after) {
      clearTimeout(timers.get(id));
      timers.set(
        id,
        setTimeout(() => events.woken(id), after),
      );
    },
    settled: () => {},
    reset,
    cut: () => {},
    async close() {
      isOpen = false;
      reset();
      lines.stop();
    },
  };
}
