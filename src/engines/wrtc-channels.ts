/** Data channels of one connection: states and texts as events, and a small heartbeat on renego's own channel. */
import type { EngineEvent } from './engine.ts';
import type { NativeChannel } from './wrtc-stack.ts';

/** The label of the channel renego opens. Only on this one it speaks unasked; an application's channel it only reads. */
export const OWN_LABEL = 'renego';
const HEARTBEAT_MS = 2_000;
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

function trySend(channel: NativeChannel, text: string): boolean {
  if (channel.readyState !== 'open') return false;
  try {
    channel.send(text);
    return true;
  } catch {
    return false;
  }
}

export function createChannels(emit: (event: EngineEvent) => void): Channels {
  const channels = new Set<NativeChannel>();
  const timers = new Set<ReturnType<typeof setInterval>>();
  const heartbeat = (channel: NativeChannel): void => {
    trySend(channel, 'hello from renego');
    let beat = 0;
    const timer = setInterval(() => {
      beat += 1;
      if (trySend(channel, `renego heartbeat ${beat}`)) return;
      clearInterval(timer);
      timers.delete(timer);
    }, HEARTBEAT_MS);
    timer.unref();
    timers.add(timer);
  };
  return {
    attach(channel) {
      channels.add(channel);
      const { label } = channel;
      const opened = (): void => {
        emit({ on: 'channel', label, state: 'open' });
        if (label === OWN_LABEL) heartbeat(channel);
      };
      channel.onopen = opened;
      channel.onclose = () => {
        channels.delete(channel);
        emit({ on: 'channel', label, state: 'closed' });
      };
      channel.onmessage = ({ data }) => emit({ on: 'data', label, text: shown(data) });
    },
    send: (text) => [...channels].some((channel) => trySend(channel, text)),
    has: (label) => [...channels].some((channel) => channel.label === label),
    stop() {
      for (const timer of timers) clearInterval(timer);
      timers.clear();
      channels.clear();
    },
  };
}
