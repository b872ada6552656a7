/** renego's own part where signaling is one POST: the offer with all candidates goes, the answer comes back. */
import { type PartyId, pairId } from '../../core/event.ts';
import { refusedBy } from '../http.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput, HttpResponse } from '../protocol.ts';
import { PRESETS, pcIdIn, presetFor, readBody } from './presets.ts';

/** How the server is called. */
export const SERVER: PartyId = 'server';

const ONCE = 'every POST makes a new peer connection there: hang up and call again';

export const CAPABILITIES: Capabilities = {
  trickle: false,
  renegotiation: { why: ONCE },
  offers: 'us',
  restart: { why: ONCE },
  bye: false,
  endOfCandidates: false,
};
const AGAIN: Capabilities = { ...CAPABILITIES, renegotiation: true, restart: 'offer' };

export function createHttpSdpClient(options: ClientOptions): Client {
  const pc = pairId(options.as, SERVER);
  const { url = '', params = {} } = options;
  const name = params.preset ?? presetFor(url) ?? 'json';
  const preset = PRESETS[name];
  const headers: Record<string, string> = {
    'content-type': preset?.type ?? '',
    ...(params.token !== undefined && { authorization: `Bearer ${params.token}` }),
  };
  let id: string | undefined;
  let posts = 0;
  let answered = false;

  function responded(response: HttpResponse): readonly ClientOutput[] {
    if (response.id !== String(posts)) return [];
    const { status, body, url: from } = response;
    const found = readBody(body, pc, 'in').find((signal) => signal.type === 'answer');
    if (status >= 200 && status < 300 && found) {
      answered = true;
      id = pcIdIn(body) ?? id;
      return [{ do: 'signal', from: SERVER, signal: found }];
    }
    const refused = refusedBy(response);
    const why =
      status >= 200 && status < 300
        ? `${from} answered with HTTP ${status}, but without an answer in SDP`
        : refused.do === 'refused'
          ? refused.why
          : '';
    if (answered) return [{ do: 'rejected', from: SERVER, why }];
    return [{ ...refused, do: 'refused', why }];
  }

  return {
    opened() {
      if (preset) {
        return [
          { do: 'joined', as: options.as },
          { do: 'presence', who: SERVER, change: 'join' },
        ];
      }
      const hint = `There are ${Object.keys(PRESETS).join(', ')}.`;
      return [{ do: 'refused', why: `there is no preset '${name}'`, hint }];
    },
    received: () => [],
    responded,
    capabilities: () => (preset?.again === true ? AGAIN : CAPABILITIES),
    encode(signal) {
      if (signal.type !== 'offer') return undefined;
      posts += 1;
      return [
        { do: 'request', id: String(posts), method: 'POST', url, headers, body: preset?.body(signal.sdp, id) ?? '' },
      ];
    },
    ended() {
      id = undefined;
    },
  };
}
