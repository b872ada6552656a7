/** Real two-peer negotiations (test/fixtures/diff): each description with the one its side offered before. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { type Agreement, agree } from '../../../src/sdp/agreement.ts';
import { type DiffOptions, diffSdp } from '../../../src/sdp/diff.ts';
import { effectOf } from '../../../src/sdp/effect.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import type { Sdp } from '../../../src/sdp/sdp.ts';
import { summarise, summariseFirst } from '../../../src/sdp/summary.ts';
import { told } from './edits.ts';

interface Row {
  readonly scenario: string;
  readonly from: string;
  readonly type: string;
  readonly sdp: string;
}

const packed = readFileSync(new URL('../../fixtures/diff/scenarios.ndjson.br', import.meta.url));
const rows: readonly Row[] = brotliDecompressSync(packed)
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row);

/** An offer after the first of its side, and what it is compared with (rules C.1). */
export interface Step {
  readonly scenario: string;
  readonly from: string;
  readonly before: Sdp;
  readonly after: Sdp;
  readonly options: DiffOptions;
}

export const steps: readonly Step[] = [...new Set(rows.map((row) => row.scenario))].flatMap((scenario) => {
  const offers = new Map<string, Sdp>();
  const last = new Map<string, Sdp>();
  return rowsOf(scenario).flatMap((row): Step[] => {
    const after = parseSdp(row.sdp);
    const offered = offers.get(row.from);
    const newest = last.get(row.from);
    last.set(row.from, after);
    if (row.type !== 'offer') return [];
    offers.set(row.from, after);
    const before = offered ?? newest;
    if (before === undefined) return [];
    const options = { answerToOffer: offered === undefined, transport: newest === before ? undefined : newest };
    return [{ scenario, from: row.from, before, after, options }];
  });
});

export function rowsOf(scenario: string): readonly Row[] {
  return rows.filter((row) => row.scenario.startsWith(scenario));
}

/** The re-offers of a scenario, each as `from: label` and its changes without candidates. */
export function reoffers(scenario: string): string[] {
  return steps
    .filter((step) => step.scenario.startsWith(scenario))
    .flatMap((step) => {
      const changes = diffSdp(step.before, step.after, step.options);
      const shown = changes.filter((change) => change.class !== 'candidates');
      return [
        `${step.from}: ${summarise(changes)}`,
        ...told(shown, '  ').map((line) => line.replace(/ \d*[\d,]*>[\d,]* /, ' ')),
      ];
    });
}

/** Each finished round: the first offer's label, then what changed for the call. */
export function rounds(scenario: string): string[] {
  let offer: Row | undefined;
  let before: Agreement | undefined;
  return rowsOf(scenario).flatMap((row) => {
    if (row.type === 'offer') offer = row;
    if (row.type !== 'answer' || offer === undefined) return [];
    const parsed = parseSdp(offer.sdp);
    const after = agree(parsed, parseSdp(row.sdp), { offerer: offer.from, answerer: row.from });
    const effects = effectOf(before, after).map((effect) => `  ${effect.mid ?? '-'} ${effect.sentence}`);
    const label = before === undefined ? summariseFirst(parsed) : 'then';
    before = after;
    return [label, ...effects];
  });
}
