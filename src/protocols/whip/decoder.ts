/**
 * Reads a WHIP or WHEP session: offers and answers whole, candidates in fragments. An ICE restart comes in fragments too
 * (RFC 9725, section 4.3.3); what the descriptions have become by them is told as the offer and the answer they stand for.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { httpSignal } from '../http.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { readFragment } from '../recogniser/candidate.ts';
import { asAnswer, credentialsOf, isFragment, withFragment } from './fragment.ts';

export function createWhipDecoder({ client, server }: { client: PartyId; server: PartyId }): Decoder {
  const pc = pairId(client, server);
  let ours = '';
  let theirs = '';
  /** Our restart that waits for its response. */
  let restarting: string | undefined;

  function description(type: 'offer' | 'answer', sdp: string, out: boolean): Signal {
    if (out) ours = sdp;
    else theirs = asAnswer(sdp);
    return { type, pc, sdp };
  }

  const trickled = (text: string): Signal[] =>
    readFragment(text).items.map(({ candidate, ...target }) =>
      candidate === null
        ? { type: 'end-of-candidates', pc, ...target }
        : { type: 'candidate', pc, candidate, ...target },
    );

  function fragment(text: string, out: boolean): readonly Signal[] {
    const { ufrag } = credentialsOf(text);
    const before = out ? ours : theirs;
    const known = [before, restarting ?? ''].map((sdp) => credentialsOf(sdp).ufrag);
    const isRestart = ufrag !== undefined && before !== '' && !known.includes(ufrag);
    const whole = isRestart && (out || restarting !== undefined) ? withFragment(before, text) : undefined;
    if (whole === undefined) return trickled(text);
    if (out) {
      // If it is refused, the description stays as it was.
      restarting = whole;
      return [{ type: 'offer', pc, sdp: whole }];
    }
    ours = restarting ?? ours;
    restarting = undefined;
    return [description('answer', whole, false)];
  }

  function request(method: string, body: string): readonly Signal[] {
    if (method === 'DELETE') return [{ type: 'bye', pc }];
    if (isFragment(body)) return fragment(body, true);
    if (!isSdp(body)) return [];
    return [description(method === 'PATCH' ? 'answer' : 'offer', body, true)];
  }

  function response(status: number, body: string): readonly Signal[] {
    if (isFragment(body)) return fragment(body, false);
    if (!isSdp(body)) return [];
    return [description(isCounterOffer(status, body) ? 'offer' : 'answer', body, false)];
  }

  return {
    provoke: () => ({ why: ONLY_THE_CLIENT }),
    decode({ data, direction, http }: Frame): Decoded {
      if (http === undefined) return { signals: [{ type: 'other', label: 'no HTTP message' }] };
      const { method } = http;
      const said = 'status' in http ? response(http.status, data) : request(method, data);
      const [from, to] = direction === 'out' ? [client, server] : [server, client];
      return { from, to, signals: [httpSignal(http, pc), ...said] };
    },
  };
}

const ONLY_THE_CLIENT =
  'only the app can do that: the PATCH that restarts ICE carries the new credentials of its own peer connection ' +
  '(RFC 9725, section 4.3.3), and the server has no message that asks for it';

const isSdp = (body: string): boolean => /^v=0/.test(body);

/** Servers that would rather offer say 406; older ones say 201 and send what no answer may say (RFC 8842, section 5.2). */
export const isCounterOffer = (status: number, body: string): boolean =>
  isSdp(body) && (status === 406 || /^a=setup:actpass\s*$/m.test(body));
