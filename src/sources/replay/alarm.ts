/** When a replay goes on: at the time it asked for, but not before what it has said is on its way. */
import { setTimeout as after } from 'node:timers/promises';
import type { Millis } from '../../core/event.ts';

export interface Alarm {
  /** The earliest time that is asked for counts. */
  set(at: Millis): void;
  /** Whether more of what was said on this lane waits than should; if so, the alarm is not before that is gone. */
  fills(lane: string): boolean;
  /** Resolves when all that was said is on its way, or nobody wants it. */
  sent(lanes: readonly { readonly key: string }[]): Promise<void>;
  stop(): void;
}

export interface AlarmOptions {
  clock(): Millis;
  /** Bytes or characters that wait to be sent. */
  backlogOf(lane: string): number;
  /** Who reads nothing for so long is not waited for. */
  readonly patience: Millis;
  ring(): void;
}

/** Of one lane. */
const MOST_WAITING = 1024 * 1024;
/** How often it is looked whether it is gone. */
const LOOK_MS = 20;

export function createAlarm({ clock, backlogOf, patience, ring }: AlarmOptions): Alarm {
  /** Lanes that are full, and since when. */
  const full = new Map<string, Millis>();
  const isFull = (lane: string): boolean => backlogOf(lane) > MOST_WAITING;
  let timer: NodeJS.Timeout | undefined;
  let due: Millis = 0;

  function set(at: Millis): void {
    if (timer !== undefined && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(rung, Math.max(1, at - clock()));
  }

  function rung(): void {
    timer = undefined;
    for (const [lane, since] of full) if (!isFull(lane) || clock() - since > patience) full.delete(lane);
    if (full.size > 0) set(clock() + LOOK_MS);
    else ring();
  }

  return {
    set,
    fills(lane) {
      if (!isFull(lane)) return false;
      if (!full.has(lane)) full.set(lane, clock());
      return true;
    },
    async sent(lanes) {
      const until = clock() + patience;
      while (clock() < until && lanes.some(({ key }) => backlogOf(key) > 0)) await after(LOOK_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
