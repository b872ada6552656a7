/** Addresses and parameters in SIP headers (RFC 3261, sections 19.1 and 20). */

export interface SipAddress {
  /** Without angle brackets; URI parameters stay. */
  readonly uri: string;
  /** `tag` of From and To. */
  readonly tag: string | undefined;
  /** The name shown for it, '' without one. */
  readonly display: string;
}

/** Reads `"Bob" <sip:bob@example.org>;tag=1` and the like. */
export function readAddress(value: string): SipAddress {
  const angle = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>(.*)$/.exec(value);
  const [uri, rest] = angle ? [angle[3] ?? '', angle[4] ?? ''] : splitParameters(value);
  return { uri, tag: /;\s*tag=([^;,\s]+)/i.exec(rest)?.[1], display: (angle?.[1] ?? angle?.[2] ?? '').trim() };
}

/** Without brackets, parameters belong to the header (RFC 3261, section 20.10). */
function splitParameters(value: string): readonly [string, string] {
  const at = value.indexOf(';');
  return at < 0 ? [value.trim(), ''] : [value.slice(0, at).trim(), value.slice(at)];
}

/** The user of a SIP URI, its host where it has none; '' for what is no SIP URI. */
export function userOf(uri: string): string {
  const [, user, host] = /^sips?:(?:([^@;?\s]*)@)?([^;?\s]*)/i.exec(uri) ?? [];
  return user ?? host ?? '';
}

/** The values of headers that hold lists, one an entry: `Route`, `Record-Route`, `Contact`. */
export function listed(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)(?![^<]*>)/).map((one) => one.trim()));
}

/** `name=value` and `name="value"`, names in lower case, parted by commas: what follows `Digest`. */
export function readParameters(text: string): Readonly<Record<string, string>> {
  const found = [...text.slice(0, 4096).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]+))/g)];
  return Object.fromEntries(
    found.map(([, name = '', quoted, bare = '']) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare]),
  );
}
