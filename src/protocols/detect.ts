/** Which protocol a server speaks: by its address, the subprotocol it picked, or what it says first. */
import { protocols } from './index.ts';
import type { Frame, Protocol } from './protocol.ts';

export interface Hint {
  readonly url?: string;
  readonly subprotocol?: string;
  readonly frame?: Frame;
  /** It is to be joined, not only read: then protocols for servers of many kinds count, too. */
  readonly joining?: boolean;
}

export interface Choice {
  readonly protocol: Protocol;
  /** 0 to 1. */
  readonly sure: number;
  /** What it was chosen by, as the end of a sentence. */
  readonly because: string;
}

/** Below this a guess is not worth following; from here on it stands until something else is surer. */
const [SURE_ENOUGH, SETTLED] = [0.3, 0.5];

const READ = protocols.filter(({ generic }) => generic === undefined);

/** Undefined if none is likely. Of equals the likeliest to be met is taken. */
export function chooseProtocol(hint: Hint): Choice | undefined {
  let best: { readonly protocol: Protocol; readonly sure: number } | undefined;
  for (const protocol of hint.joining ? protocols : READ) {
    const sure = protocol.detect(hint);
    if (sure >= SURE_ENOUGH && sure > (best?.sure ?? 0)) best = { protocol, sure };
  }
  return best && { ...best, because: reasonOf(best.protocol, hint) };
}

/** All that an address or a subprotocol may be of, the surest first: many systems have the same. */
export function likelyProtocols(hint: Omit<Hint, 'frame'>): readonly Protocol[] {
  return READ.map((protocol) => ({ protocol, sure: protocol.detect(hint) }))
    .filter(({ sure }) => sure >= SURE_ENOUGH)
    .sort((a, b) => b.sure - a.sure)
    .map(({ protocol }) => protocol);
}

/** Which part of the hint alone tells it most surely. */
function reasonOf(protocol: Protocol, { url, subprotocol = '', frame }: Hint): string {
  const parts = [
    ['by its first message', frame === undefined ? 0 : protocol.detect({ frame })],
    [`by the subprotocol ${subprotocol}`, subprotocol === '' ? 0 : protocol.detect({ subprotocol })],
    ['by its address', url === undefined ? 0 : protocol.detect({ url })],
  ] as const;
  return parts.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Whether a choice stands although the first message does not confirm it. */
export const isSettled = ({ sure }: Choice): boolean => sure >= SETTLED;
