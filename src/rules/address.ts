/** What kind of place a candidate's address is (RFC 8445 5.1.1.1, RFC 8839 5.1). */
import { isMasked } from './masked.ts';

export type AddressKind =
  | 'unspecified'
  | 'loopback'
  | 'link-local'
  | 'site-local'
  | 'multicast'
  | 'private'
  | 'public'
  /** An mDNS name: the address is hidden (`….local`). */
  | 'mdns'
  /** Another name, or masked: nothing known. */
  | 'unknown';

export interface Address {
  readonly kind: AddressKind;
  readonly family: 4 | 6 | undefined;
}

/** Reads an address as text. Never resolves anything. */
export function addressOf(text: string): Address {
  if (text.length > 255 || isMasked(text)) return { kind: 'unknown', family: undefined };
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.\d{1,3}\.(\d{1,3})$/i.exec(text);
  if (v4) return { kind: kind4(Number(v4[1]), Number(v4[2]), text), family: 4 };
  if (/^[0-9a-f:]*:[0-9a-f:.]*(?:%\S+)?$/i.test(text)) return { kind: kind6(text.toLowerCase()), family: 6 };
  return { kind: text.toLowerCase().endsWith('.local') ? 'mdns' : 'unknown', family: undefined };
}

function kind4(first: number, second: number, text: string): AddressKind {
  if (/(?:^|:)0\.0\.0\.0$/.test(text)) return 'unspecified';
  if (first === 127) return 'loopback';
  if (first === 169 && second === 254) return 'link-local';
  if (first >= 224 && first <= 239) return 'multicast';
  if (first === 10 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second <= 31))
    return 'private';
  // Shared address space of carriers (RFC 6598).
  return first === 100 && second >= 64 && second <= 127 ? 'private' : 'public';
}

function kind6(text: string): AddressKind {
  const bare = text.split('%')[0] ?? text;
  if (/^[0:]+$/.test(bare)) return 'unspecified';
  if (/^[0:]+:0*1$/.test(bare)) return 'loopback';
  const first = Number.parseInt(bare.split(':')[0] || '0', 16);
  if (first >= 0xfe80 && first <= 0xfebf) return 'link-local';
  if (first >= 0xfec0 && first <= 0xfeff) return 'site-local';
  if (first >= 0xff00) return 'multicast';
  return first >= 0xfc00 && first <= 0xfdff ? 'private' : 'public';
}
