/** The rules over a log that grows: what they find, kept and told as it is found. */
import type { Millis } from '../core/event.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { catalogue } from './catalogue/index.ts';
import { type CheckSettings, createChecker } from './check.ts';
import type { Finding } from './rule.ts';

/** What has been found so far. */
export interface FindingStore {
  /** In the order in which they were found. The same array grows. */
  list(): readonly Finding[];
  /** Tells of every finding from now on. Returns the way out. */
  subscribe(listener: (finding: Finding) => void): () => void;
}

export interface LiveCheck {
  readonly findings: FindingStore;
  /** Time has passed without an event; `now` in milliseconds of the session. For rules about what takes too long. */
  advance(now: Millis): void;
  /** Nothing more will come: the last findings are told. Once; the log is not listened to any more. */
  finish(): void;
  /** Stops listening without a last word. */
  stop(): void;
}

/**
 * Judges every event that is appended from now on. `model` has to be reduced from the same log by a listener that
 * subscribed before. Never throws.
 */
export function createLiveCheck(log: Log, model: Model, options: Partial<CheckSettings> = {}): LiveCheck {
  const checker = createChecker({ rules: catalogue, ...options });
  const found: Finding[] = [];
  let listeners: readonly ((finding: Finding) => void)[] = [];
  let over = false;

  function tell(findings: readonly Finding[]): void {
    for (const finding of findings) {
      found.push(finding);
      for (const listener of listeners) listener(finding);
    }
  }

  const leave = log.subscribe((event) => tell(checker.observe(model, event)));
  const stop = (): void => {
    over = true;
    leave();
  };
  return {
    findings: {
      list: () => found,
      subscribe(listener) {
        const entry = (finding: Finding) => listener(finding);
        listeners = [...listeners, entry];
        return () => {
          listeners = listeners.filter((other) => other !== entry);
        };
      },
    },
    advance(now) {
      if (!over) tell(checker.advance(model, Math.max(now, model.events.at(-1)?.t ?? 0)));
    },
    finish() {
      if (over) return;
      stop();
      tell(checker.finish(model));
    },
    stop,
  };
}

/** A store of findings that are known already, as of a recording. */
export function fixedFindings(findings: readonly Finding[]): FindingStore {
  return { list: () => findings, subscribe: () => () => {} };
}
