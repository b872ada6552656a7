/**
 * A recording of any size for the screen: read and judged piece by piece, so that the first of it is there at once and
 * keys are answered meanwhile. A small one is whole before it is shown.
 */
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import { FORGETTING } from '../core/forget.ts';
import type { Log, LogListener } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import { type FindingStore, growingFindings } from '../rules/finding-store.ts';
import type { Finding } from '../rules/rule.ts';
import type { Steps } from '../sdp/steps.ts';
import type { Feed } from './feed.ts';
import type { RuleSettings } from './settings.ts';
import { createWork, share, type Work } from './work.ts';

export interface Recording {
  readonly log: Log;
  readonly model: Model;
  readonly findings: FindingStore;
  /** There is something to show: all of a small recording, the beginning of a large one. Rejects if it cannot be read. */
  readonly ready: Promise<void>;
  /** What still goes on for more than a moment; tells of its progress a few times a second. */
  readonly work: Work;
  /** All of it has been read. Rejects if it cannot be. */
  readonly read: Promise<void>;
  /** Judges it once it has been read; settles when that is done or the signal aborts. */
  judge(settings: RuleSettings): Promise<void>;
}

/** Milliseconds of work between two moments in which keys are answered, and before a large recording is shown. */
const [SLICE, PATIENCE] = [4, 250];

/** Begins to read at once. `signal` ends it. `patience`: milliseconds of work before it is told of. */
export function openRecording(feed: Feed, signal: AbortSignal, patience = PATIENCE): Recording {
  const { events } = feed;
  const model = emptyModel(events);
  const { findings, tell } = growingFindings();
  const breathe = createBreath(signal);
  let listeners: readonly LogListener[] = [];
  let over = false;
  const work = createWork();
  /** Notes taken while the recording is read stand behind it. */
  let early: SignalEvent[] = [];

  function take(event: SignalEvent): void {
    reduce(model, event);
    for (const listener of listeners) listener(event);
  }

  function add(event: SignalEvent): void {
    feed.push(event);
    take(event);
  }

  const log: Log = {
    get header() {
      return feed.header() ?? NOBODY;
    },
    events,
    get version() {
      return events.length;
    },
    append(draft) {
      const event: SignalEvent = { ...draft, ...next(events.at(-1)) };
      if (over) add(event);
      else early.push(event);
      return event;
    },
    subscribe(listener) {
      const entry: LogListener = (event) => listener(event);
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
  };

  let show = (): void => {};
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  const began = performance.now();

  async function readAll(): Promise<void> {
    await feed.read(take, () => {
      if (performance.now() - began > patience) {
        show();
        const done = feed.done();
        work.tell(`reading${done === undefined ? '' : share(done, 1)}`);
      }
      return breathe();
    });
    over = true;
    work.tell(undefined);
    for (const note of early) add({ ...note, ...next(events.at(-1)) });
    early = [];
  }

  const read = readAll();
  const ready = Promise.race([read, shown]);
  // Whoever waits for all of it need not wait for its beginning, too.
  ready.catch(() => {});
  return {
    log,
    model,
    findings,
    work,
    read,
    ready,
    async judge(settings) {
      await read;
      // What was typed meanwhile goes before: a turn in which it is read, and one in which its frame is drawn.
      await nextTurn(signal);
      await nextTurn(signal);
      const { catalogue } = await import('../rules/index.ts');
      const { createChecker } = await import('../rules/check.ts');
      const { forgetOver } = await import('../rules/forget.ts');
      const checker = createChecker({ rules: catalogue, settings });
      // The model of the screen is ahead: rules ask what was known at each event, and about nothing that is long over.
      const past = emptyModel(events);
      let told = performance.now();
      let found: Finding[] = [];
      const tellNow = (): void => {
        tell(found.sort((x, y) => x.event - y.event));
        [found, told] = [[], performance.now()];
      };
      const { length } = events;
      for (let index = 0; index < length && !signal.aborted; index += 1) {
        const event = events.at(index) as SignalEvent;
        reduce(past, event);
        found.push(...(await inBreaths(checker.observing(past, event), breathe)));
        found.push(...forgetOver(checker, past, event, FORGETTING));
        if (performance.now() - told > patience) {
          tellNow();
          work.tell(`judging${share(index, length)}`);
        }
        await breathe();
      }
      for (const finding of checker.finish(past)) found.push(finding);
      tellNow();
      work.tell(undefined);
    },
  };
}

const NOBODY: SessionHeader = {
  ...{ format: 1, tool: 'unknown', startedAt: '1970-01-01T00:00:00.000Z', source: 'unknown' },
  ...{ parties: [], redacted: [] },
};

const next = (last: SignalEvent | undefined) => ({ seq: (last?.seq ?? 0) + 1, t: last?.t ?? 0 });

/** Steps with breaths between them. */
async function inBreaths<T>(steps: Steps<T>, breathe: () => Promise<void> | undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const breath = breathe();
    if (breath !== undefined) await breath;
  }
}

/** Lets others work whenever a slice is over; never settles again once the signal has aborted. */
function createBreath(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return nextTurn(signal).then(() => {
      since = performance.now();
    });
  };
}

/** When others have worked; never once the signal has aborted. */
function nextTurn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      if (!signal.aborted) resolve();
    });
  });
}
