import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../src/engines/engine.ts';
import { createChannels, OWN_LABEL } from '../../src/engines/wrtc-channels.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function channel(label: string) {
  const sent: string[] = [];
  const one = {
    label,
    sent,
    onopen: null as (() => void) | null,
    onclose: null as (() => void) | null,
    onmessage: null as ((event: { data: unknown }) => void) | null,
    send(text: string): void {
      sent.push(text);
    },
    close: () => {},
  };
  return one;
}

describe('the data channels of a connection', () => {
  it('say hello and go on with a heartbeat, but not in the moment they open', () => {
    const one = channel(OWN_LABEL);
    createChannels(() => {}).attach(one);
    one.onopen?.();
    vi.advanceTimersByTime(900);
    expect(one.sent).toEqual([]);
    vi.advanceTimersByTime(10_200);
    expect(one.sent).toEqual(['hello from renego', 'renego heartbeat 1', 'renego heartbeat 2']);
  });

  it.each([
    ['closed by the other side', (one: ReturnType<typeof channel>) => one.onclose?.()],
    [
      'of a connection that is closed here',
      (_one: unknown, channels: ReturnType<typeof createChannels>) => channels.stop(),
    ],
  ])('are left alone when they are %s', (_title, end) => {
    const one = channel(OWN_LABEL);
    const channels = createChannels(() => {});
    channels.attach(one);
    one.onopen?.();
    end(one, channels);
    const send = vi.spyOn(one, 'send');
    vi.advanceTimersByTime(20_000);
    expect(channels.send('text')).toBe(false);
    expect(send).not.toHaveBeenCalled();
  });

  it('of an application are only read, unless text is sent on purpose', () => {
    const events: EngineEvent[] = [];
    const one = channel('chat');
    const channels = createChannels((event) => events.push(event));
    channels.attach(one);
    expect(channels.send('too early')).toBe(false);
    one.onopen?.();
    vi.advanceTimersByTime(10_000);
    expect(one.sent).toEqual([]);
    expect([channels.send('now'), channels.has('chat'), channels.has(OWN_LABEL)]).toEqual([true, true, false]);
    one.onmessage?.({ data: 'hi' });
    one.onmessage?.({ data: new ArrayBuffer(3) });
    one.onmessage?.({ data: 'x'.repeat(600) });
    expect(events.map((event) => ('text' in event ? event.text : event.on)).slice(1)).toEqual([
      'hi',
      '(3 bytes)',
      `${'x'.repeat(500)}… (600 characters)`,
    ]);
  });
});
