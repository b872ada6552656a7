/** Has one of the two sides offer anew, or restart ICE: by a message of the protocol, or not at all, and then it says why. */
import type { Action, Draft, PcId } from '../../core/event.ts';
import { remember } from '../../protocols/bounded.ts';
import type { Provocation } from '../../protocols/protocol.ts';
import { recognised } from '../../protocols/recognised.ts';
import type { MessageDraft } from './intervention.ts';
import { type Reader, SERVER } from './reader.ts';
import type { Wire } from './wire.ts';

type What = 'offer' | 'restart-ice';

export interface Provoking {
  /** Which message would do it, and on which connection; or why none would. */
  way(action: Extract<Action, { do: What }>): Provoked;
  /** A restart was asked for on that connection: the next offer there is compared with the one before. */
  asked(wire: Wire): void;
  /** Takes note of what is told. */
  saw(draft: Draft): void;
}

export type Provoked =
  | { readonly wire: Wire; readonly how: Extract<Provocation, { readonly to: unknown }> }
  | { readonly why: string };

/** `others`: of clients without a WebSocket. */
export function createProvoking(
  wires: ReadonlySet<Wire>,
  others: () => Iterable<Reader>,
  tell: (draft: Draft) => number | undefined,
): Provoking {
  /** The username fragment of the newest offer, by connection, peer connection and sender. */
  const ufrags = new Map<string, string>();
  const links = new Map<PcId, string>();
  const awaited = new Set<string>();
  /** The message by which a side itself has asked the other one for a restart, by connection. */
  const requests = new Map<string, MessageDraft>();

  function wayOn(wire: Wire, what: What): Provocation {
    const known = wire.reader.decoder?.provoke?.(what);
    if (known !== undefined && !('why' in known)) return known;
    const request = what === 'restart-ice' ? requests.get(wire.link) : undefined;
    if (request === undefined) return known ?? { why: onlyTheApp(wire.reader, what) };
    const { raw, encoding } = request;
    return { to: request.from === wire.party ? 'server' : 'client', raw, encoding };
  }

  /** The newest first; before them that of the peer connection that is meant. */
  function inOrder(pc: PcId | undefined): readonly Wire[] {
    const meant = pc === undefined ? undefined : links.get(pc);
    const all = [...wires].reverse();
    return [...all.filter(({ link }) => link === meant), ...all.filter(({ link }) => link !== meant)];
  }

  function compare(draft: MessageDraft, pc: PcId, sdp: string): void {
    const { link = '', from, to } = draft;
    const key = [link, pc, from].join('\n');
    const [before, now] = [ufrags.get(key), /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1]];
    if (now !== undefined) remember(ufrags, key, now);
    if (!awaited.delete(link) || before === undefined || now !== before) return;
    const detail =
      `${from} was asked to restart ICE and offered again with its old credentials (ufrag ${now}): ` +
      'it has to call restartIce() itself';
    tell({ from, to, link, kind: 'problem', code: 'RESTART_NOT_DONE', detail });
  }

  return {
    way({ do: what, ...rest }) {
      let why: string | undefined;
      for (const wire of inOrder('pc' in rest ? rest.pc : undefined)) {
        const how = wayOn(wire, what);
        if (!('why' in how)) return { wire, how };
        why ??= how.why;
      }
      const reader = [...others()].at(-1);
      why ??= reader && whyNotOverHttp(reader, what);
      return { why: why ?? 'nobody has connected yet' };
    },
    asked(wire) {
      awaited.add(wire.link);
    },
    saw(draft) {
      if (draft.kind === 'link' && draft.change === 'close') forget(draft.link ?? '');
      if (draft.kind !== 'message') return;
      for (const signal of draft.signals) {
        if (!('pc' in signal) || signal.pc === undefined) continue;
        remember(links, signal.pc, draft.link ?? '');
        if (signal.type === 'offer') compare(draft, signal.pc, signal.sdp);
        if (signal.type === 'request' && ASKS.test(signal.method)) remember(requests, draft.link ?? '', draft);
      }
    },
  };

  function forget(link: string): void {
    awaited.delete(link);
    requests.delete(link);
  }
}

const ASKS = /ice.?restart|restart.?ice/i;

function onlyTheApp({ protocol }: Reader, what: What): string {
  const restart = protocol?.capabilities.restart ?? 'offer';
  if (what === 'restart-ice' && protocol !== recognised && typeof restart === 'object') return restart.why;
  const call = what === 'offer' ? 'an offer' : 'an ICE restart: pc.restartIce() in the page (renego attach does that)';
  return `only the app can do that: ${protocol?.title ?? 'this protocol'} has no message that asks for ${call}`;
}

function whyNotOverHttp(reader: Reader, what: What): string {
  const how = reader.decoder?.provoke?.(what);
  if (how === undefined) return onlyTheApp(reader, what);
  return 'why' in how
    ? how.why
    : `${SERVER} and app talk by HTTP requests: nobody is told anything without asking for it`;
}
