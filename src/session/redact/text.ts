/** Replaces secrets in a text of any kind: SDP, JSON, SIP, URLs, also escaped, also in base64. Linear in its length. */
import type { Aliases, SecretKind } from './alias.ts';
import { isVocabulary } from './vocabulary.ts';

/** Base64 in base64 in base64: nobody does that. */
const MAX_DEPTH = 3;

/** The text with a stand-in for each secret. Values that are secret by where they stand are remembered for other places. */
export function redactText(aliases: Aliases, text: string, depth = 0): string {
  let now = text;
  for (const { pattern, kind } of STATED) {
    now = now.replace(pattern, (whole, before: string, value: string) =>
      isKept(value) && !isDigits(kind, value) ? whole : before + aliases.of(kind, value),
    );
  }
  now = now.replace(FINGERPRINT, (value) => aliases.of('fingerprint', value));
  now = now.replace(QUERY, (whole, before: string, name: string, value: string) =>
    PLAIN_QUERY.test(name) || isKept(value) ? whole : before + aliases.of('token', value),
  );
  now = now.replace(HOST, (whole, before: string, host: string) =>
    isPlainHost(host) ? whole : before + aliases.of('host', host),
  );
  now = now.replace(MDNS, (value) => aliases.of('address', value.slice(0, -6)) + value.slice(-6));
  now = now.replace(UUID, (value) => aliases.of('id', value));
  now = now.replace(ADDRESS6, (value) => (/^[0:]*:0*1?$/.test(value) ? value : aliases.of('address', value)));
  now = now.replace(ADDRESS4, (value) => (isPlainAddress(value) ? value : aliases.of('address', value)));
  now = now.replace(RUN, (run) => knownIn(aliases, run));
  return depth < MAX_DEPTH ? now.replace(BASE64, (packed) => redactBase64(aliases, packed, depth + 1)) : now;
}

/** Base64 of a text, or of bytes with text in them: what stays as long can be replaced inside. Undefined if it is no base64. */
export function redactBytes(aliases: Aliases, base64: string, depth = 0): string | undefined {
  const bytes = decode(base64);
  if (bytes === undefined) return undefined;
  const redacted = redactText(aliases, bytes, depth);
  return redacted === bytes ? base64 : btoa(redacted);
}

