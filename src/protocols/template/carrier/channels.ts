/** Carriers with channels that are joined first: Phoenix (also Supabase), ActionCable, Pusher (also Reverb, Soketi). */
import { isObject, parseJson } from '../../json.ts';
import type { Carried, Carrier, Payload } from './carrier.ts';

const HEARTBEAT = 30_000;
const control = (label: string): readonly Carried[] => [{ is: 'control', label }];
const parsed = (payload: string | Uint8Array): unknown =>
  typeof payload === 'string' ? parseJson(payload) : undefined;
/** JSON in a string, as long as it is some. */
const unpacked = (value: unknown): unknown => (typeof value === 'string' ? (parseJson(value) ?? value) : value);

/** A message is `{topic, event, payload}`; the references are the carrier's. */
export const phoenix: Carrier = {
  name: 'phoenix',
  over: 'websocket',
  path: '/socket/websocket',
  query: () => ({ vsn: '2.0.0' }),
  session() {
    let count = 0;
    const joined = new Map<unknown, string>();

    function write(value: unknown): readonly Payload[] {
      const { topic = 'phoenix', event, payload = {} } = isObject(value) ? value : { event: value };
      count += 1;
      if (event === 'phx_join') joined.set(topic, String(count));
      return [JSON.stringify([joined.get(topic) ?? null, String(count), topic, event, payload])];
    }

    return {
      opened: () => ({ send: [], ready: true }),
      read(data) {
        const frame = parsed(data);
        const value = Array.isArray(frame)
          ? { topic: frame[2], event: frame[3], payload: frame[4], ref: frame[1] }
          : isObject(frame) && typeof frame.event === 'string'
            ? frame
            : undefined;
        if (value === undefined) return control('no Phoenix message');
        if (value.topic === 'phoenix') return control('Phoenix heartbeat');
        // The first reply to a join is a good moment to begin with the heartbeat.
        const reply = value.event === 'phx_reply';
        return [{ is: 'message', value }, ...(reply ? [{ is: 'beat', every: HEARTBEAT } as const] : [])];
      },
      write,
      woken: () => write({ topic: 'phoenix', event: 'heartbeat' }),
    };
  },
};

/** A message is the whole frame, with `identifier` and `data` read as the JSON they hold. */
export const actionCable: Carrier = {
  name: 'actioncable',
  over: 'websocket',
  path: '/cable',
  subprotocols: ['actioncable-v1-json', 'actioncable-unsupported'],
  session: () => ({
    opened: () => ({ send: [], ready: false }),
    read(payload, { direction }) {
      const frame = parsed(payload);
      if (!isObject(frame)) return control('no ActionCable message');
      if (direction === 'in' && frame.type === 'welcome') return [{ is: 'ready', label: 'ActionCable welcome' }];
      if (direction === 'in' && frame.type === 'ping') return control('ActionCable ping');
      if (frame.type === 'reject_subscription') return [{ is: 'refused', why: 'the server rejects the subscription' }];
      const { identifier, data } = frame;
      const inner = {
        ...(identifier !== undefined && { identifier: unpacked(identifier) }),
        ...(data !== undefined && { data: unpacked(data) }),
      };
      return [{ is: 'message', value: { ...frame, ...inner } }];
    },
    write(value) {
      const frame = isObject(value) ? value : { data: value };
      const { identifier, data } = frame;
      const packed = (one: unknown): unknown => (typeof one === 'object' ? JSON.stringify(one) : one);
      return [
        JSON.stringify({
          ...frame,
          ...(identifier !== undefined && { identifier: packed(identifier) }),
          ...(data !== undefined && { data: packed(data) }),
        }),
      ];
    },
  }),
};

/** A message is `{event, channel, data}`, with `data` read as the JSON it holds. */
export const pusher: Carrier = {
  name: 'pusher',
  over: 'websocket',
  query: () => ({ protocol: '7', client: 'js', version: '8.0.0' }),
  session: () => ({
    opened: () => ({ send: [], ready: false }),
    read(payload, { direction }) {
      const frame = parsed(payload);
      if (!isObject(frame) || typeof frame.event !== 'string') return control('no Pusher event');
      const data = unpacked(frame.data);
      if (direction === 'in' && frame.event === 'pusher:connection_established') {
        const sid = isObject(data) ? data.socket_id : undefined;
        return [{ is: 'ready', label: 'Pusher connected', ...(sid !== undefined && { values: { sid } }) }];
      }
      if (frame.event === 'pusher:ping' && direction === 'in') {
        return [{ is: 'control', label: 'Pusher ping', reply: ['{"event":"pusher:pong","data":{}}'] }];
      }
      if (frame.event === 'pusher:pong') return control('Pusher pong');
      if (frame.event === 'pusher:error') {
        return [{ is: 'refused', why: String(isObject(data) ? (data.message ?? data.code) : data) }];
      }
      return [{ is: 'message', value: { ...frame, data } }];
    },
    write: (value) => [JSON.stringify(value)],
  }),
};
