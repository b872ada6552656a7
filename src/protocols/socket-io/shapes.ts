/** The common shapes of rooms on Socket.IO, and which of them a server's messages are of. */
import { isObject } from '../json.ts';
import type { Frame, Protocol } from '../protocol.ts';
import { templateProtocol } from '../template/protocol.ts';
import type { TemplateSource } from '../template/source.ts';
import { codelab } from '../templates/codelab.ts';
import { simpleWebRtc } from '../templates/simplewebrtc.ts';
import { socketIoCall } from '../templates/socket-io-call.ts';
import { socketIoRooms } from '../templates/socket-io-rooms.ts';
import { socketIoSignal } from '../templates/socket-io-signal.ts';

export interface Shape {
  readonly name: string;
  /** Reads the messages of this shape only: what is heard of a server is compared with it. */
  readonly exact: Protocol;
  /** Writes this shape. */
  readonly spoken: Protocol;
}

/** Names of events that `--param` may change, and what they are called otherwise. */
export type EventNames = Readonly<Record<string, string>>;

const OTHERS = [codelab, socketIoSignal, socketIoCall, simpleWebRtc] as const;
export const shapeNames: readonly string[] = [socketIoRooms, ...OTHERS].flatMap(({ name }) => name ?? []);

/** How rooms address a candidate, by how they address an offer; see the lists of the template. */
const CANDIDATES = [0, 1, 0, 3, 3];
const DESCRIBED = ['offer', 'answer', 'candidate'] as const;

type Forms = { readonly $any: readonly (readonly [string, ...unknown[]])[] };

/** All shapes, the likeliest first. `names` replaces the events of rooms. */
export function shapesOf(names: EventNames = {}): readonly Shape[] {
  const others = OTHERS.map((source): Shape => {
    const protocol = templateProtocol(source);
    return { name: protocol.name, exact: protocol, spoken: protocol };
  });
  return [...CANDIDATES.map((_, form) => roomsShape(form, names)), ...others];
}

/** Rooms whose descriptions have that form. */
function roomsShape(form: number, names: EventNames): Shape {
  const { messages } = socketIoRooms;
  const made = (only: boolean): Protocol => {
    const forms = DESCRIBED.map((kind) => {
      const all = (messages[kind] as Forms).$any.map(([event, ...rest]) => [names[kind] ?? event, ...rest]);
      const first = all[kind === 'candidate' ? (CANDIDATES[form] ?? 0) : form];
      return [
        kind,
        only && first ? first.map(addressed) : { $any: [first, ...all.filter((one) => one !== first)] },
      ] as const;
    });
    const presence = ['peers', 'joined', 'left'].map((kind) => {
      const { recv } = messages[kind] as { recv: Forms };
      const event = names[kind];
      const all = recv.$any.map(([old, ...rest]) => [event ?? old, ...rest]);
      return [kind, { send: null, recv: { $any: all } }] as const;
    });
    const source: TemplateSource = {
      ...socketIoRooms,
      messages: Object.fromEntries([...forms, ...presence]),
      examples: [],
    };
    return templateProtocol(source);
  };
  return { name: socketIoRooms.name ?? '', exact: made(true), spoken: made(false) };
}

/**
 * A part of a message as servers pass it on: most of them leave out whom it was for, so that tells nothing; one that names
 * the addressee in words of its own is known by them.
 */
function addressed(part: unknown): unknown {
  if (!isObject(part)) return part;
  const { to, target, targetSocketId, ...rest } = part;
  if (targetSocketId !== undefined) return { ...rest, targetSocketId: '{{to}}' };
  return target === undefined || 'sdp' in part ? rest : { ...rest, target: '{{to}}' };
}

/** The shape that has most of this message of the server, `current` before others that have as much; undefined if none. */
export function shapeOf(frame: Frame, shapes: readonly Shape[], current: Shape): Shape | undefined {
  let best: Shape | undefined;
  let most = 0;
  for (const shape of [current, ...shapes]) {
    const sure = shape.exact.detect({ frame });
    if (sure > most) [best, most] = [shape, sure];
  }
  return best;
}

/** The name of the event in a frame; undefined for what is no event. */
export function eventIn({ data, encoding }: Frame): string | undefined {
  if (encoding !== 'text') return undefined;
  return /^4[25](?:\d+-)?(?:\/[^,"[]{0,128},)?\d{0,16}\["([^"\\]{1,64})"/.exec(data.slice(0, 300))?.[1];
}
