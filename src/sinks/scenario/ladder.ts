/** The ladder around a failure: the lines of `renego show` near what failed, with the one that shows it marked. */
import { stripVTControlCharacters } from 'node:util';
import { createDigest, type DigestRow } from '../../core/digest.ts';
import type { SignalEvent } from '../../core/event.ts';
import { eventAt } from '../../core/event-at.ts';
import type { Model } from '../../core/model.ts';
import type { StepResult } from '../../scenario/result.ts';
import { createTextSink, type TextOptions } from '../text.ts';

/** Rows around the place that failed. */
const [BEFORE, AFTER] = [10, 5];
/** Of a step with more rows the last ones are shown. */
const MOST = 40;

/** Lines without their ends; every one begins with two columns for the mark. */
export function ladderAround(model: Model, step: StepResult, options: TextOptions): readonly string[] {
  const rows = rowsAround(model, step);
  const marked = rows.find(({ seqs }) => step.event !== undefined && seqs.includes(step.event))?.seqs[0];
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const sink = createTextSink(write, { ...options, columns: Math.max(0, options.columns - 4) });
  for (const seq of rows.flatMap(({ seqs }) => seqs).sort((a, b) => a - b)) {
    const event = eventAt(model.events, seq);
    if (event !== undefined) sink.accept(event, model);
  }
  sink.close('');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (Number.parseInt(stripVTControlCharacters(line), 10) === marked ? `> ${line}` : `  ${line}`));
}

/** What happened in the step; else around the event that shows why; else, as something did not happen, what was said and done. */
function rowsAround(model: Model, { event, events: [since, until] }: StepResult): readonly DigestRow[] {
  const digest = createDigest();
  for (const one of model.events) digest.append(one);
  const { rows } = digest;
  const at = event === undefined ? undefined : digest.rowOf(event);
  if (until > since) {
    const first = Math.min(digest.rowOf(since + 1) - BEFORE, at ?? rows.length);
    const last = digest.rowOf(until);
    return rows.slice(Math.max(0, first, last + 1 - MOST), last + 1);
  }
  if (at !== undefined) return rows.slice(Math.max(0, at - BEFORE), at + AFTER + 1);
  const telling = rows.filter(({ seqs: [first = 0] }) => isTelling(eventAt(model.events, first), model));
  return telling.slice(-MOST);
}

function isTelling(event: SignalEvent | undefined, model: Model): boolean {
  if (event === undefined) return false;
  if (event.kind === 'message')
    return model.described.has(event.seq) || event.signals.some(({ type }) => type === 'bye');
  return event.kind === 'action' || event.kind === 'mark' || event.kind === 'problem' || event.kind === 'link';
}
