/** Reads the frames of one connection to Janus in order. A peer connection is known by its handle. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { clip, readDescriptionInit } from '../json.ts';
import type { Decoder, Frame } from '../protocol.ts';
import { createHandles, type Handle, type Handles } from './handles.ts';
import { createProvoker } from './provoke.ts';
import { errorIn, idIn, type JanusMessage, listIn, objectIn, readJanus, readTrickle, text } from './wire.ts';

/** `handles` may be shared with whoever writes on the same connection. */
export function createJanusDecoder(
  { client }: { readonly client: PartyId },
  handles: Handles = createHandles(client),
): Decoder {
  const provoker = createProvoker();
  return {
    provoke: provoker.provoke,
    decode(frame) {
      const message = readJanus(frame);
      if ('fault' in message) return { signals: [{ type: 'other', label: message.fault }] };
      handles.learn(message, frame.direction);
      const handle = handles.of(message);
      provoker.saw(message, frame.direction, handle);
      const signals = readSignals(message, frame.direction, handle, client, handles);
      if (!handle) return { signals };
      const [from, to] = frame.direction === 'out' ? [client, handle.party] : [handle.party, client];
      return { from, to, signals };
    },
  };
}

function readSignals(
  message: JanusMessage,
  direction: Frame['direction'],
  handle: Handle | undefined,
  client: PartyId,
  handles: Handles,
): readonly Signal[] {
  const { janus } = message;
  const pc = handle && pairId(client, handle.party);
  const id = message.transaction === undefined ? {} : { id: clip(message.transaction) };
  // What Janus does by itself has the same names as what it can be asked for.
  const asked = direction === 'out' ? ({ type: 'request', ...id } as const) : ({ type: 'notify' } as const);
  if (janus === 'ack' || janus === 'success' || janus === 'error' || janus === 'server_info') {
    return [{ type: 'response', method: answered(message, handles), ok: janus !== 'error', ...id }];
  }
  switch (janus) {
    case 'message':
    case 'event':
      return [
        ...described(message, handle, pc),
        ...said(message, handle, client, handles),
        ...ended(message, handle, pc),
      ];
    case 'trickle':
      return pc === undefined ? [{ type: 'other', label: 'trickle without a handle' }] : readTrickle(message, pc);
    case 'hangup':
    case 'detach':
    case 'detached': {
      const reason = text(message.body.reason);
      const method = reason === undefined ? janus : `${janus}: ${clip(reason)}`;
      return [{ ...asked, method, ...(pc !== undefined && { pc }) }, ...goodbye(handle, pc)];
    }
    case 'destroy':
    case 'timeout': {
      const byes = handles.all().flatMap((one) => goodbye(one, pairId(client, one.party)));
      return [{ ...asked, method: janus }, ...byes];
    }
    case 'webrtcup':
    case 'media':
    case 'slowlink':
      return [{ type: 'notify', method: happening(message), ...(pc !== undefined && { pc }) }];
    default:
      return [{ type: 'request', method: clip(janus), ...id }];
  }
}

/** What a response is for: `attach`, or the plugin's request. */
function answered(message: JanusMessage, handles: Handles): string {
  const error = errorIn(message);
  const request = handles.requestOf(message);
  const what = clip(text(request?.plugin.request) ?? request?.janus ?? message.janus);
  return error ? `${what}: ${error.code} ${clip(error.reason)}` : what;
}

/** `media video mid 1 receiving`, `slowlink uplink lost 4`. */
function happening({ janus, body }: JanusMessage): string {
  const mid = text(body.mid) === undefined ? '' : ` mid ${clip(String(body.mid))}`;
  if (janus === 'media') {
    return `media ${clip(String(body.type))}${mid} ${body.receiving === true ? 'arrives' : 'stopped'} at Janus`;
  }
  if (janus === 'webrtcup') return 'webrtcup';
  const lost = Number.isFinite(body.lost) ? `, ${String(body.lost)} lost` : '';
  return `slowlink ${body.uplink === true ? 'to Janus' : 'from Janus'}${mid}${lost}`;
}

function described({ jsep }: JanusMessage, handle: Handle | undefined, pc: string | undefined): readonly Signal[] {
  if (jsep === undefined || !handle || pc === undefined) return [];
  handle.live = true;
  return [readDescriptionInit(jsep, 'jsep', pc)];
}

/** What the plugin is asked for, or says, besides the description. */
function said(message: JanusMessage, handle: Handle | undefined, client: PartyId, handles: Handles): readonly Signal[] {
  const { plugin } = message;
  const pc = handle && { pc: pairId(client, handle.party) };
  if (message.janus === 'message') {
    const asked = text(plugin.request);
    if (asked === undefined && message.jsep) return [];
    return [{ type: 'request', method: clip(asked ?? handle?.plugin ?? 'message'), ...pc }];
  }
  const error = errorIn(message);
  if (error) return [{ type: 'notify', method: `error ${error.code} ${clip(error.reason)}`, ...pc }];
  const presence = [
    ...listIn(plugin.publishers).map((one) => ({ feed: idIn(one.id), change: 'join' as const })),
    { feed: goneFeed(plugin), change: 'leave' as const },
  ].flatMap(({ feed, change }): Signal[] =>
    feed === undefined || !handles.knows(feed) ? [] : [{ type: 'presence', who: handles.feedName(feed), change }],
  );
  const told: Signal = { type: 'notify', method: clip(eventName(message, handle)), ...pc };
  return message.jsep && plugin.result === 'ok' ? presence : [told, ...presence];
}

/** `leaving` and `unpublished` are a feed, or `ok` where they are our own. */
function goneFeed({ leaving, unpublished }: Readonly<Record<string, unknown>>): ReturnType<typeof idIn> {
  const feed = idIn(leaving) ?? idIn(unpublished);
  return feed === 'ok' ? undefined : feed;
}

const ROOM_EVENTS = ['configured', 'started', 'unpublished', 'leaving', 'left', 'switched', 'paused'];

function eventName({ plugin }: JanusMessage, handle: Handle | undefined): string {
  const result = text(plugin.result) ?? text(objectIn(plugin.result).event);
  const room = text(plugin.videoroom);
  const what = room === 'event' ? (ROOM_EVENTS.find((name) => name in plugin) ?? room) : room;
  return what ?? result ?? (Array.isArray(objectIn(plugin.result).list) ? 'list' : (handle?.plugin ?? 'event'));
}

/** Requests and events that end the peer connection of their handle. */
function ended(message: JanusMessage, handle: Handle | undefined, pc: string | undefined): readonly Signal[] {
  const { plugin } = message;
  const asked = message.janus === 'message' && /^(?:hangup|unpublish|leave)$/.test(text(plugin.request) ?? '');
  const told = message.janus === 'event' && objectIn(plugin.result).event === 'hangup';
  return asked || told ? goodbye(handle, pc) : [];
}

/** Once a call: what is over cannot end again. */
function goodbye(handle: Handle | undefined, pc: string | undefined): readonly Signal[] {
  if (!handle?.live || pc === undefined) return [];
  handle.live = false;
  return [{ type: 'bye', pc }];
}
