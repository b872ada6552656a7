import { describe, expect, it } from 'vitest';
import { diffTab } from '../../src/tui/rows/diff.ts';
import { highlighted } from '../../src/tui/rows/highlight.ts';
import { allOf, type Row, textOf } from '../../src/tui/rows/row.ts';
import type { Scene } from '../../src/tui/rows/tab.ts';
import { timingTab } from '../../src/tui/rows/timing.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { sceneOf } from './scene.ts';

const { model } = recorded('ice-restart.ndjson');

const scene = (seq: number, over?: Partial<Scene>): Scene => sceneOf(model, seq, over);
const shown = (rows: readonly Row[]) => rows.map((row) => textOf(row).trimEnd());
const words = (rows: readonly Row[]) =>
  rows.flatMap(({ cells }) => cells.flatMap(({ text, tone }) => (tone.endsWith('-word') ? [text] : [])));

describe('the tab Diff', () => {
  it('shows an offer against the one before, changed words marked, equal runs folded', () => {
    const rows = allOf(diffTab.rows(scene(11)));
    expect(shown(rows).slice(0, 2)).toEqual(['- offer #1 of alice · event 1', '+ offer #2 of alice · event 11']);
    expect(shown(rows)).toContain(' 11 - a=ice-ufrag:UT+3');
    expect(shown(rows)).toContain(' 11 + a=ice-ufrag:lbIe');
    expect(words(rows)).toEqual(expect.arrayContaining(['UT+3', 'lbIe']));
    expect(shown(rows).filter((line) => /equal lines/.test(line)).length).toBeGreaterThan(1);
    expect(rows.filter(({ stop }) => stop).length).toBeGreaterThan(3);
  });

  it('unfolds equal lines', () => {
    const folded = allOf(diffTab.rows(scene(11)));
    const fold = folded.find(({ fold: name }) => name !== undefined)?.fold ?? '';
    expect(allOf(diffTab.rows(scene(11, { folds: new Set([fold]) }))).length).toBeGreaterThan(folded.length);
  });

  it('stands side by side where there is room, or when told so', () => {
    const beside = allOf(diffTab.rows(scene(11, { width: 120 })));
    expect(shown(beside)).toContainEqual(expect.stringMatching(/ 11 - a=ice-ufrag:UT\+3 +│ +11 \+ a=ice-ufrag:lbIe/));
    expect(shown(allOf(diffTab.rows(scene(11, { width: 120, beside: false }))))).toContain(' 11 - a=ice-ufrag:UT+3');
    for (const row of beside) expect(textOf(row).length).toBeLessThanOrEqual(120);
  });

  it('scrolls the lines, not their numbers', () => {
    expect(shown(allOf(diffTab.rows(scene(11, { column: 8 }))))).toContain(' 11 - rag:UT+3');
  });

  it('compares the marked two, and says when there is nothing to compare', () => {
    const [a, b] = [1, 35].map((seq) => model.described.get(seq)?.[0]);
    if (a === undefined || b === undefined) throw new Error('no descriptions');
    expect(shown(allOf(diffTab.rows(scene(1, { compared: [a, b] }))))[1]).toBe('+ answer #4 of alice · event 35');
    expect(shown(allOf(diffTab.rows(scene(1))))[0]).toMatch(/first of this side/);
    expect(shown(allOf(diffTab.rows(scene(2))))[0]).toMatch(/select an offer or answer/);
    expect(diffTab.copy(scene(11))?.text).toMatch(/^--- offer #1 [\s\S]*\n\+a=ice-ufrag:lbIe\n/);
  });
});

describe('the tab Timing', () => {
  it('tells how long rounds took', () => {
    expect(shown(allOf(timingTab.rows(scene(1))))).toContainEqual(
      expect.stringMatching(/^ +1 +0\.256 +alice ► bob 44 ms ─+$/),
    );
  });

  it('tells states and gaps', () => {
    const { log, model: other } = emptyRecording();
    const state = (t: number, value: string) =>
      log.append({ t, from: 'a', to: 'a', kind: 'state', pc: 'p', of: 'ice', value });
    state(100, 'new');
    state(200, 'checking');
    state(3200, 'connected');
    const rows = shown(allOf(timingTab.rows(scene(1, { model: other }))));
    expect(rows).toContainEqual(expect.stringMatching(/3\.200 +a ice connected after 3\.0 s$/));
    expect(rows).toContainEqual(expect.stringMatching(/0\.200 +3\.0 s after event 2$/));
  });
});

describe('what is searched for', () => {
  it('is marked wherever it stands', () => {
    const cells = highlighted(
      [
        { text: 'One one', tone: 'plain' },
        { text: 'none', tone: 'muted' },
      ],
      'one',
    );
    expect(cells).toEqual([
      { text: 'One', tone: 'found' },
      { text: ' ', tone: 'plain' },
      { text: 'one', tone: 'found' },
      { text: 'n', tone: 'muted' },
      { text: 'one', tone: 'found' },
    ]);
    expect(highlighted([{ text: 'İone', tone: 'plain' }], 'one')).toHaveLength(1);
  });
});
