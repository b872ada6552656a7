/** A WebSocket of a recording, opened again; of Engine.IO with its pings answered. */
import { createLink, type LinkOptions } from '../link.ts';
import { addressOf, schemed } from './address.ts';
import type { Carrier, CarrierEvents } from './carrier.ts';
import { freshAddress, isUpkeep, readOpening, versionOf } from './engine-io.ts';
import type { Lane } from './script.ts';

export function createSocketLane(lane: Lane, options: LinkOptions, events: CarrierEvents): Carrier {
  const isEngine = lane.carrier === 'engine.io';
  const given = addressOf(schemed(options.url, 'ws'), lane.url && schemed(lane.url, 'ws'));
  const url = isEngine && URL.canParse(given) ? freshAddress(given, 'websocket') : given;
  let pinging: NodeJS.Timeout | undefined;
  const link = createLink(
    { ...options, url, reconnect: false },
    {
      changed(change) {
        if (change.change === 'open') events.open(lane.key, url);
        if (change.change !== 'close') return;
        clearInterval(pinging);
        events.closed(lane.key, change.code, change.reason);
      },
      received({ data, encoding }) {
        if (isEngine && encoding === 'text' && kept(data)) return;
        events.heard(lane.key, data, encoding);
      },
      failed: events.failed,
      over: () => {},
    },
  );

  /** Whether it is about the connection alone. */
  function kept(packet: string): boolean {
    const opening = versionOf(url) === 3 && pinging === undefined ? readOpening(packet) : undefined;
    if (opening !== undefined) pinging = setInterval(() => link.send('2'), opening.pingInterval);
    if (packet === '2') link.send('3');
    return isUpkeep(packet);
  }

  return {
    open: () => link.open(),
    send: ({ encoding }, raw) => (link.send(raw, encoding) ? {} : undefined),
    backlog: () => link.backlog,
    close() {
      clearInterval(pinging);
      return link.close();
    },
  };
}
