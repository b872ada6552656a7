/** A signaling protocol written by a user, as a module: what a template cannot say. */
import { RenegoError } from '../core/errors.ts';
import { isObject } from './json.ts';
import type { Capabilities, Protocol } from './protocol.ts';

/** A protocol without what need not be said: a title, subprotocols, detection, examples, and most of what it can do. */
export type ProtocolDefinition = Pick<Protocol, 'name' | 'decoder' | 'client'> &
  Partial<Omit<Protocol, 'name' | 'decoder' | 'client' | 'capabilities'>> & {
    readonly capabilities?: Partial<Capabilities>;
  };

/** Everything a signaling server may allow. */
const FREE: Capabilities = { trickle: true, renegotiation: true, restart: 'offer', bye: true, endOfCandidates: true };

/** The protocol. Throws RenegoError `usage`/`BAD_PROTOCOL` that says what is missing in it. */
export function defineProtocol(definition: ProtocolDefinition): Protocol {
  if (!isObject(definition)) throw bad('it is no object');
  if (typeof definition.name !== 'string' || definition.name === '') throw bad('it has no name');
  for (const part of ['decoder', 'client'] as const) {
    if (typeof definition[part] !== 'function') throw bad(`${definition.name} has no function '${part}'`);
  }
  return {
    title: definition.name,
    subprotocols: [],
    detect: () => 0,
    examples: [],
    ...definition,
    capabilities: { ...FREE, ...definition.capabilities },
  };
}

function bad(what: string): RenegoError {
  const hint =
    'Export default defineProtocol({ name, decoder, client }) with functions as the type Protocol describes.';
  return new RenegoError('usage', 'BAD_PROTOCOL', `this is no protocol: ${what}`, hint);
}
