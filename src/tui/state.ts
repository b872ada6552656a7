/** What the user has done to the screen, as plain data; what keys can ask for; what only the outside can do for them. */
import type { Action, PcId } from '../core/event.ts';
import type { Saved } from '../core/filter.ts';
import type { Model } from '../core/model.ts';
import type { FindingStore } from '../rules/finding-store.ts';
import type { Glyphs } from './glyphs.ts';
import type { Keymap } from './keymap.ts';
import type { Size } from './layout.ts';

/** What can be typed at the foot of the screen. */
export type Typed = 'filter' | 'find' | 'note';
export type Times = 'session' | 'row' | 'round';

export interface Ui {
  readonly size: Size;
  /** Where the panes are parted, as a part of the body (0 to 1); by their own measure if it was not moved. */
  readonly divider: number | undefined;
  /** The divider is being dragged. */
  readonly dragging: boolean;
  readonly screen: 'main' | 'help' | 'palette';
  readonly focus: 'ladder' | 'detail';
  /** Id of the tab shown in the detail pane. */
  readonly tab: string;
  /** The selected event by seq, the first of its row; while following it is the newest one. */
  readonly selected: number;
  readonly follow: boolean;
  /** While paused: the last event that is shown. */
  readonly frozenAt: number | undefined;
  /** Every event has a row of its own; else only what matters is listed. */
  readonly every: boolean;
  /** First shown index of the ladder. */
  readonly top: number;
  readonly zoomed: boolean;
  readonly filter: string;
  /** While something is typed at the foot: what, and what it was before. */
  readonly prompt: { readonly for: Typed; readonly before: string } | undefined;
  /** What is searched for, and marked in both panes. */
  readonly find: string;
  /** While a search through the ladder goes on: which way, and how many rows it has been through. */
  readonly seeking: { readonly by: 1 | -1; readonly rows: number } | undefined;
  /** A note that is being typed. */
  readonly note: string;
  /** What the ladder's times count from: the session's start, the row before, the offer of the round. */
  readonly times: Times;
  /** Lanes that are not shown, and those that were moved, from the left. */
  readonly lanes: { readonly hidden: readonly string[]; readonly order: readonly string[] };
  /** The tab Diff: side by side, or one below the other; by the width if undefined. */
  readonly beside: boolean | undefined;
  /** The command palette: what is typed, and which of the commands that fit is chosen. */
  readonly palette: { readonly text: string; readonly index: number };
  /** Marked events, oldest mark first; at most two. */
  readonly marks: readonly number[];
  readonly comparing: boolean;
  readonly folds: ReadonlySet<string>;
  /** Where the cursor of the detail pane is; `of` names the rows it belongs to. */
  readonly detail: { readonly of: string; readonly row: number; readonly top: number };
  /** Columns the detail pane is scrolled to the right. */
  readonly column: number;
  /** First shown line of the help. */
  readonly helpTop: number;
  /** Notes were taken of a recording, and are in no file yet. */
  readonly unsaved: boolean;
  /** A sentence for the user, until the next key. */
  readonly toast: { readonly text: string; readonly tone: 'good' | 'warn' } | undefined;
}

/** A message that a proxy holds until somebody lets it go. */
export interface HeldText {
  /** Of the event in the log. */
  readonly seq: number;
  readonly text: string;
  /** The text is the description or candidate in it, or the whole frame. */
  readonly as: 'signal' | 'frame';
  /** The whole frame; JSON laid out to be read. */
  readonly frame: string;
  readonly what: string;
}

/** What the screen is about, and what it can ask for. Changes with the log, not with keys. */
export interface Setting {
  readonly model: Model;
  readonly title: string;
  /** Said until something happens: what can be done for that. */
  readonly waiting?: string;
  /** False for a recording. */
  readonly live: boolean;
  readonly glyphs: Glyphs;
  readonly findings: FindingStore;
  readonly canSave: boolean;
  readonly canEdit: boolean;
  /** Notes can be taken. */
  readonly canNote?: boolean;
  /** There is a $PAGER. */
  readonly canPage?: boolean;
  /** There is a shell to go back to for a while; true without it. */
  readonly canSuspend?: boolean;
  /** Why it must go on running; undefined if it need not. */
  readonly stays?: string;
  /** The keys; those of `bindings.ts` without it. */
  readonly keymap?: Keymap;
  /** Saved filters by name; none without it. */
  readonly filters?: () => Saved;
  /** Filters can be saved. */
  readonly canSaveFilter?: boolean;
  /** Asks for another frame soon: this one had no time for everything. Without it a frame takes the time it needs. */
  readonly again?: () => void;
  /** Tells how much of that time is over, in milliseconds from any start; the process's own without it. */
  readonly clock?: () => number;
  /** What goes on beside keys: `reading 43 %`. */
  readonly work?: () => string | undefined;
  /** Oldest first. */
  held(): readonly HeldText[];
  /** Why an action cannot be done now; undefined if it can. */
  refusal(action: Action): string | undefined;
}

