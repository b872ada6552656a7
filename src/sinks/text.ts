/** The conversation as a ladder in text, written event by event: for pipes, logs, screen readers, and `renego show`. */
import chalk, { type ChalkInstance } from 'chalk';
import { changesOf } from '../core/changes.ts';
import type { PartyId, SignalEvent } from '../core/event.ts';
import { type LadderTone, ladderRow } from '../core/ladder.ts';
import type { Model } from '../core/model.ts';
import { displayWidth, fit, printable } from '../core/text.ts';
import { toAscii } from './ascii.ts';
import { findingLines } from './finding-lines.ts';
import {
  ASCII,
  arrowLine,
  type Glyphs,
  headLine,
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
}

/** Columns of number and time. */
const GUTTER = 16;

/** Columns for findings where there is no terminal, and at least. */
const FINDING_COLUMNS = 100;
const FINDING_LEAST = 30;

/** A sink that writes one line an event, under each description what it changes, and what is wrong (notes are left out). */
export function createTextSink(write: Write, options: TextOptions): Sink {
  const glyphs = options.ascii ? ASCII : UNICODE;
  let lanes: Lanes | undefined;
  let newest = 0;

  function lanesFor(model: Model): Lanes {
    const parties = (options.parties ?? model.parties).filter((party) => party !== '');
    if (lanes !== undefined && lanes.parties.length >= parties.length) return lanes;
    const names = parties.map((party) => drawn(party, options));
    const made = lanesOf(parties, names);
    write(`${chalk.dim(`${'#'.padStart(5)}  ${'s'.padStart(7)}  `)}${chalk.bold(headLine(made, names, glyphs))}\n`);
    lanes = made;
    return made;
  }

  return {
    accept(event, model) {
      newest = event.seq;
      for (const line of eventLines(event, model, lanesFor(model), glyphs, options)) write(`${line}\n`);
    },
    found(finding) {
      if (finding.severity === 'info') return;
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
    close() {},
  };
}

function eventLines(event: SignalEvent, model: Model, lanes: Lanes, glyphs: Glyphs, options: TextOptions): string[] {
  const room = options.columns === 0 ? 0 : Math.max(10, options.columns - GUTTER - lanesWidth(lanes) - 2);
  const text = (words: string, indent = 0) => {
    const safe = drawn(words, options);
    return room > 0 && displayWidth(safe) > room - indent ? fit(safe, room - indent, glyphs.ellipsis) : safe;
  };
  const row = ladderRow(model, event);
  const colour = COLOURS[row.tone];
  const gutter = `${String(event.seq).padStart(5)}  ${(event.t / 1000).toFixed(3).padStart(7)}  `;
  const still = chalk.dim(restLine(lanes, glyphs));
  const arrow = row.arrow === 'none' ? still : colour(arrowLine(lanes, event.from, event.to, glyphs));
  // Candidates have lines of their own.
  const sentences = (model.described.get(event.seq) ?? [])
    .flatMap((description) => changesOf(description))
    .filter((change) => change.class !== 'candidates');
  return [
    `${chalk.dim(gutter)}${arrow}  ${colour(text(row.label))}`,
    ...sentences.map(({ sentence }) => `${' '.repeat(GUTTER)}${still}    ${text(sentence, 2)}`),
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
