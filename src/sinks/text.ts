/** The conversation as a ladder in text, written event by event: for pipes, logs, screen readers, and `renego show`. */
import chalk, { type ChalkInstance } from 'chalk';
import { changesOf } from '../core/changes.ts';
import { createGrouping, digestLadderRow, type Grouped } from '../core/digest.ts';
import type { PartyId, SignalEvent } from '../core/event.ts';
import { type LadderRow, type LadderTone, ladderRow } from '../core/ladder.ts';
import type { Model } from '../core/model.ts';
import { displayWidth, fit, printable } from '../core/text.ts';
import { toldOnce, withMids } from '../core/told-once.ts';
import { toAscii } from './ascii.ts';
import { findingLines } from './finding-lines.ts';
import {
  ASCII,
  arrowLine,
  type Glyphs,
  headLine,
  isCrowd,
  type Lanes,
  lanesOf,
  lanesWidth,
  restLine,
  UNICODE,
} from './lanes.ts';
import type { Sink, Write } from './sink.ts';

export interface TextOptions {
  readonly ascii: boolean;
  /** Columns of the terminal; 0 where there is none: then nothing is cut. */
  readonly columns: number;
  /** The parties, where they are known from the start; else lanes are added as they appear. */
  readonly parties?: readonly PartyId[];
  /** A line for every event, also for what merely succeeded; candidates one by one. */
  readonly all?: boolean;
}

/** Columns of number and time. */
const GUTTER = 16;

/** Columns for findings where there is no terminal, and at least. */
const FINDING_COLUMNS = 100;
const FINDING_LEAST = 30;

/**
 * A sink that writes a line for each event worth one, under each description what it changes, and what is wrong (notes are
 * left out). Candidates that go the same way share a line, which is written when something else happens.
 */
export function createTextSink(write: Write, options: TextOptions): Sink {
  const glyphs = options.ascii ? ASCII : UNICODE;
  const rowFor = createGrouping();
  /** Rows of candidates with lines still to be written, and how many of each are written already. */
  const waiting = new Map<Grouped, number>();
  const written = new WeakMap<Grouped, number>();
  let lanes: Lanes | undefined;
  let known: Model | undefined;
  let newest = 0;

  /** True if the event has a line of its own, now. */
  function takes(event: SignalEvent): boolean {
    if (options.all === true) return true;
    const row = rowFor(event);
    if (row?.kind === 'candidates') waiting.set(row, written.get(row) ?? 0);
    return row?.kind === 'event';
  }

  function flush(model: Model): void {
    for (const [row, from] of [...waiting].sort(([x], [y]) => x.index - y.index)) {
      written.set(row, row.seqs.length);
      writeRow(model, row.seqs.slice(from));
    }
    waiting.clear();
  }

  function writeRow(model: Model, seqs: readonly number[]): void {
    const row = digestLadderRow(model, seqs);
    if (row === undefined) return;
    for (const line of rowLines(row, model, lanesFor(model), glyphs, options)) write(`${line}\n`);
  }

  function lanesFor(model: Model): Lanes {
    const parties = (options.parties ?? model.parties).filter((party) => party !== '');
    const drawnBefore = lanes?.parties ?? [];
    if (lanes !== undefined && (isCrowd(lanes) || parties.every((party) => drawnBefore.includes(party)))) return lanes;
    const names = parties.map((party) => drawn(party, options));
    const made = lanesOf(parties, names);
    write(`${chalk.dim(`${'#'.padStart(5)}  ${'s'.padStart(7)}  `)}${chalk.bold(headLine(made, names, glyphs))}\n`);
    lanes = made;
    return made;
  }

  return {
    accept(event, model) {
      newest = event.seq;
      known = model;
      if (!takes(event)) return;
      flush(model);
      const row = ladderRow(model, event);
      for (const line of rowLines(row, model, lanesFor(model), glyphs, options)) write(`${line}\n`);
    },
    found(finding) {
      if (finding.severity === 'info') return;
      if (known !== undefined) flush(known);
      const still = lanes === undefined ? '' : `${restLine(lanes, glyphs)}    `;
      const room = options.columns - GUTTER - displayWidth(still);
      const at = finding.event > 0 && finding.event !== newest ? `event ${finding.event}` : '';
      const lines = findingLines(finding, at, {
        columns: options.columns === 0 ? FINDING_COLUMNS : Math.max(FINDING_LEAST, room),
        ascii: options.ascii,
        drawn: (text) => drawn(text, options),
      });
      for (const line of lines) write(`${' '.repeat(GUTTER)}${chalk.dim(still)}${line}\n`);
    },
    close() {
      if (known !== undefined) flush(known);
    },
  };
}

function rowLines(row: LadderRow, model: Model, lanes: Lanes, glyphs: Glyphs, options: TextOptions): string[] {
  const room = options.columns === 0 ? 0 : Math.max(10, options.columns - GUTTER - lanesWidth(lanes) - 2);
  const text = (words: string, indent = 0) => {
    const safe = drawn(words, options);
    return room > 0 && displayWidth(safe) > room - indent ? fit(safe, room - indent, glyphs.ellipsis) : safe;
  };
  const colour = COLOURS[row.tone];
  const gutter = `${String(row.seq).padStart(5)}  ${(row.t / 1000).toFixed(3).padStart(7)}  `;
  const still = chalk.dim(restLine(lanes, glyphs));
  const arrow = row.arrow === 'none' ? still : colour(arrowLine(lanes, row.from, row.to, glyphs));
  // Candidates have lines of their own.
  const sentences = (model.described.get(row.seq) ?? []).flatMap((description) =>
    toldOnce(changesOf(description).filter((change) => change.class !== 'candidates')).map(withMids),
  );
  return [
    `${chalk.dim(gutter)}${arrow}  ${colour(text(row.label))}`,
    ...sentences.map((sentence) => `${' '.repeat(GUTTER)}${still}    ${text(sentence, 2)}`),
  ];
}

const plain: ChalkInstance = chalk.reset;

const COLOURS: Readonly<Record<LadderTone, ChalkInstance>> = {
  offer: chalk.cyan,
  answer: chalk.green,
  candidate: chalk.blue,
  state: chalk.dim,
  link: chalk.dim,
  action: chalk.magenta,
  problem: chalk.red,
  ok: chalk.dim,
  bye: chalk.yellow,
  other: plain,
};

/** Fit for a terminal, and for `--ascii` without anything else. */
function drawn(text: string, { ascii }: TextOptions): string {
  const safe = printable(text);
  return ascii ? toAscii(safe) : safe;
}