export type Command =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'scroll'; readonly by: number }
  | { readonly type: 'tab'; readonly by: 1 | -1 }
  | { readonly type: 'tab-to'; readonly number: number }
  | { readonly type: 'enter' }
  | { readonly type: 'back' }
  | { readonly type: 'zoom' }
  | { readonly type: 'follow' }
  | { readonly type: 'pause' }
  /** Opens the line at the foot. */
  | { readonly type: 'ask'; readonly for: Typed }
  | { readonly type: 'filter-by'; readonly text: string }
  | { readonly type: 'accept' }
  /** Completes the word that is typed; again: the next that fits. */
  | { readonly type: 'complete' }
  | { readonly type: 'cancel' }
  | { readonly type: 'erase'; readonly all: boolean }
  | { readonly type: 'type'; readonly text: string }
  /** What the terminal says was pasted: never keys, as it may be anything. */
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'finding'; readonly by: 1 | -1 }
  | { readonly type: 'select'; readonly seq: number }
  | { readonly type: 'every' }
  /** To the next place that is marked: what was searched for, else what changed. */
  | { readonly type: 'stop'; readonly by: 1 | -1 }
  /** On with the search for it. */
  | { readonly type: 'seek' }
  | { readonly type: 'times' }
  | { readonly type: 'beside' }
  /** Of the lane of the selected event. */
  | { readonly type: 'lane'; readonly to: 'left' | 'right' | 'hidden' | 'shown' }
  /** Moves the line between the panes. */
  | { readonly type: 'divide'; readonly by: 1 | -1 }
  | { readonly type: 'next-note' }
  | { readonly type: 'palette' }
  /** What was chosen in the palette. */
  | { readonly type: 'run'; readonly command: Command }
  | { readonly type: 'mark' }
  | { readonly type: 'compare' }
  | { readonly type: 'copy' }
  | { readonly type: 'save' }
  /** Only what is listed. */
  | { readonly type: 'save-listed' }
  | { readonly type: 'edit' }
  | { readonly type: 'page-out' }
  | { readonly type: 'theme' }
  | { readonly type: 'suspend'; readonly by: 'key' | 'signal' }
  | { readonly type: 'help' }
  | { readonly type: 'quit' }
  | { readonly type: 'act'; readonly action: Action }
  /** To an editor, and on from there: the message that is held, or a copy of the selected one. */
  | { readonly type: 'rewrite'; readonly to: 'edit' | 'edit-frame' | 'inject' }
  /** To an editor with the configuration of a page's connection, and on from there. */
  | { readonly type: 'configure' }
  /** Of the mouse; columns and rows of the screen from 0. */
  | { readonly type: 'click' | 'drag'; readonly column: number; readonly row: number }
  | { readonly type: 'wheel'; readonly column: number; readonly row: number; readonly by: 1 | -1 }
  | { readonly type: 'release' }
  | { readonly type: 'resize'; readonly size: Size }
  | { readonly type: 'say'; readonly text: string; readonly tone: 'good' | 'warn' };

export type Effect =
  | { readonly type: 'dispatch'; readonly action: Action }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'save' }
  | { readonly type: 'save-listed'; readonly seqs: readonly number[] }
  | { readonly type: 'note'; readonly text: string; readonly of: number }
  /** To $PAGER. */
  | { readonly type: 'page-out'; readonly text: string; readonly what: string }
  | { readonly type: 'theme' }
  | { readonly type: 'suspend'; readonly by: 'key' | 'signal' }
  | { readonly type: 'save-filter'; readonly name: string; readonly text: string }
  | { readonly type: 'edit'; readonly text: string; readonly what: string }
  | Rewriting
  | { readonly type: 'configure'; readonly pc: PcId | undefined }
  | { readonly type: 'quit' };

/** A text goes through the editor; what comes back becomes the action's. */
export interface Rewriting {
  readonly type: 'rewrite';
  readonly text: string;
  readonly what: string;
  /** The message it is of, if that is held. */
  readonly held?: number;
  /** A sentence where nothing can be made of it. */
  readonly use: (text: string) => Action | string;
}

/** What a command changes, and what it asks of the outside. */
export type Step = Partial<Ui> | readonly [Partial<Ui>, Effect];

/** The screen at the start: a live session is followed, a recording begins at its first event. */
export function initialUi(size: Size, live: boolean): Ui {
  return {
    size,
    divider: undefined,
    dragging: false,
    screen: 'main',
    focus: 'ladder',
    tab: 'changes',
    selected: 1,
    follow: live,
    frozenAt: undefined,
    top: 0,
    zoomed: false,
    every: false,
    filter: '',
    prompt: undefined,
    find: '',
    seeking: undefined,
    note: '',
    times: 'session',
    lanes: { hidden: [], order: [] },
    beside: undefined,
    palette: { text: '', index: 0 },
    marks: [],
    comparing: false,
    folds: new Set(),
    detail: { of: '', row: 0, top: 0 },
    column: 0,
    helpTop: 0,
    unsaved: false,
    toast: undefined,
  };
}
