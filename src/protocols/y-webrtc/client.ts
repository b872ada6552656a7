/**
 * renego in a y-webrtc room: subscribe, announce. Who hears an announcement offers, as simple-peer's initiator; so we are
 * called by those who are there, and may call those who come. Where offers cross the larger token stays.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { createRoles } from '../simple-peer/roles.ts';
import { readSimplePeer, readWish, writeSimplePeer, writeWishes } from '../simple-peer/signal.ts';
import { readYMessage, type YMessage } from './wire.ts';

export const Y_CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  polite: true,
  bye: false,
  endOfCandidates: false,
};

const NO_RESTART = {
  why: 'the other side is the initiator: only it offers, and when asked to renegotiate it offers with its old credentials',
};

/** Pages ping after 15 s of silence. */
const PING_MS = 15_000;
/** How long somebody who came is left to us to call before we announce ourselves again, to be called. */
const CALL_MS = 300;
const DAY_MS = 86_400_000;

export function createYClient({ as, room, now }: ClientOptions): Client {
  const topic = room ?? '';
  const roles = createRoles();
  /** Those seen here; `true` once there is a call. */
  const others = new Map<PartyId, boolean>();
  /** Tokens of our offers that wait for an answer. */
  const open = new Map<PartyId, number>();
  const tokens = new Map<PartyId, number>();
  /** The largest token of each other side. */
  const heardTokens = new Map<PartyId, number>();
  const said = new Set<string>();
  let echoes = 0;
  let made = 0;

  const json = (message: object): ClientOutput => ({ do: 'send', raw: JSON.stringify(message) });
  const announce = (): ClientOutput => {
    echoes += 1;
    return json({ type: 'publish', topic, data: { type: 'announce', from: as } });
  };

  /**
   * Where nothing is heard of the other side yet, older than any token a page makes out of its clock: its offer goes before
   * ours. After that larger than its last one, as pages keep theirs after an answer and reject what is older.
   */
  function newToken(to: PartyId): number {
    made += 1;
    const last = heardTokens.get(to);
    const token = last === undefined ? now - DAY_MS + made / 1_000 : last + 1;
    remember(tokens, to, token);
    return token;
  }

  function publish(to: PartyId, signal: object, fresh = false): ClientOutput {
    const token = (fresh ? undefined : tokens.get(to)) ?? newToken(to);
    return json({ type: 'publish', topic, data: { to, from: as, type: 'signal', token, signal } });
  }

  function once(code: string, detail: string): readonly ClientOutput[] {
    if (said.has(code)) return [];
    said.add(code);
    return [{ do: 'problem', code, detail }];
  }

  function announced(from: PartyId): readonly ClientOutput[] {
    if (from === as) {
      echoes -= 1;
      return echoes < 0 ? once('NAME_TAKEN', `somebody else here is called ${as}: choose another name with --as`) : [];
    }
    const come: ClientOutput = { do: 'presence', who: from, change: 'join' };
    if (others.has(from)) return [come];
    remember(others, from, false);
    return [come, { do: 'wake', id: `called ${from}`, after: CALL_MS }];
  }

  function signalled(message: Extract<YMessage, { is: 'signal' }>): readonly ClientOutput[] {
    const { from, to, token, signal } = message;
    if (from === as || to !== as) return [];
    const wish = readWish(signal);
    const wanted: ClientOutput[] =
      wish && roles.initiator(from) === 'us' ? [{ do: 'wanted', from, iceRestart: false, ...wish }] : [];
    return [...wanted, ...readSimplePeer(signal, pairId(as, from)).flatMap((one) => heard(from, one, token))];
  }

  function heard(from: PartyId, signal: Signal, token: number): readonly ClientOutput[] {
    if (signal.type === 'other' || signal.type === 'request') return [];
    const ours = open.get(from);
    if (signal.type === 'offer' && ours !== undefined && ours > token) {
      const detail = `offers crossed: ours has the larger token (${ours} > ${token}), so that of ${from} does not count`;
      return [{ do: 'problem', code: 'OFFER_IGNORED', detail }];
    }
    if (signal.type === 'offer' || signal.type === 'answer') open.delete(from);
    remember(heardTokens, from, Math.max(token, heardTokens.get(from) ?? token));
    roles.note(from, 'them', signal);
    const before: ClientOutput[] = others.has(from) ? [] : [{ do: 'presence', who: from, change: 'join' }];
    remember(others, from, true);
    // The signal first: whoever has offered need not be called.
    return [{ do: 'signal', from, signal }, ...before];
  }

  return {
    opened: () =>
      topic === ''
        ? [{ do: 'refused', why: 'y-webrtc has no call without a room', hint: 'Name the room with --room.' }]
        : [
            json({ type: 'subscribe', topics: [topic] }),
            { do: 'joined', as },
            announce(),
            { do: 'wake', id: 'ping', after: PING_MS },
          ],
    received(frame) {
      const message = readYMessage(frame);
      if (!('topic' in message) || message.topic !== topic) return [];
      if (message.is === 'announce') return announced(message.from);
      if (message.is === 'signal') return signalled(message);
      return once('ENCRYPTED', 'the room has a password: what its members say is encrypted, and renego has no key');
    },
    woken(id) {
      if (id === 'ping') return [json({ type: 'ping' }), { do: 'wake', id, after: PING_MS }];
      return others.get(id.replace(/^called /, '')) === false ? [announce()] : [];
    },
    encode(signal, to) {
      const message = writeSimplePeer(signal);
      if (message === 'nothing') return [];
      if (message === undefined) return undefined;
      roles.note(to, 'us', signal);
      remember(others, to, true);
      const output = publish(to, message, signal.type === 'offer');
      if (signal.type === 'offer') remember(open, to, tokens.get(to) ?? 0);
      return [output];
    },
    capabilities: (to) => roles.capabilities(Y_CAPABILITIES, to, NO_RESTART),
    ask: (_what, to, { media }) => writeWishes(media).map((wish) => publish(to, wish)),
    leave: () => (topic === '' ? [] : [json({ type: 'unsubscribe', topics: [topic] })]),
  };
}
