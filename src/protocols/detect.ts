/** Which protocol a server speaks: by its address, the subprotocol it picked, or what it says first. */
import { protocols } from './index.ts';
import type { Frame, Protocol } from './protocol.ts';

export interface Hint {
  readonly url?: string;
  readonly subprotocol?: string;
  readonly frame?: Frame;
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

/** Undefined if none is likely. */
export function chooseProtocol(hint: Hint): Choice | undefined {
  const { url, subprotocol = '', frame } = hint;
  let best: Choice | undefined;
  for (const [part, because] of [
    [frame && { frame }, 'by its first message'],
    [subprotocol === '' ? undefined : { subprotocol }, `by the subprotocol ${subprotocol}`],
    [url === undefined ? undefined : { url }, 'by its address'],
  ] as const) {
    if (part === undefined) continue;
    for (const protocol of protocols) {
      const sure = protocol.detect(part);
      if (sure >= SURE_ENOUGH && sure > (best?.sure ?? 0)) best = { protocol, sure, because };
    }
  }
  return best;
}

/** Whether a choice stands although the first message does not confirm it. */
export const isSettled = ({ sure }: Choice): boolean => sure >= SETTLED;
