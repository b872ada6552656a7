/**
 * Holds the two states for React: keys show at once, the log at most 30 times a second, and less often where frames are slow.
 * No timer runs while nothing happens; a second's beat only while a round waits for its answer.
 */
import type { Log } from '../core/log.ts';
import { clamp, type Size } from './layout.ts';
import { endTurn } from './patience.ts';
import { isWaiting } from './rows/status.ts';
import { type Command, type Effect, initialUi, type Setting, type Ui } from './state.ts';
import { update } from './update.ts';
import { isListing, listingOf } from './visible.ts';

export interface Snapshot {
  readonly ui: Ui;
  /** Version of the model it was taken at. */
  readonly version: number;
  /** Time of the session in milliseconds. */
  readonly now: number;
}

export interface Store {
  readonly setting: Setting;
  snapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
  send(command: Command): void;
  /** The screen takes more again. */
  catchUp(): void;
  /** The last frame took so many milliseconds: the more it takes, the rarer are those that no key has asked for. */
  took(milliseconds: number): void;
  /** Shows another frame soon, though nothing has happened. */
  again(): void;
  /** Stops all timers and stops listening to the log. */
  close(): void;
}

const FRAME = 34;
const BEAT = 1000;
/** What happens may be shown so many times a frame's own time later: keys and messages need the processor too. */
const REST = 4;
const LONGEST_REST = 1000;

/**
 * `clock` gives milliseconds from any start; `perform` does what a command asks of the outside. While the screen is `behind`
 * nothing is shown, however much happens.
 */
export function createStore(
  log: Log,
  setting: Setting,
  size: Size,
  clock: () => number,
  perform: (effect: Effect) => void,
  behind: () => boolean = () => false,
): Store {
  const listeners = new Set<() => void>();
  let arrived = clock();
  let frame: NodeJS.Timeout | undefined;
  let rest: NodeJS.Timeout | undefined;
  let lister: NodeJS.Timeout | undefined;
  let seeker: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;
  const now = () => (setting.live ? (setting.model.events.at(-1)?.t ?? 0) + clock() - arrived : 0);
  let shown: Snapshot = { ui: initialUi(size, setting.live), version: setting.model.version, now: now() };

  let late = false;
  let pause = FRAME;
  const show = (ui: Ui) => {
    shown = { ui, version: setting.model.version, now: now() };
    clearTimeout(seeker);
    if (ui.seeking !== undefined) seeker = setTimeout(() => send({ type: 'seek' }), 1);
    late = behind();
    if (late) return;
    for (const listener of listeners) listener();
    if (isListing(setting)) listOn();
  };
  /** Keys come in between, and frames show how far it is. */
  const listOn = () => {
    soon();
    lister ??= setTimeout(() => {
      lister = undefined;
      listingOf(setting, shown.ui);
      endTurn(setting.model);
      if (isListing(setting)) listOn();
    }, 1);
  };
  const keepBeat = () => {
    const waiting = isWaiting(setting);
    if (waiting && beat === undefined) beat = setInterval(() => show(shown.ui), BEAT);
    if (!waiting && beat !== undefined) {
      clearInterval(beat);
      beat = undefined;
    }
  };
  const soon = () => {
    frame ??= setTimeout(() => {
      frame = undefined;
      keepBeat();
      show(shown.ui);
    }, pause);
  };
  const send = (command: Command) => {
    const [ui, effects] = update(shown.ui, command, setting);
    show(ui);
    for (const effect of effects) perform(effect);
  };
  const again = () => {
    rest ??= setTimeout(() => {
      rest = undefined;
      show(shown.ui);
    }, 1);
  };
  const leave = log.subscribe(() => {
    arrived = clock();
    soon();
  });
  const leaveFindings = setting.findings.subscribe(soon);
  keepBeat();

  return {
    setting,
    snapshot: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send,
    catchUp() {
      if (late) show(shown.ui);
    },
    took(milliseconds) {
      pause = clamp(milliseconds * REST, FRAME, LONGEST_REST);
    },
    again,
    close() {
      leave();
      leaveFindings();
      clearTimeout(frame);
      clearTimeout(rest);
      clearTimeout(lister);
      clearTimeout(seeker);
      clearInterval(beat);
      listeners.clear();
    },
  };
}
