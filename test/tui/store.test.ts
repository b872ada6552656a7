import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/tui/store.ts';
import { emptyRecording } from '../recording.ts';
import { settingOf } from './setting.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started(live = true, behind = () => false) {
  const { log, model } = emptyRecording();
  const setting = settingOf(model, { title: '', live, canSave: false, canEdit: false });
  const store = createStore(
    log,
    setting,
    { columns: 80, rows: 24 },
    () => Date.now(),
    () => {},
    behind,
  );
  const told = vi.fn();
  store.subscribe(told);
  return { log, store, told };
}

const offer = {
  from: 'a',
  to: 'b',
  kind: 'message',
  protocol: 'p',
  encoding: 'text',
  raw: '',
  signals: [{ type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }],
} as const;
const mark = { from: 'a', to: 'a', kind: 'mark', text: 'm' } as const;

describe('the store', () => {
  it('tells of many events at most 30 times a second', () => {
    const { log, told } = started();
    for (let ms = 0; ms < 1000; ms += 1) {
      log.append(mark);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    expect(told.mock.calls.length).toBeLessThanOrEqual(31);
    expect(told.mock.calls.length).toBeGreaterThan(20);
  });

  it('shows events less often where a frame takes long, and keys at once all the same', () => {
    const { log, store, told } = started();
    const framesIn = (milliseconds: number) => {
      told.mockClear();
      for (let ms = 0; ms < milliseconds; ms += 1) {
        log.append(mark);
        vi.advanceTimersByTime(1);
      }
      return told.mock.calls.length;
    };
    framesIn(100);
    store.took(50);
    framesIn(200);
    expect(framesIn(1000)).toBeLessThanOrEqual(6);
    told.mockClear();
    store.send({ type: 'help' });
    expect(told).toHaveBeenCalledTimes(1);
    store.took(60_000);
    framesIn(200);
    expect(framesIn(2000)).toBeGreaterThanOrEqual(1);
    store.took(1);
    framesIn(1000);
    expect(framesIn(1000)).toBeGreaterThan(20);
  });

  it('shows nothing to a screen that is behind, and the last when it takes more', () => {
    let behind = true;
    const { log, store, told } = started(true, () => behind);
    for (let n = 0; n < 5; n += 1) {
      log.append(mark);
      vi.advanceTimersByTime(50);
    }
    store.send({ type: 'help' });
    expect(told).not.toHaveBeenCalled();
    behind = false;
    store.catchUp();
    expect(told).toHaveBeenCalledTimes(1);
    expect(store.snapshot().ui.screen).toBe('help');
    store.catchUp();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('shows a key at once', () => {
    const { store, told } = started();
    store.send({ type: 'help' });
    expect(told).toHaveBeenCalledTimes(1);
    expect(store.snapshot().ui.screen).toBe('help');
  });

  it('runs no timer while nothing happens', () => {
    const { log, told } = started();
    expect(vi.getTimerCount()).toBe(0);
    log.append(mark);
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('beats once a second while an offer waits for its answer, and stops with it', () => {
    const { log, told, store } = started();
    log.append(offer);
    vi.advanceTimersByTime(3050);
    expect(told).toHaveBeenCalledTimes(4);
    expect(store.snapshot().now).toBeGreaterThan(2900);
    log.append({ ...offer, from: 'b', to: 'a', signals: [{ type: 'answer', pc: 'a+b', sdp: 'v=0\r\n' }] });
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not beat for a recording', () => {
    const { log } = started(false);
    log.append(offer);
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops everything when closed', () => {
    const { log, store, told } = started();
    log.append(offer);
    store.close();
    log.append(mark);
    vi.advanceTimersByTime(5000);
    expect([told.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
