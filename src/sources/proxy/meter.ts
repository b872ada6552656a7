/**
 * How much of what passes is listed. Negotiation is small; what else runs over the same socket (positions of a game, chat)
 * may be as much as the network carries, and memory is not the peers' to fill. Beyond the measure it is decoded, printed
 * and recorded, and counted in the list.
 */
export interface Meter {
  /** Whether a message of that size is listed. `telling`: it is about negotiation. */
  admit(size: number, now: number, telling: boolean): boolean;
  /** What was not listed since the last call. */
  take(): { readonly messages: number; readonly bytes: number };
}

interface Measure {
  /** At once, and per second. */
  readonly messages: readonly [number, number];
  readonly bytes: readonly [number, number];
}

const MIB = 1024 * 1024;
const ANYTHING: Measure = { messages: [1000, 100], bytes: [16 * MIB, 128 * 1024] };
const NEGOTIATION: Measure = { messages: [5000, 200], bytes: [64 * MIB, 512 * 1024] };

export function createMeter(): Meter {
  const anything = createBucket(ANYTHING);
  const negotiation = createBucket(NEGOTIATION);
  let [messages, bytes] = [0, 0];

  return {
    admit(size, now, telling) {
      if (anything(size, now) || (telling && negotiation(size, now))) return true;
      messages += 1;
      bytes += size;
      return false;
    },
    take() {
      const taken = { messages, bytes };
      [messages, bytes] = [0, 0];
      return taken;
    },
  };
}

function createBucket({ messages: [most, perSecond], bytes: [mostBytes, bytesPerSecond] }: Measure) {
  let [left, leftBytes, last] = [most, mostBytes, Number.NaN];
  return (size: number, now: number): boolean => {
    const seconds = Number.isNaN(last) ? 0 : Math.max(0, now - last) / 1000;
    last = now;
    left = Math.min(most, left + seconds * perSecond);
    leftBytes = Math.min(mostBytes, leftBytes + seconds * bytesPerSecond);
    if (left < 1 || leftBytes < size) return false;
    left -= 1;
    leftBytes -= size;
    return true;
  };
}
