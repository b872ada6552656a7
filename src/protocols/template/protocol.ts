/** A template as a protocol. */
import type { Capabilities, Frame, Protocol } from '../protocol.ts';
import { addressOf } from './address.ts';
import type { Carrier } from './carrier/carrier.ts';
import { createClient } from './client.ts';
import { createDecoder, payloadOf } from './decoder.ts';
import { pathText, TemplateFault } from './fault.ts';
import { match } from './match.ts';
import { createMemory } from './memory.ts';
import { namesIn, type Pattern, weightOf } from './pattern.ts';
import { readTemplate } from './read.ts';
import type { TemplateSource } from './source.ts';
import { KINDS, type Template } from './template.ts';
import { createSpeaker } from './values.ts';

export function protocolOf(template: Template): Protocol {
  const { name, title, messages, carrier, params, peer, tested, examples } = template;
  const wantsRoom = sentBy(template).some((pattern) => namesIn(pattern).includes('room'));
  return {
    name,
    title,
    ...(carrier.over === 'http' && { carrier: 'http' }),
    ...(Object.keys(params).length > 0 && { params }),
    subprotocols: template.connect.subprotocols ?? carrier.subprotocols ?? [],
    capabilities: capabilitiesOf(template),
    ...(peer !== undefined && { anonymous: peer }),
    ...(wantsRoom && { rooms: true }),
    ...(tested !== undefined && { tested }),
    address(options) {
      return addressOf(template, options, createSpeaker(template, options, createMemory(template, options.as))).address;
    },
    detect: (hint) =>
      Math.max(hint.frame ? sureOf(template, hint.frame) : 0, atUrl(pathOf(template), carrier, hint.url)),
    decoder: ({ client }) => createDecoder(template, client),
    client: (options) => createClient(template, options),
    examples,
  };

  function capabilitiesOf({ restart, renegotiation, role }: Template): Capabilities {
    return {
      trickle: messages.candidate?.send !== undefined,
      renegotiation,
      ...((role === 'us' || role === 'them') && { offers: role }),
      restart,
      bye: messages.bye?.send !== undefined,
      endOfCandidates: messages.eoc?.send !== undefined,
    };
  }
}

/** A built-in template, or one that a program made. Throws Error with what is wrong and where. */
export function templateProtocol(source: TemplateSource): Protocol {
  try {
    return protocolOf(readTemplate(source, 'template'));
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    throw new Error(`${source.name ?? 'template'}: ${pathText(thrown.path)}: ${thrown.message}. ${thrown.hint}`);
  }
}

function sentBy({ join, messages, connect }: Template): readonly Pattern[] {
  const { url, path, query, headers, auth, namespace } = connect;
  const connecting = [url, path, query, headers, auth, namespace].filter((pattern) => pattern !== undefined);
  return [...join.map((step) => step.pattern), ...KINDS.flatMap((kind) => messages[kind]?.send ?? []), ...connecting];
}

/** A frame of which more is as the template has it is more surely one of its. */
function sureOf(template: Template, frame: Frame): number {
  const payload = payloadOf(frame);
  if (payload === undefined) return 0;
  const carried = template.carrier.session({}).read(payload, frame);
  const patterns = [
    ...template.join.flatMap((step) => (step.do === 'expect' ? [step.pattern] : [])),
    ...KINDS.flatMap((kind) => template.messages[kind]?.recv ?? []),
  ];
  const weights = carried.flatMap((one) =>
    one.is === 'message' ? patterns.filter((pattern) => match(pattern, one.value)).map(weightOf) : [],
  );
  const best = Math.max(0, ...weights);
  return best === 0 ? 0 : Math.min(0.85, 0.5 + best / 20);
}

/** How sure an address makes: by the path of the template, where that is fixed, or as one of its carrier. */
export function atUrl(path: string | undefined, carrier: Carrier | undefined, given: string | undefined): number {
  if (given === undefined || !URL.canParse(given)) return 0;
  const url = new URL(given);
  if (path !== undefined && path.length > 1 && url.pathname === path) return 0.35;
  return carrier?.at?.(given) ? 0.1 : 0;
}

const pathOf = ({ connect: { path } }: Template): string | undefined =>
  path?.is === 'literal' ? String(path.value) : undefined;
