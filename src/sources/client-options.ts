/** What a protocol's client is told of the user's wishes. */
import { randomBytes } from 'node:crypto';
import type { PartyId } from '../core/event.ts';
import type { Address, ClientOptions, Protocol } from '../protocols/protocol.ts';
import type { PeerOptions } from './peer-options.ts';
import type { ProtocolChoice } from './protocol-choice.ts';

/** `as` is the name we are known by so far. */
export function clientOptions(options: PeerOptions, protocol: Protocol, as: PartyId): ClientOptions {
  return {
    as,
    now: (options.now ?? Date.now)(),
    url: options.url,
    params: options.params ?? {},
    media: options.media ?? protocol.media ?? DEFAULT_MEDIA,
    newId: options.newId ?? newId,
    ...(options.room !== undefined && { room: options.room }),
    ...(options.to !== undefined && { to: options.to }),
  };
}

/** Where to connect: what the user gave goes before what the protocol adds. */
export function addressOf(protocol: Protocol, options: PeerOptions): Required<Address> {
  const own = protocol.address?.(clientOptions(options, protocol, options.as));
  return {
    url: own?.url ?? options.url,
    subprotocols: options.subprotocols ?? own?.subprotocols ?? protocol.subprotocols,
    headers: { ...own?.headers, ...options.headers },
  };
}

/** What to ask for where the server refuses the first handshake; nothing where the user has said what to ask for. */
export function otherSubprotocols(
  { otherSubprotocols: others }: ProtocolChoice,
  { subprotocols }: PeerOptions,
): { readonly otherSubprotocols?: readonly string[] } {
  return others === undefined || subprotocols !== undefined ? {} : { otherSubprotocols: others };
}

/** What a call is about unless the user says otherwise. */
export const DEFAULT_MEDIA = ['audio', 'data'] as const;

export function newId(length = 16): string {
  return [...randomBytes(length)].map((byte) => (byte % 36).toString(36)).join('');
}
