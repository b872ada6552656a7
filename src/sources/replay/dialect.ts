/** How what was recorded is said today, where more than ids is to be put in its place. */
import type { Bindings } from './bindings.ts';
import { createRemembered } from './remembered.ts';
import type { Lane, Step } from './script.ts';
import { createSipDialect, type SipOptions } from './sip.ts';

export interface Dialect {
  /** What was recorded, as it is said today. */
  said(step: Step): string;
  /** What was heard is the recorded `step`. */
  heard(step: Step, raw: string): void;
}

export function createDialect(
  lane: Lane,
  protocol: string | undefined,
  bindings: Bindings,
  options: SipOptions,
): Dialect {
  if (protocol === 'sip') return createSipDialect(bindings, options);
  const plain: Dialect = {
    said: ({ raw }) => bindings.apply(raw),
    heard: (step, raw) => bindings.learn(step.raw, raw),
  };
  return lane.carrier === 'engine.io' || lane.carrier === 'polling' ? withAcks(plain) : plain;
}

/** Acknowledgements that are owed. */
const MOST_NUMBERS = 10_000;

/** Namespace and, of events that want an acknowledgement and of these, its number (socket.io-protocol 5). */
const PACKET = /^(4[2356](?:\d+-)?(?:\/[^,]*,)?)(\d+)(?=\[)/;

/** Socket.IO: an acknowledgement bears the number that the event has today. */
function withAcks(dialect: Dialect): Dialect {
  const numbers = createRemembered<string, string>(MOST_NUMBERS);
  return {
    said(step) {
      const raw = dialect.said(step);
      if (!/^4[36]/.test(raw)) return raw;
      return raw.replace(PACKET, (whole, before: string, number: string) => {
        const today = numbers.get(number);
        return today === undefined ? whole : before + today;
      });
    },
    heard(step, raw) {
      const [then, now] = [step.raw, raw].map((text) => (/^4[25]/.test(text) ? PACKET.exec(text)?.[2] : undefined));
      if (then !== undefined && now !== undefined) numbers.set(then, now);
      dialect.heard(step, raw);
    },
  };
}
