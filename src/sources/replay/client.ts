/** The connections of a replay that plays clients: opened when the recording opened them. */
import type { LinkOptions } from '../link.ts';
import type { Carrier, CarrierEvents, Sockets } from './carrier.ts';
import { createEventsLane } from './events-client.ts';
import { createHttpLane, type HttpLane } from './http-client.ts';
import type { Heard } from './match.ts';
import { createPollingLane } from './polling-client.ts';
import type { Placed } from './routes.ts';
import type { Lane, Step } from './script.ts';
import { createSocketLane } from './socket-client.ts';

export interface ClientSockets extends Sockets {
  /** What was heard is the recorded `step`. */
  learn(step: Step, heard: Heard): void;
}

export function createClientSockets(
  lanes: readonly Lane[],
  optionsFor: (lane: Lane) => LinkOptions,
  events: CarrierEvents,
  placed: Placed,
): ClientSockets {
  const carriers = new Map<string, Carrier>();
  const exchanges = new Map<string, HttpLane>();

  function create(lane: Lane): Carrier {
    const options = optionsFor(lane);
    if (lane.carrier === 'polling') return createPollingLane(lane, options, events);
    if (lane.carrier === 'events') return createEventsLane(lane, options, events, placed);
    if (lane.carrier !== 'http') return createSocketLane(lane, options, events);
    const exchange = createHttpLane(lane, options, events, placed);
    exchanges.set(lane.key, exchange);
    return exchange;
  }

  return {
    open(key) {
      const lane = lanes.find((one) => one.key === key);
      if (lane === undefined || carriers.has(key)) return;
      const carrier = create(lane);
      carriers.set(key, carrier);
      carrier.open();
    },
    end: (key) => void carriers.get(key)?.close(),
    send: (step, raw) => carriers.get(step.lane)?.send(step, raw),
    backlogOf: (lane) => carriers.get(lane)?.backlog?.() ?? 0,
    learn(step, { http }) {
      if (http !== undefined) exchanges.get(step.lane)?.learn(step, http);
    },
    async close() {
      await Promise.all([...carriers.values()].map((carrier) => carrier.close()));
    },
  };
}
