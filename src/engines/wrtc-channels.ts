/** Data channels of one connection: states and texts as events, and a small heartbeat on renego's own channel. */
import type { EngineEvent } from './engine.ts';
import type { NativeChannel } from './wrtc-stack.ts';

/** The label of the channel renego opens. Only on this one it speaks unasked; an application's channel it only reads. */
export const OWN_LABEL = 'renego';
const MAX_TEXT = 500;

export interface Channels {
  attach(channel: NativeChannel): void;
  /** On the first open channel; false if there is none. */
  send(text: string): boolean;
  has(label: string): boolean;
  stop(): void;
}

function shown(data: unknown): string {
  if (typeof data !== 'string') {
    const size = data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
    return `(${size} bytes)`;
  }
  return data.length > MAX_TEXT ? `${data.slice(0, MAX_TEXT)}… (${data.length} characters)` : data;
}

/**
 * The stack frees a channel on a thread of its own when the other side closes it; `send` looks at it twice, and where it is
 * freed in between the process crashes (libwebrtc's wrapper, RTCDataChannel::Send). It takes a close within the
 * microseconds of a send, milliseconds on a machine that is busy. So nothing is sent that need not be: not in the first
 * second, when many calls are over again, and seldom after it.
 */
const HELLO_MS = 1_000;
const HEARTBEAT_MS = 5_000;

function trySend(channel: NativeChannel, text: string): boolean {
  try {
    channel.send(text);
    return true;
  } catch {
    return false;
  }
}

export function createChannels(emit: (event: EngineEvent) => void): Channels {
  const channels = new Map<NativeChannel, { readonly label: string; open: boolean }>();
  const timers = new Map<NativeChannel, NodeJS.Timeout>();

  function after(ms: number, channel: NativeChannel, run: () => void): void {
    timers.set(channel, setTimeout(run, ms).unref());
  }

  function beat(channel: NativeChannel, count: number): void {
    const text = count === 0 ? 'hello from renego' : `renego heartbeat ${count}`;
    if (trySend(channel, text)) after(HEARTBEAT_MS, channel, () => beat(channel, count + 1));
  }

  return {
    attach(channel) {
      const known = { label: channel.label, open: false };
      const { label } = known;
      channels.set(channel, known);
      channel.onopen = () => {
        known.open = true;
        emit({ on: 'channel', label, state: 'open' });
        if (label === OWN_LABEL) after(HELLO_MS, channel, () => beat(channel, 0));
      };
      channel.onclose = () => {
        clearTimeout(timers.get(channel));
        channels.delete(channel);
        emit({ on: 'channel', label, state: 'closed' });
      };
      channel.onmessage = ({ data }) => emit({ on: 'data', label, text: shown(data) });
    },
    send: (text) => [...channels].some(([channel, { open }]) => open && trySend(channel, text)),
    has: (label) => [...channels.values()].some((known) => known.label === label),
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      channels.clear();
    },
  };
}
