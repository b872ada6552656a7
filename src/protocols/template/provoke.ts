/** How somebody in between has a template's system begin anew: by the message that the template has for it. */
import type { Provocation } from '../protocol.ts';
import { tryBuild } from './build.ts';
import { toBase64 } from './bytes.ts';
import type { CarrierSession } from './carrier/carrier.ts';
import type { Memory } from './memory.ts';
import type { Template } from './template.ts';
import { createSpeaker } from './values.ts';

/** Says, as the client would, what asks for an offer or a restart. Undefined where the template has no message for it. */
export function provocation(
  template: Template,
  memory: Memory,
  carrier: CarrierSession,
  what: 'offer' | 'restart-ice',
): Provocation | undefined {
  const pattern = template.messages[what === 'offer' ? 'request' : 'restart']?.send;
  if (pattern === undefined) return undefined;
  const { lookup } = createSpeaker(template, { as: memory.self, now: 0 }, memory);
  const value = tryBuild(pattern, lookup(memory.talker));
  const [payload] = value === undefined ? [] : carrier.write(value);
  if (payload === undefined) return { why: 'not yet: what the request has to carry has not been seen' };
  if (payload instanceof Uint8Array) return { to: 'server', raw: toBase64(payload), encoding: 'base64' };
  if (typeof payload === 'string') return { to: 'server', raw: payload };
  return { why: `only the app can do that: ${template.title} is told by an HTTP request of its own` };
}
