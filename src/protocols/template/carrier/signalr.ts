/** SignalR with JSON. A message is the list of a method's name and its arguments. */
import { isObject, parseJson } from '../../json.ts';
import type { Carried, Carrier } from './carrier.ts';

const END = '\x1e';
const INVOCATION = 1;
const PING = 6;
const CLOSE = 7;
/** A server ends a connection that is silent for 30 seconds. */
const PING_EVERY = 15_000;

const pack = (record: object): string => `${JSON.stringify(record)}${END}`;

function read(record: unknown, direction: 'in' | 'out'): readonly Carried[] {
  if (!isObject(record)) return [{ is: 'control', label: 'no SignalR record' }];
  if (record.type === undefined) {
    if (typeof record.error === 'string') return [{ is: 'refused', why: record.error }];
    if (direction === 'out') return [{ is: 'control', label: 'SignalR handshake' }];
    return [
      { is: 'ready', label: 'SignalR connected' },
      { is: 'beat', every: PING_EVERY },
    ];
  }
  switch (record.type) {
    case INVOCATION: {
      const args = Array.isArray(record.arguments) ? record.arguments : [];
      return [{ is: 'message', value: [record.target, ...args] }];
    }
    case PING:
      return [{ is: 'control', label: 'SignalR ping' }];
    case CLOSE: {
      if (typeof record.error === 'string') return [{ is: 'refused', why: record.error }];
      return [{ is: 'control', label: 'SignalR close' }];
    }
    default:
      return [{ is: 'control', label: `SignalR record ${String(record.type).slice(0, 8)}` }];
  }
}

export const signalR: Carrier = {
  name: 'signalr',
  over: 'websocket',
  session: () => ({
    opened: () => ({ send: [pack({ protocol: 'json', version: 1 })], ready: false }),
    read(payload, { direction }) {
      if (typeof payload !== 'string') return [{ is: 'control', label: 'binary SignalR frame' }];
      const records = payload.split(END).filter((text) => text !== '');
      return records.flatMap((text) => read(parseJson(text), direction));
    },
    write(value) {
      const [target, ...args] = Array.isArray(value) ? value : [value];
      return [pack({ type: INVOCATION, target, arguments: args })];
    },
    woken: () => [pack({ type: PING })],
  }),
};
