/**
 * Who is behind each handle of a Janus session. Several peer connections share one socket, one a handle; the far end of
 * each gets a name: the plugin's, or that of the feed or the caller where it is known.
 */
import type { PartyId } from '../../core/event.ts';
import { clip } from '../json.ts';
import { idIn, type JanusId, type JanusMessage, listIn, objectIn, text } from './wire.ts';

export interface Handle {
  readonly id: JanusId;
  /** Without `janus.plugin.`; empty if the attaching was not seen. */
  readonly plugin: string;
  party: PartyId;
  /** The feed this handle subscribes to. */
  feed?: JanusId;
  /** A description was exchanged, and no goodbye since. */
  live: boolean;
}

export interface Handles {
  /** The handle of a message; one that was never attached here gets a name of its own. */
  of(message: JanusMessage): Handle | undefined;
  /** What answers the transaction of this request: the request. */
  requestOf(message: JanusMessage): JanusMessage | undefined;
  byParty(party: PartyId): Handle | undefined;
  /** How a feed of a room is called, the same all the time. */
  feedName(feed: JanusId, display?: string): PartyId;
  /** Whether this feed was told of; who joins a room without publishing is not. */
  knows(feed: JanusId): boolean;
  /** Learns from a message. */
  learn(message: JanusMessage, direction: 'in' | 'out'): void;
  drop(id: JanusId): void;
  all(): readonly Handle[];
}

/** More than any real session has; beyond it a hostile server only loses precision. */
const MAX_KEPT = 1_000;

const PREFIX = /^janus\.plugin\./;

export const pluginName = (name: string): string => name.replace(PREFIX, '');

export function createHandles(client: PartyId): Handles {
  const handles = new Map<JanusId, Handle>();
  const requests = new Map<string, JanusMessage>();
  const feeds = new Map<JanusId, PartyId>();

  /** The name, or with the id behind it where another has the name. */
  function unique(name: string, id: JanusId): PartyId {
    const short = clip(name);
    const taken = short === client || [...handles.values()].some((one) => one.party === short && one.id !== id);
    return taken ? `${short} ${id}` : short;
  }

  function add(id: JanusId, plugin: string): Handle {
    if (handles.size >= MAX_KEPT) handles.delete([...handles.keys()][0] ?? id);
    const handle: Handle = { id, plugin, party: '', live: false };
    handle.party = unique(plugin === '' ? `handle ${id}` : plugin, id);
    handles.set(id, handle);
    return handle;
  }

  function feedName(feed: JanusId, display?: string): PartyId {
    const known = feeds.get(feed);
    if (known !== undefined) return known;
    const name = clip(display ?? `feed ${feed}`);
    const taken = name === client || name === 'videoroom' || [...feeds.values()].includes(name);
    const given = taken ? `${name} ${feed}` : name;
    if (feeds.size < MAX_KEPT) feeds.set(feed, given);
    return given;
  }

  function remember(message: JanusMessage): void {
    if (message.transaction === undefined) return;
    if (requests.size >= MAX_KEPT) requests.delete([...requests.keys()][0] ?? '');
    requests.set(message.transaction, message);
  }

  /** A handle takes the name of whom it is for, as long as nothing was negotiated under another. */
  function rename(message: JanusMessage, name: (id: JanusId) => PartyId): void {
    const handle = of(message);
    if (handle && !handle.live) handle.party = unique(name(handle.id), handle.id);
  }

  function of(message: JanusMessage): Handle | undefined {
    if (message.handle === undefined) return undefined;
    return handles.get(message.handle) ?? add(message.handle, pluginName(text(plugindata(message).plugin) ?? ''));
  }

  function learnFeeds({ plugin }: JanusMessage): void {
    for (const { id, display } of listIn(plugin.publishers)) {
      const feed = idIn(id);
      if (feed !== undefined) feedName(feed, text(display));
    }
  }

  function subscribes(message: JanusMessage, streams: unknown, feed: unknown, member: 'feed' | 'feed_id'): void {
    const first = listIn(streams)[0];
    const id = idIn(first?.[member]) ?? idIn(feed);
    const handle = of(message);
    if (id === undefined || !handle || handle.feed !== undefined) return;
    handle.feed = id;
    rename(message, () => feedName(id, text(first?.feed_display)));
  }

  function learnEvent(message: JanusMessage): void {
    const { plugin } = message;
    learnFeeds(message);
    if (plugin.videoroom === 'attached') subscribes(message, plugin.streams, plugin.id, 'feed_id');
    const caller = text(objectIn(plugin.result).username);
    if (objectIn(plugin.result).event === 'incomingcall' && caller !== undefined) rename(message, () => caller);
  }

  function learnRequest(message: JanusMessage): void {
    const { plugin } = message;
    if (plugin.request === 'join' && (plugin.ptype === 'subscriber' || plugin.ptype === 'listener')) {
      subscribes(message, plugin.streams, plugin.feed, 'feed');
    }
    const callee = text(plugin.username);
    if (plugin.request === 'call' && callee !== undefined) rename(message, () => callee);
  }

  return {
    of,
    requestOf: ({ transaction }) => (transaction === undefined ? undefined : requests.get(transaction)),
    byParty: (party) => [...handles.values()].find((one) => one.party === party),
    feedName,
    knows: (feed) => feeds.has(feed),
    learn(message, direction) {
      if (direction === 'out') {
        remember(message);
        if (message.janus === 'message') learnRequest(message);
        return;
      }
      const id = idIn(objectIn(message.body.data).id);
      const request = message.transaction === undefined ? undefined : requests.get(message.transaction);
      if (message.janus === 'success' && request?.janus === 'attach' && id !== undefined) {
        add(id, pluginName(text(request.body.plugin) ?? ''));
      }
      if (message.janus === 'event') learnEvent(message);
    },
    drop(id) {
      handles.delete(id);
    },
    all: () => [...handles.values()],
  };
}

const plugindata = ({ body }: JanusMessage): Readonly<Record<string, unknown>> => objectIn(body.plugindata);
