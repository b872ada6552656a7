/**
 * What hangs on a peer connection: transceivers, senders, transports and data channels. Runs in the page, as text.
 */
import type { Disguise } from './hook-disguise.ts';
import type { Readers } from './hook-readers.ts';
import type { PageClass, PageFunction, PageObject, PageScope } from './hook-scope.ts';

export interface Media {
  /** A description was applied: transports may be new, directions others. */
  settled(pc: object, id: number): void;
  watchChannel(id: number, channel: unknown): void;
  /** Those there are, with a blank between; undefined if there are none. */
  words(parts: readonly unknown[]): string | undefined;
}

/** `pcs` gives the connections that are there, with their numbers. */
export function watchMedia(
  page: PageScope,
  { brief, cut, failure, isObject, on, safely, tell }: Readers,
  { heard, method, reader, setter }: Disguise,
  pcs: () => readonly (readonly [id: number, pc: object])[],
): Media {
  const { apply } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const MOST = 200;
  const none = Object.create(null) as PageObject;
  const prototypeOf = (name: string) => (page[name] as PageClass | undefined)?.prototype ?? none;
  const [proto, transceivers] = [prototypeOf('RTCPeerConnection'), prototypeOf('RTCRtpTransceiver')];
  const [senders, transports] = [prototypeOf('RTCRtpSender'), prototypeOf('RTCDtlsTransport')];
  const getTransceivers = proto.getTransceivers as PageFunction | undefined;
  const [mid, direction] = [reader(transceivers, 'mid'), reader(transceivers, 'direction')];
  const [current, senderOf] = [reader(transceivers, 'currentDirection'), reader(transceivers, 'sender')];
  const [trackOf, transportOf] = [reader(senders, 'track'), reader(senders, 'transport')];
  const [sctp, sctpTransport] = [reader(proto, 'sctp'), reader(prototypeOf('RTCSctpTransport'), 'transport')];
  const [iceOf, state] = [reader(transports, 'iceTransport'), reader(transports, 'state')];
  const owners = new WeakMap<object, number>();
  const directions = new WeakMap<object, unknown>();
  const watched = new WeakMap<object, true>();

  const words = (parts: readonly unknown[]) => {
    const said = parts.filter((part) => typeof part === 'string' && part !== '');
    return said.length === 0 ? undefined : said.join(' ');
  };
  const listOf = (pc: object) => (getTransceivers ? (apply(getTransceivers, pc, []) as object[]).slice(0, MOST) : []);

  /** The connection of a transceiver or sender, and where it is there. */
  function find(part: object): { id: number; where: string | undefined } | undefined {
    const known = apply(lookUp, owners, [part]) as number | undefined;
    for (const [id, pc] of pcs()) {
      if (known !== undefined && known !== id) continue;
      const list = listOf(pc);
      const at = list.findIndex((one) => one === part || senderOf(one) === part);
      const one = list[at];
      if (one === undefined) continue;
      apply(keep, owners, [part, id]);
      const [name, track] = [mid(one), trackOf(senderOf(one) as object) as PageObject | null];
      return { id, where: typeof name === 'string' ? `mid ${cut(name, 20)}` : words([`#${at}`, cut(track?.kind, 10)]) };
    }
    return known === undefined ? undefined : { id: known, where: 'stopped' };
  }

  type Say = (ok: boolean, error?: unknown) => void;
  function saying(name: string, part: unknown, given: () => unknown): Say {
    let found: ReturnType<typeof find>;
    let args: string | undefined;
    safely(() => {
      if (isObject(part)) found = find(part);
      args = words([given(), found?.where]);
    });
    return (ok, error) =>
      safely(() => {
        if (found) tell({ k: 'made', pc: found.id, name, ok, args, ...(ok ? {} : { error: failure(error) }) });
      });
  }

  type Given = (args: unknown[]) => unknown;
  const sync = (given: Given, name: string) => (native: PageFunction, part: unknown, args: unknown[]) => {
    const said = saying(name, part, () => given(args));
    try {
      const result = apply(native, part, args);
      said(true);
      return result;
    } catch (error) {
      said(false, error);
      throw error;
    }
  };
  const async = (given: Given, name: string) => (native: PageFunction, part: unknown, args: unknown[]) => {
    const said = saying(name, part, () => given(args));
    return heard(apply(native, part, args), said);
  };

  const codecs = (list: unknown) =>
    (list as PageObject[])
      .slice(0, MOST)
      .map(({ mimeType, sdpFmtpLine }) => `${cut(mimeType, 40)}${sdpFmtpLine ? ` (${cut(sdpFmtpLine, 80)})` : ''}`)
      .join(', ');
  const extensions = (list: unknown) =>
    (list as PageObject[])
      .slice(0, MOST)
      .filter(({ direction: wanted }) => wanted !== 'stopped')
      .map(({ uri, direction: wanted }) => `${cut(uri, 100)}${wanted === 'sendrecv' ? '' : ` ${cut(wanted, 20)}`}`)
      .join(', ');
  setter(
    transceivers,
    'direction',
    sync(([value]) => cut(value, 20), 'direction ='),
  );
  method(
    transceivers,
    'stop',
    sync(() => '', 'transceiver.stop'),
  );
  method(
    transceivers,
    'setCodecPreferences',
    sync(([list]) => codecs(list), 'setCodecPreferences'),
  );
  method(
    transceivers,
    'setHeaderExtensionsToNegotiate',
    sync(([list]) => extensions(list), 'setHeaderExtensionsToNegotiate'),
  );
  method(
    senders,
    'setStreams',
    sync((streams) => words(streams.slice(0, 10).map(brief)), 'setStreams'),
  );
  method(
    senders,
    'replaceTrack',
    async(([track]) => (track === null ? 'null' : brief(track)), 'replaceTrack'),
  );
  const encodings = (given: unknown) => brief(isObject(given) ? given.encodings : undefined);
  method(
    senders,
    'setParameters',
    async(([given]) => encodings(given), 'setParameters'),
  );

  function watchTransport(transport: object, id: number): void {
    if (apply(lookUp, watched, [transport]) !== undefined) return;
    apply(keep, watched, [transport, true]);
    on(transport, 'statechange', () => {
      const value = cut(state(transport), 30);
      // Bundling closes the transports that are not needed, which says nothing about the connection.
      if (value !== 'closed') tell({ k: 'state', pc: id, of: 'dtls', value });
    });
    const ice = iceOf(transport) as PageObject | null | undefined;
    if (!isObject(ice)) return;
    on(ice, 'selectedcandidatepairchange', () => {
      const pair = (ice.getSelectedCandidatePair as PageFunction).call(ice) as Record<string, PageObject> | null;
      const end = ({ type, protocol, address, port }: PageObject) =>
        words([cut(type, 10), cut(protocol, 10), `${cut(address, 60) ?? '?'}:${port}`]);
      const args = pair?.local && pair.remote ? `${end(pair.local)} ↔ ${end(pair.remote)}` : undefined;
      tell({ k: 'event', pc: id, name: 'selectedcandidatepairchange', args });
    });
  }

  const ofChannels = new WeakMap<object, readonly [id: number, label: string | undefined]>();
  method(prototypeOf('RTCDataChannel'), 'close', (native, channel, args) => {
    safely(() => {
      const [pc, label] = (apply(lookUp, ofChannels, [channel]) ?? []) as [number?, string?];
      if (pc !== undefined) tell({ k: 'made', pc, name: 'channel.close', ok: true, args: label });
    });
    return apply(native, channel, args);
  });

  return {
    words,
    watchChannel(pc, channel) {
      if (!isObject(channel)) return;
      const label = cut(channel.label, 60);
      apply(keep, ofChannels, [channel, [pc, label]]);
      for (const name of ['open', 'closing', 'close', 'error']) {
        const state = name === 'close' ? 'closed' : name;
        on(channel, name, () => tell({ k: 'state', pc, of: 'data', value: state, label }));
      }
    },
    settled(pc, id) {
      const association = sctp(pc);
      const list = listOf(pc);
      const ends = list.map((one) => transportOf(senderOf(one) as object));
      for (const one of [isObject(association) ? sctpTransport(association) : undefined, ...ends])
        if (isObject(one)) watchTransport(one, id);
      for (const one of list) {
        const now = current(one) ?? null;
        if ((apply(lookUp, directions, [one]) ?? null) === now) continue;
        apply(keep, directions, [one, now]);
        const wanted = direction(one) === now ? '' : `(wanted: ${cut(direction(one), 20)})`;
        const args = words([now ?? 'null', `mid ${cut(mid(one), 20)}`, wanted]);
        tell({ k: 'event', pc: id, name: 'currentDirection', args });
      }
    },
  };
}
