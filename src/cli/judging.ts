/** The rules at work in a live session: asked at every event, and every second for some minutes after it. */
import type { Millis } from '../core/event.ts';
import type { Forgetting } from '../core/forget.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { createLiveCheck, type FindingStore } from '../rules/live.ts';
import type { RuleSettings } from './settings.ts';

/** How often rules about what takes too long are asked. */
const TICK_MS = 1000;

export interface Judging {
  readonly findings: FindingStore;
  /** Nothing more will come: the last findings are told. Once. */
  finish(): void;
}

/**
 * Judges what is appended from now on. `clock` gives milliseconds of the session. With `forgetting` the model forgets what
 * is over for long. Does not keep the process alive.
 */
export function judge(
  log: Log,
  model: Model,
  clock: () => Millis,
  settings: RuleSettings,
  forgetting?: Forgetting,
): Judging {
  const check = createLiveCheck(log, model, { settings, ...(forgetting !== undefined && { forgetting }) });
  let timer: NodeJS.Timeout | undefined;

  function rest(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function tick(): void {
    if (check.waits) check.advance(clock());
    if (!check.waits) rest();
  }

  const leave = log.subscribe(() => {
    timer ??= check.waits ? setInterval(tick, TICK_MS).unref() : undefined;
  });
  return {
    findings: check.findings,
    finish() {
      leave();
      rest();
      check.finish();
    },
  };
}
