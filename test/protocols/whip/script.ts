/** A WHIP or WHEP client and what it asks for, in a few words. */
import type { Client, ClientOutput, HttpResponse } from '../../../src/protocols/protocol.ts';
import { whip } from '../../../src/protocols/whip.ts';

export const URL = 'http://127.0.0.1/whip/studio';
export const pc = 'me+server';
export const sdp = (ufrag: string, setup = 'actpass'): string =>
  `v=0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=setup:${setup}\r\na=ice-ufrag:${ufrag}\r\na=ice-pwd:${ufrag}-pwd\r\n`;
export const offer = (ufrag: string) => ({ type: 'offer', pc, sdp: sdp(ufrag) }) as const;
export const candidate = (port: number, ufrag: string) =>
  ({ type: 'candidate', pc, candidate: `candidate:1 1 udp 1 192.0.2.1 ${port} typ host`, mid: '0', ufrag }) as const;
export const end = { type: 'end-of-candidates', pc } as const;

/** An output in a few words. */
export function shown(output: ClientOutput): string {
  switch (output.do) {
    case 'request': {
      const { method, url, headers = {}, body = '' } = output;
      const match = headers['if-match'] === undefined ? '' : ` if-match ${headers['if-match']}`;
      const parts = [...body.matchAll(/ufrag:(\S+)|typ \w+|192\.0\.2\.1 (\d+)|(end-of-cand)/g)].map((one) =>
        one.slice(1).find(Boolean),
      );
      return [`${method} ${url.slice(16)}${match}`, ...parts.filter(Boolean)].join(' ');
    }
    case 'signal':
      return 'sdp' in output.signal ? `${output.signal.type} ${/ufrag:(\S+)/.exec(output.signal.sdp)?.[1]}` : '';
    case 'learned':
      return `learned ${Object.keys(output.capabilities).join()}`;
    case 'problem':
      return `problem ${output.code}`;
    case 'refused':
      return `refused ${output.why}`;
    case 'rejected':
      return `rejected ${output.why}`;
    case 'wake':
      return `wake ${output.after}`;
    case 'ice-servers':
      return `ice ${JSON.stringify(output.servers)}`;
    default:
      return output.do;
  }
}

/** A client and what it has asked for, as a conversation. */
export function session(protocol = whip, params: Readonly<Record<string, string>> = {}) {
  const client: Client = protocol.client({ as: 'me', now: 0, url: URL, params });
  let last = '';
  const note = (outputs: readonly ClientOutput[] = []): string[] => {
    for (const output of outputs) if (output.do === 'request' && output.id !== 'delete') last = output.id;
    return outputs.map(shown);
  };
  return {
    client,
    opened: () => note(client.opened()),
    say: (...signals: Parameters<Client['encode']>[0][]) =>
      signals.flatMap((one) => note(client.encode(one, 'server'))),
    answers: (status: number, body = '', headers: Readonly<Record<string, string>> = {}, id = last) =>
      note(client.responded?.({ id, status, headers, body, url: URL } as HttpResponse)),
    wakes: (id: string) => note(client.woken?.(id)),
    get last() {
      return last;
    },
  };
}
