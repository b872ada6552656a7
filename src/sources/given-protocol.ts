/** The choice that is none: the protocol is known, and nothing has to be loaded to find it out. */
import type { Protocol } from '../protocols/protocol.ts';
import type { ProtocolChoice } from './protocol-choice.ts';

export const given = (protocol: Protocol): ProtocolChoice => ({
  first: protocol,
  atHandshake: () => undefined,
  atMessage: () => undefined,
});
