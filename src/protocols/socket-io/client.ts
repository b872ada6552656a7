/**
 * renego's own part on a Socket.IO server that it knows nothing of. It begins with the commonest room shape; where nothing is
 * heard after that, it tries how other shapes join, which servers that do not know the event ignore. The first events that
 * are heard decide; from the first description on the shape stays.
 */
import type { Client, ClientOptions, ClientOutput, Frame } from '../protocol.ts';
import { eventIn, type Shape, shapeOf, shapesOf } from './shapes.ts';

const PROBE = 'room shape';
/** Milliseconds of silence after which the next way to join is tried. */
const PROBE_MS = 2_500;
/** Messages and timers that a shape which is chosen late hears again. */
const MAX_KEPT = 64;
const MAX_SENT = 256;

export function createClient(options: ClientOptions): Client {
  const { shape: named, event, ...names } = options.params ?? {};
  const shapes = shapesOf(names);
  let current = shapes.find(({ name }) => name === named) ?? (shapes[0] as Shape);
  let client = current.spoken.client(options);
  /** Other ways to join, not tried yet. */
  const untried = named !== undefined || event !== undefined ? [] : joinsOf(shapes, current);
  const kept: ((one: Client) => readonly ClientOutput[])[] = [];
  const sent = new Set<string>();
  let [fixed, joined, told] = [named !== undefined, false, false];

  /** What the client has said before is not said again: shapes share the greeting, and some of them the join. */
  function pass(outputs: readonly ClientOutput[]): readonly ClientOutput[] {
    for (const output of outputs) {
      if (output.do === 'send' && !fixed && sent.size < MAX_SENT) sent.add(output.raw);
      if (output.do === 'signal' && (output.signal.type === 'offer' || output.signal.type === 'answer')) fixed = true;
    }
    const first = !joined && outputs.some((output) => output.do === 'joined');
    joined ||= first;
    return first && untried.length > 0 ? [...outputs, { do: 'wake', id: PROBE, after: PROBE_MS }] : outputs;
  }

  function take(happens: (one: Client) => readonly ClientOutput[]): readonly ClientOutput[] {
    if (!fixed && kept.length < MAX_KEPT) kept.push(happens);
    return pass(happens(client));
  }

  /** Another shape takes over, and learns what was heard so far; `again` joins by that event. */
  function turnTo(shape: Shape, event?: string): readonly ClientOutput[] {
    current = shape;
    const params = { ...options.params, ...(event !== undefined && { event }) };
    client = shape.spoken.client({ ...options, params });
    const heard: ClientOutput[] = [...client.opened(), ...kept.flatMap((happens) => happens(client))];
    return heard.filter((output) => {
      if (output.do === 'send') return !sent.has(output.raw);
      return output.do === 'wake' || output.do === 'presence' || (output.do === 'joined' && !joined);
    });
  }

  function choose(frame: Frame, event: string): readonly ClientOutput[] {
    const shape = shapeOf(frame, shapes, current);
    if (shape === undefined) return [];
    untried.length = 0;
    const changed = shape !== current;
    const outputs = changed ? pass(turnTo(shape)) : [];
    if (told && !changed) return outputs;
    told = true;
    const text = `room shape ${shape.name}, chosen by the event '${event}'; --param shape=… overrules`;
    return [{ do: 'note', text }, ...outputs];
  }

  return {
    opened: () => pass(client.opened()),
    received(frame) {
      const event = fixed ? undefined : eventIn(frame);
      const chosen = event === undefined ? [] : choose(frame, event);
      return [...chosen, ...take((one) => one.received(frame))];
    },
    woken(id) {
      if (id !== PROBE) return take((one) => one.woken?.(id) ?? []);
      const next = untried.shift();
      if (next === undefined) return [];
      const more: readonly ClientOutput[] = untried.length > 0 ? [{ do: 'wake', id, after: PROBE_MS }] : [];
      return [...pass(turnTo(next.shape, next.event)), ...more];
    },
    encode(signal, to) {
      if (signal.type === 'offer' || signal.type === 'answer') fixed = true;
      return client.encode(signal, to);
    },
    ask: (what, to, call) => client.ask?.(what, to, call),
    capabilities: () => current.spoken.capabilities,
    ended: (to, pc) => client.ended?.(to, pc),
    leave: () => client.leave?.() ?? [],
  };
}

/** Rooms are joined by several names; the other shapes have one each. */
function joinsOf(shapes: readonly Shape[], first: Shape): { readonly shape: Shape; readonly event?: string }[] {
  const others = shapes.filter(({ name }) => name !== first.name && name !== 'simplewebrtc');
  const byName = ['join-room', 'joinRoom', 'join room'].map((event) => ({ shape: first, event }));
  return [...byName.slice(0, 1), ...others.map((shape) => ({ shape })), ...byName.slice(1)];
}
