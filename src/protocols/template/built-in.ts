/** A built-in template as a protocol that costs nothing until it is spoken, or compared with a message. */
import type { Protocol } from '../protocol.ts';
import { carrierNamed } from './carrier/index.ts';
import { atUrl, templateProtocol } from './protocol.ts';
import type { TemplateSource } from './source.ts';

/** The same as `templateProtocol`, compiled when it is first needed: that is when it throws. */
export function builtIn(source: TemplateSource): Protocol {
  const { name = 'template', title = name, peer, tested, params = {} } = source;
  const carrier = carrierNamed(source.carrier);
  let compiled: Protocol | undefined;
  const whole = (): Protocol => {
    compiled ??= templateProtocol(source);
    return compiled;
  };
  return {
    name,
    title,
    ...(carrier?.over === 'http' && { carrier: 'http' }),
    ...(Object.keys(params).length > 0 && { params }),
    ...(peer !== undefined && { anonymous: peer }),
    ...(saysRoom(source) && { rooms: true }),
    ...(tested !== undefined && { tested }),
    get subprotocols() {
      return whole().subprotocols;
    },
    get capabilities() {
      return whole().capabilities;
    },
    get examples() {
      return whole().examples;
    },
    address: (options) => whole().address?.(options) ?? { url: options.url ?? '' },
    detect(hint) {
      if (hint.frame !== undefined) return whole().detect(hint);
      const path = source.connect?.path;
      return atUrl(path?.includes('{{') ? undefined : path, carrier, hint.url);
    },
    decoder: (link) => whole().decoder(link),
    client: (options) => whole().client(options),
  };
}

/** Whether the room is in what is said to connect, to join, or later; what is only heard does not count. */
function saysRoom({ connect, join, messages }: TemplateSource): boolean {
  const steps = (join ?? []).map((step) => ('send' in step ? step.send : step.expect));
  const said = Object.values(messages).map((message) =>
    typeof message === 'object' && message !== null && 'send' in message ? message.send : message,
  );
  return /\{\{room\??\}\}/.test(JSON.stringify([connect, steps, said]));
}
