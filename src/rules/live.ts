/** The rules over a log that grows: what they find, kept and told as it is found. */
import type { Millis } from '../core/event.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { touchedBy } from '../core/touched.ts';
import { catalogue } from './catalogue/index.ts';
import { type CheckSettings, createChecker } from './check.ts';
import { type FindingStore, growingFindings } from './finding-store.ts';
import { forgetOver, type Judging } from './forget.ts';
import { createVigil } from './vigil.ts';

export type { FindingStore };

export interface LiveCheck {
  readonly findings: FindingStore;
  /** Time has passed without an event; `now` in milliseconds of the session. For rules about what takes too long. */
  advance(now: Millis): void;
  /** Whether time alone can still bring something to light. */
  readonly waits: boolean;
  /** Nothing more will come: the last findings are told. Once; the log is not listened to any more. */
  finish(): void;
  /** Stops listening without a last word. */
  stop(): void;
}

/**
 * Judges every event that is appended from now on. `model` has to be reduced from the same log by a listener that
 * subscribed before. Never throws.
 */
export function createLiveCheck(
  log: Log,
  model: Model,
  { forgetting, ...options }: Partial<CheckSettings & Judging> = {},
): LiveCheck {
  const checker = createChecker({ rules: catalogue, ...options });
  const { findings, tell } = growingFindings();
  const vigil = createVigil();
  let over = false;

  const leave = log.subscribe((event) => {
    tell(checker.observe(model, event));
    for (const session of touchedBy(model, event)) vigil.touch(session, event.t);
    if (forgetting !== undefined) tell(forgetOver(checker, model, event, forgetting));
  });
  const stop = (): void => {
    over = true;
    leave();
  };
  return {
    findings,
    advance(now) {
      if (over) return;
      const then = Math.max(now, model.events.at(-1)?.t ?? 0);
      tell(checker.advance(model, vigil.due(then), then));
    },
    get waits() {
      return !over && vigil.size > 0;
    },
    finish() {
      if (over) return;
      stop();
      tell(checker.finish(model));
    },
    stop,
  };
}
