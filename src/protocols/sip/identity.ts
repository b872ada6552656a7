/** Who renego is to a SIP server. */
import type { ClientOptions } from '../protocol.ts';
import type { Credentials } from './digest.ts';

export interface Identity {
  /** Address of record. */
  readonly uri: string;
  /** As in From, without tag. */
  readonly name: string;
  readonly domain: string;
  readonly contact: string;
  /** `SIP/2.0/WS host`: what Via begins with. */
  readonly via: string;
  readonly credentials: Credentials | undefined;
  readonly instance: string;
  /** A fresh identifier of that many characters. */
  fresh(length?: number): string;
  /** The address of a party: a user of our domain, or whole. */
  uriOf(party: string): string;
}

export function createIdentity(options: ClientOptions): Identity {
  const { params = {}, as } = options;
  let made = 0;
  const fresh =
    options.newId ??
    ((length = 16) => {
      made += 1;
      return made.toString(36).padStart(length, '0');
    });
  const domain = params.domain ?? hostOf(options.url ?? '');
  // Nobody can connect to a browser, nor to us: names in `.invalid` stand for "by this connection" (RFC 7118, section 5).
  const host = `${fresh(12)}.invalid`;
  const user = escapeUser(as);
  const display = params.display === undefined ? '' : `"${params.display.replace(/[\p{Cc}"\\]/gu, '')}" `;
  const uri = `sip:${user}@${domain}`;
  const id = fresh(32);
  return {
    uri,
    name: `${display}<${uri}>`,
    domain,
    contact: `<sip:${fresh(8)}@${host};transport=ws>`,
    via: `SIP/2.0/${/^(?:wss|https):/i.test(options.url ?? '') ? 'WSS' : 'WS'} ${host}`,
    credentials: params.password === undefined ? undefined : { user: params.user ?? as, password: params.password },
    instance: `<urn:uuid:${uuidOf(id)}>`,
    fresh,
    uriOf: (party) =>
      party.includes('@') ? `sip:${party.replace(/[\s<>]/g, '')}` : `sip:${escapeUser(party)}@${domain}`,
  };
}

/** What may stand before the @ (RFC 3261, section 25.1). */
const escapeUser = (user: string): string =>
  encodeURIComponent(user).replace(/%(2B|24|2C|3B|2F|3F|3D|26)/gi, decodeURIComponent);

const hostOf = (url: string): string => /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? 'localhost';

function uuidOf(id: string): string {
  const hex = [...id].map((char) => (char.charCodeAt(0) % 16).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
