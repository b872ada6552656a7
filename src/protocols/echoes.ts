/** Copies of what one connection has sent itself: some servers send everything to everyone, the sender included. */
import type { Copied, Decoded, Frame } from './protocol.ts';

/** How such a copy is told. */
export const echoOf = (copies: Copied): Decoded => ({
  signals: [{ type: 'other', label: 'own message, echoed' }],
  copies,
});

export interface Echoes {
  sent(raw: string): void;
  isOurs(frame: Frame): boolean;
}

/** How many frames are remembered. */
const MAX_SENT = 256;

/** For dialects where no name tells that a frame was ours: by their text. */
export function createEchoes(): Echoes {
  const lately: string[] = [];
  return {
    sent(raw) {
      lately.push(raw);
      if (lately.length > MAX_SENT) lately.shift();
    },
    // What both ends may say in the same words is no echo: the end of candidates.
    isOurs: ({ data }) => lately.includes(data) && /v=0|candidate:/.test(data),
  };
}
