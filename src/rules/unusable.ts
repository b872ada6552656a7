/** Candidates that browsers accept and then cannot use (RFC 8445 5.1.1.1). */
import type { Candidate } from '../sdp/sdp.ts';
import { addressOf } from './address.ts';

const PLACES = {
  unspecified: 'the unspecified address',
  loopback: 'a loopback address',
  'link-local': 'a link-local address',
  'site-local': 'a site-local address',
  multicast: 'a multicast address',
} as const;

/** Why, behind "has"; undefined if it may be of use. */
export function unusable({ address, port, transport, tcpType, type }: Candidate): string | undefined {
  const { kind } = addressOf(address);
  const place = PLACES[kind as keyof typeof PLACES];
  if (place !== undefined && (type === 'host' || kind === 'unspecified' || kind === 'multicast')) return place;
  if (transport === 'tcp' && tcpType === 'active') return undefined;
  if (port === 0 || port === 9) return `the port ${port}`;
  const reserved = transport === 'udp' && kind === 'public' && port < 1024 && port !== 80 && port !== 443;
  return reserved ? 'a port below 1024 on a public address' : undefined;
}