function redactBase64(aliases: Aliases, packed: string, depth: number): string {
  const bytes = decode(packed);
  if (bytes === undefined || !/^[\t\r\n\x20-\x7e]+$/.test(bytes) || !/v=0|candidate|\{/.test(bytes)) return packed;
  return redactBytes(aliases, packed, depth) ?? packed;
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}

/** What stands behind a label is a secret, whatever it looks like. Quotes and separators may be escaped, even twice. */
const STATED = [
  { kind: 'ice-credentials', pattern: /((?:a=ice-(?:ufrag|pwd):|\bufrag ))([^\s\\"',;]+)/g },
  {
    kind: 'ice-credentials',
    pattern:
      /("?(?:usernameFragment|username_fragment|ufrag|iceUfrag|icePwd|ice_ufrag|ice_pwd|pwd)\\*"?\s*[:=]\s*\\*["'])([^"'\\\s]+)/g,
  },
  { kind: 'token', pattern: /(\binline:)([^\s\\"|]+)/g },
  { kind: 'token', pattern: /((?:a=(?:ssrc:\d+ )?(?:cname|identity):))([^\s\\"]+)/g },
  { kind: 'name', pattern: /((?:^|\n|\\n)[iuep]=)([^\r\n\\"]+)/g },
  { kind: 'token', pattern: /((?:a=tls-id:))([^\s\\"]+)/g },
  // A dialog of SIP (RFC 3261 12): whoever has the logs of a server finds it by these.
  { kind: 'token', pattern: /((?:^|\n|\\n)(?:Call-ID|i) *: *)([^\s\\"]+)/gi },
  { kind: 'token', pattern: /(;(?:tag=|branch=z9hG4bK|gr=urn:uuid:))([\w.~+-]{4,})/g },
  { kind: 'name', pattern: /(\b(?:From|To|Contact|P-[\w-]+|f|t|m): *\\*")([^"\\<]+)(?=\\*" *<sips?:)/g },
  // Rooms are named after who meets in them.
  {
    kind: 'name',
    pattern:
      /("?(?:room|room_?(?:id|name)|topics?|channel|channel_?(?:id|name)|conference|meeting_?id)\\*"?\s*:\s*\[?\s*\\*")([^"\\]{3,})/gi,
  },
  { kind: 'token', pattern: /(\b(?:Bearer|Basic) )([\w.~+/=-]{4,})/g },
  {
    kind: 'token',
    pattern:
      /("?(?:[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|credentials?|authori[sz]ation|signature|cookie)|pin|jwt)\\*"?\s*[:=]\s*\\*")([^"\\]+)/gi,
  },
  // Who knows the id of a session can take part in it.
  { kind: 'token', pattern: /("sid\\*"\s*:\s*\\*")([^"\\\s]{8,})/g },
  {
    kind: 'name',
    pattern:
      /("?(?:user_?name|display_?name|displayname|display|nick_?name|nick|email|phone)\\*"?\s*[:=]\s*\\*")([^"\\]+)/gi,
  },
  { kind: 'token', pattern: /(\b(?:response|nonce|cnonce|opaque)=\\*")([\w+/=-]{8,})/g },
  { kind: 'token', pattern: /()(\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?)/g },
  { kind: 'name', pattern: /(\bsips?:)([^@\s"'<>;:\\/]+)(?=@)/g },
  { kind: 'name', pattern: /()((?<!sips?:)\b[\w.+-]{2,64}@[\w-]+(?:\.[\w-]+)+)/g },
] as const;

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b(?!\.local)/gi;
const FINGERPRINT = /\b(?:[0-9a-f]{2}:){15,}[0-9a-f]{2}\b/gi;
const QUERY = /([?&]([\w.[\]-]{1,40})=)([^&#\s"'\\<>]+)/g;
/** Parameters that say how to talk, not who talks. */
const PLAIN_QUERY = /^(?:EIO|transport|version|v|t|b64|protocol|sdk|next|auto_subscribe|adaptive_stream)$/;
const HOST =
  /(\b(?:wss?|https?|stuns?|turns?|sips?):(?:\/\/)?(?:[^\s"'\\/@]*@)?)([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)/gi;
const MDNS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local\b/gi;
const ADDRESS6 =
  /(?<![\w.:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=[0-9a-f:]*::)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4})(?![\w:])/gi;
const ADDRESS4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;
const RUN = /[\p{L}\p{N}_+/=~.@-]{3,}/gu;
const BASE64 = /(?<![\w+/])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/=])/g;

const isPlainAddress = (value: string): boolean =>
  /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$)/.test(value) || value.split('.').some((octet) => Number(octet) > 255);

/** Also the authorities of header extension URIs and namespaces, which rules go by. */
const isPlainHost = (host: string): boolean =>
  /(?:^|\.)(?:(?:webrtc|ietf|w3|3gpp|xmpp|jitsi|jabber)\.org|aomediacodec\.github\.io)$/i.test(host) ||
  /^(?:localhost|127[\d.]+|\d+(?:\.\d+){3}|[0-9a-f]{8}-.*\.local)$/i.test(host);

/** Digits alone are a secret too where it is stated that they are one. */
const isDigits = (kind: SecretKind, value: string): boolean => kind !== 'name' && /^\d{4,}$/.test(value);

/** Values that say nothing: too short, words of signaling. */
const isKept = (value: string): boolean => value.length < 2 || isVocabulary(value);

/** A run of letters and signs that is a known secret, or consists of some (`alice+bob`). */
function knownIn(aliases: Aliases, run: string): string {
  const whole = replacement(aliases, run);
  if (whole !== undefined) return whole;
  return /[+/=~.@-]/.test(run) ? run.replace(/[\p{L}\p{N}_]{3,}/gu, (word) => replacement(aliases, word) ?? word) : run;
}

/** Numbers are replaced only where they are stated to be secret: elsewhere they may be ports. */
function replacement(aliases: Aliases, word: string): string | undefined {
  return /^\d+$/.test(word) || isVocabulary(word) ? undefined : aliases.known(word);
}
