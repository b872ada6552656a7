/**
 * The VideoRoom plugin: we publish on one handle, by offers of ours, and subscribe to feeds on a handle each, where Janus
 * offers. `feed` is a feed's id, `all`, or nothing: then feeds are subscribed to when they are called.
 */
import { type PartyId, pairId } from '../../core/event.ts';
import type { ClientOutput } from '../protocol.ts';
import type { Handle } from './handles.ts';
import { type Body, JANUS_OFFERS, type Plugin, type PluginContext, WE_OFFER } from './plugin.ts';
import { idIn, type JanusId, type JanusMessage, listIn, text } from './wire.ts';

/** Feeds that are subscribed to by themselves. */
const MAX_FEEDS = 32;
const MAIN: PartyId = 'videoroom';

/** Rooms and feeds are numbers unless the server is set to use texts. */
const idOf = (value: string): JanusId => (/^\d{1,15}$/.test(value) ? Number(value) : value);

export function createVideoroom({ options, talk, handles }: PluginContext): Plugin {
  const { feed, display, pin } = options.params ?? {};
  const room = idOf(options.room ?? options.params?.room ?? '1234');
  const only = feed === undefined || feed === 'all' ? undefined : idOf(feed);
  const feeds = new Map<PartyId, JanusId>();
  let privateId: unknown;
  let joined = false;
  let publishing: Handle | undefined;

  const entry = (): Body => ({ request: 'join', room, ...(pin !== undefined && { pin }) });

  const enter = (): readonly ClientOutput[] => {
    const first = !joined;
    joined = true;
    return first ? [{ do: 'joined', as: options.as }] : [];
  };

  function subscribe(id: JanusId): ClientOutput {
    return talk.attach(`feed ${JSON.stringify(id)}`);
  }

  function published({ plugin }: JanusMessage): readonly ClientOutput[] {
    return listIn(plugin.publishers).flatMap((one): readonly ClientOutput[] => {
      const id = idIn(one.id);
      if (id === undefined) return [];
      const who = handles.feedName(id, text(one.display));
      if (feeds.has(who) || feeds.size >= 1_000) return [];
      feeds.set(who, id);
      const automatic = feed === 'all' && feeds.size <= MAX_FEEDS;
      return [{ do: 'presence', who, change: 'join' }, ...(automatic ? [subscribe(id)] : [])];
    });
  }

  function left(id: JanusId): readonly ClientOutput[] {
    if (!handles.knows(id)) return [];
    const who = handles.feedName(id);
    const handle = handles.all().find((one) => one.feed === id);
    if (!feeds.delete(who)) return [];
    const gone: ClientOutput = { do: 'presence', who, change: 'leave' };
    if (!handle) return [gone];
    // Janus would go on offering a subscription to nothing; so the call ends here.
    const bye: ClientOutput = {
      do: 'signal',
      from: handle.party,
      signal: { type: 'bye', pc: pairId(options.as, handle.party) },
    };
    return [gone, bye, ...release(handle)];
  }

  function release(handle: Handle): readonly ClientOutput[] {
    const output = talk.about(handle, 'detach');
    handles.drop(handle.id);
    return [output];
  }

  return {
    begin: () => [only === undefined ? talk.attach() : subscribe(only)],
    attached(handle, purpose) {
      if (purpose === undefined) {
        publishing = handle;
        return [talk.message(handle, { ...entry(), ptype: 'publisher', display: display ?? options.as })];
      }
      const id = JSON.parse(purpose.slice('feed '.length)) as JanusId;
      const own = privateId === undefined ? {} : { private_id: privateId };
      return [talk.message(handle, { ...entry(), ptype: 'subscriber', streams: [{ feed: id }], ...own })];
    },
    event(message, handle) {
      const { plugin } = message;
      if (plugin.videoroom === 'joined') {
        privateId = plugin.private_id;
        return [...enter(), { do: 'presence', who: handle.party, change: 'join' }, ...published(message)];
      }
      if (plugin.videoroom === 'attached') {
        const known = feeds.has(handle.party);
        if (handle.feed !== undefined) feeds.set(handle.party, handle.feed);
        return [...enter(), ...(known ? [] : [{ do: 'presence', who: handle.party, change: 'join' } as const])];
      }
      const gone = idIn(plugin.leaving) ?? idIn(plugin.unpublished);
      return [...published(message), ...(gone === undefined || gone === 'ok' ? [] : left(gone))];
    },
    body: ({ type, sdp }) =>
      type === 'offer'
        ? { request: 'configure', audio: /^m=audio /m.test(sdp), video: /^m=video /m.test(sdp) }
        : { request: 'start' },
    goodbye: (handle) => (handle === publishing ? [talk.message(handle, { request: 'unpublish' })] : release(handle)),
    ask(what, to, handle) {
      const id = feeds.get(to);
      if (to === MAIN || id === undefined) return undefined;
      if (handle === undefined) return [subscribe(id)];
      return what === 'restart-ice' ? [talk.message(handle, { request: 'configure', restart: true })] : undefined;
    },
    capabilities: (to) => (to === publishing?.party || to === MAIN ? WE_OFFER : JANUS_OFFERS),
  };
}
