import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compareRecordings } from '../../src/rules/golden.ts';
import { check } from '../../src/rules/index.ts';
import { verdictJunit } from '../../src/sinks/verdict/junit.ts';
import { verdictText } from '../../src/sinks/verdict/text.ts';
import { isSame, type Verdict, verdictJson } from '../../src/sinks/verdict/verdict.ts';
import { emptyRecording, recorded } from '../recording.ts';

const golden = ({ log, model }: ReturnType<typeof recorded>) => ({ model, findings: check(log.events, {}) });
const restart = recorded('ice-restart.ndjson');

/** The same without its last descriptions. */
function cut() {
  const shorter = emptyRecording();
  for (const { seq: _, ...draft } of restart.log.events.slice(0, -4)) shorter.log.append(draft);
  return shorter;
}

const same: Verdict = {
  title: 'good.ndjson',
  comparison: compareRecordings(golden(restart), golden(restart)),
  reports: [],
};
const other: Verdict = {
  title: 'good.ndjson',
  comparison: compareRecordings(golden(restart), golden(recorded('ice-restart.ndjson'))),
  reports: [{ kind: 'missing', sentence: 'The <answer> of b\u001b[2J did not come.', recorded: 9 }],
};
const text = (verdict: Verdict, { ascii = false, columns = 0 } = {}) =>
  stripVTControlCharacters(verdictText(verdict, { ascii, columns }));

describe('a verdict', () => {
  it('is the same, or not', () => {
    expect([isSame(same), isSame(other)]).toEqual([true, false]);
    expect(text(same)).toMatch(/\nThe same as good\.ndjson: \d+ descriptions\.\n$/);
    expect(text(other)).toMatch(/\nNot the same as good\.ndjson: 1 difference\.\n$/);
  });

  it('puts what stands for each other side by side, and what is missing alone', () => {
    expect(text(same)).toMatch(/^= +\d+ {2}offer #1 of alice · audio, .* \d+ {2}offer #1 of alice · audio/m);
    const shorter = { ...same, comparison: compareRecordings(golden(restart), golden(cut())) };
    if (!shorter.comparison.equal) expect(text(shorter)).toMatch(/^- +\d+ {2}\w+ #\d of \w+/m);
  });

  it('lets nothing from the wire through', () => {
    expect(text(other)).toContain('The <answer> of b\\x1b[2J did not come.');
    expect(verdictJunit(other)).toContain('The &lt;answer&gt; of b');
    expect(verdictJunit(other)).not.toContain('\u001b');
  });

  it.each([60, 80, 120])('fits a terminal of %d columns', (columns) => {
    for (const ascii of [false, true]) {
      const lines = text({ ...other, notes: ['word '.repeat(60)] }, { ascii, columns }).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
    }
    expect(text(same, { columns: 60 })).toMatch(/… {2,}\d+ {2}offer/);
    expect(text(same, { columns: 60, ascii: true })).toMatch(/\.\.\. {2,}\d+ {2}offer/);
  });

  it('says once what is the same of several sections', () => {
    const pair = same.comparison.pairs[0];
    const [before = null, after = null] = [pair?.before?.description.seq, pair?.after?.description.seq];
    const change = (mid: string, sentence: string) => ({ kind: 'changed', before, after, mid, sentence }) as const;
    const differences = [
      ...['0', '1', '2'].map((mid) => change(mid, 'offer #1 of a: Changes header extension 3 → 13.')),
      change('1', "offer #1 of a: Moves 'mid 1'."),
      change('1', "offer #1 of a: Rejects '1'."),
    ];
    const told = text({ ...same, comparison: { ...same.comparison, equal: false, differences } });
    expect(told).toMatch(/^ +offer #1 of a: Changes header extension 3 → 13 \(mids 0, 1 and 2\)\.$/m);
    expect(told).toMatch(/Rejects '1'\.$/m);
    expect(told).toMatch(/: 5 differences\.\n$/);
  });

  it('is a failing case for everything that differs in JUnit', () => {
    expect(verdictJunit(same)).toMatch(/tests="\d+" failures="0"/);
    expect(verdictJunit(other)).toMatch(/tests="\d+" failures="1"/);
  });

  it('names what was compared, what cannot be done again, and what came up', () => {
    const live = { connected: true, flowed: ['audio', 'video', 'data'] };
    const noted = { ...same, subject: 'now.ndjson', notes: ['The engine has no <H264>.'], live };
    expect(text(noted)).toMatch(
      /The engine has no <H264>\.\nIt connected; audio, video and data arrived\.\nnow\.ndjson is the same as good\.ndjson: \d+ descriptions, apart from the note above\.\n$/,
    );
    expect(text({ ...other, live: { connected: false, flowed: [] } })).toMatch(/^It did not connect\.$/m);
    expect(verdictJson(noted)).toMatchObject({ golden: 'good.ndjson', path: 'now.ndjson', notes: noted.notes, live });
    expect(verdictJunit(noted)).toMatch(/<system-out> *recorded .*\n(?:.*\n)* +The engine has no &lt;H264&gt;\.\n/);
    expect(verdictJunit(noted)).toContain('testsuite name="now.ndjson"');
  });

  it('is one object in JSON', () => {
    expect(verdictJson(other)).toMatchObject({
      ...{ schema: 1, kind: 'verdict', equal: false, differences: [] },
      reports: [{ kind: 'missing', recorded: 9, event: null }],
    });
  });
});
