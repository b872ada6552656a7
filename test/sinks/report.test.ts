import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { htmlReport } from '../../src/sinks/report/html.ts';
import { html } from '../../src/sinks/report/html-sdp.ts';
import { markdownReport } from '../../src/sinks/report/markdown.ts';
import { mermaidReport } from '../../src/sinks/report/mermaid.ts';
import { countsText, type Told, tell } from '../../src/sinks/report/told.ts';
import { emptyRecording } from '../recording.ts';

const pageOf = (told: Told): string => [...htmlReport(told)].join('');

function toldOf(name: string) {
  const { header, events } = readSession(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'), name);
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return tell(header, model, check(events, {}));
}

const EVIL = '<img src=x onerror=alert(1)>\u001b]52;c;ZXZpbA==\u0007\u202e`````";--> # @all';

/** A session in which everything that can be named is hostile. */
function hostile() {
  const { log, model } = emptyRecording();
  const sdp = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=${EVIL}\r\nt=0 0\r\nm=audio 9 ${EVIL} 0\r\na=mid:${EVIL}\r\n`;
  const message = { from: EVIL, to: 'b', kind: 'message', protocol: EVIL, encoding: 'text', raw: EVIL } as const;
  const drafts: readonly Draft[] = [
    { ...message, signals: [{ type: 'offer', pc: EVIL, sdp }] },
    { ...message, signals: [{ type: 'candidate', pc: EVIL, candidate: EVIL, mid: EVIL }] },
    { ...message, signals: [{ type: 'other', label: EVIL }] },
    { from: EVIL, to: EVIL, kind: 'problem', code: 'X', detail: EVIL },
    { from: 'b', to: 'b', kind: 'mark', text: EVIL },
  ];
  for (const draft of drafts) log.append(draft);
  return tell(log.header, model, check(log.events, {}));
}

describe('a report in HTML', () => {
  const page = pageOf(toldOf('sessions/ice-restart.ndjson'));

  it('is one file that asks for nothing and runs no script but its own', () => {
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('Restarts ICE');
  });

  it('has an anchor for each event that is linked to', () => {
    const ids = new Set([...page.matchAll(/\bid="(e\d+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#(e\d+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});

describe('hostile text', () => {
  test('is no markup and no control in HTML', () => {
    const page = pageOf(hostile());
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test('neither ends a block nor is HTML or a mention in Markdown', () => {
    const text = markdownReport(hostile());
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    const fences = text.split('\n').filter((line) => /^ *`{3,}(?!.*`{3,}.)/.test(line));
    expect(fences.length % 2).toBe(0);
    const prose = text
      .replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?\n\1\2$/gm, '')
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(prose).not.toContain('<img');
    expect(prose).not.toMatch(/ @all/);
  });

  test('stays on its line in Mermaid', () => {
    const text = mermaidReport(hostile());
    for (const line of text.trimEnd().split('\n').slice(1)) expect(line).toMatch(/^ {2}(?:participant|Note over|p\d)/);
    expect(text.replaceAll('>>', '').replaceAll('<br/>', '')).not.toMatch(/[<>`"\u001b\u202e]/);
  });
});

test('a report in Mermaid is short enough to be drawn, and its lines too', () => {
  const { log, model } = emptyRecording();
  for (let n = 0; n < 390; n += 1) log.append({ from: 'a', to: 'a', kind: 'mark', text: `${'"<> '.repeat(30)}${n}` });
  const text = mermaidReport(tell(log.header, model, []));
  expect(text.length).toBeLessThan(50_000);
  const more = Number(/and (\d+) more\n$/.exec(text)?.[1]);
  expect(text.match(/Note over p0: mark/g)?.length).toBe(390 - more);
  const said = text.split('\n').flatMap((line) => line.split(/: |<br\/>/).slice(1));
  for (const part of said) expect(part.replace(/#\d+;/g, 'x').length).toBeLessThanOrEqual(64);
});

test('a report in Markdown has a paragraph for each round, and names a section once', () => {
  const text = markdownReport(toldOf('negotiations/s02-add-video__chromium-chromium.ndjson'));
  const rounds = text.slice(text.indexOf('### Rounds'), text.indexOf('### Descriptions')).split('\n');
  const heads = rounds.flatMap((line, at) => (line.startsWith('**') ? [at] : []));
  expect(heads.length).toBeGreaterThan(1);
  for (const at of heads) expect([rounds[at - 1], rounds[at + 1]]).toEqual(['', '']);
  expect(text).toMatch(/^- Adds video section 'mid \d' \(\w+(?:, track [^)]*)?\)\.$/m);
});

test('a report in Mermaid draws who says what to whom, and what is wrong', () => {
  const text = mermaidReport(toldOf('frames/mdn-race.ndjson'));
  expect(text).toMatch(/^sequenceDiagram\n {2}participant p0 as \w+\n/);
  expect(text).toMatch(/ {2}p\d->>p\d: offer #35;1/);
});

test('a report in Markdown begins with what is wrong', () => {
  const text = markdownReport(toldOf('frames/mdn-race.ndjson'));
  expect(text.indexOf('### Findings')).toBeLessThan(text.indexOf('### Ladder'));
  expect(text).toMatch(/<details><summary>offer 1 of alice/);
});

test.each([
  ['negotiations/s05b-stop-recycle-kind__chromium-chromium.ndjson', /27 events\./],
  ['frames/mdn-race.ndjson', /34 events, started (?:<time>)?2026-11-21T/],
])('a report of %s tells no tool and no date that nobody knows', (name, about) => {
  for (const report of [pageOf, markdownReport]) {
    expect(report(toldOf(name))).toMatch(about);
    expect(report(toldOf(name))).not.toMatch(/by unknown|1970/);
  }
});

test('findings are counted in words, the worst first', () => {
  expect(countsText({ error: 2, warning: 1, info: 9 })).toBe('2 errors, 1 warning');
  expect(countsText({ error: 0, warning: 0, info: 9 })).toBe('nothing wrong found');
  expect(html('<a title="x">&\'</a>')).toBe('&lt;a title=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;');
});

describe('a report of a long session', () => {
  const { header, model, findings } = toldOf('sessions/ice-restart.ndjson');
  const whole = tell(header, model, findings);
  const cut = tell(header, model, findings, { rows: 4, rounds: 1, findings: 0 });

  it('tells the first of it, and how much is left out', () => {
    expect(whole.left).toEqual({ rows: 0, rounds: 0, findings: 0 });
    expect([cut.rows.length, cut.rounds.length, cut.findings.length]).toEqual([4, 1, 0]);
    expect(cut.rows).toEqual(whole.rows.slice(0, 4));
    expect(cut.left).toEqual({
      rows: whole.rows.length - 4,
      rounds: whole.rounds.length - 1,
      findings: whole.findings.length,
    });
    expect(cut.counts).toEqual(whole.counts);
  });

  it('says so in each format, and nothing of it where all is told', () => {
    const [rows, rounds] = [whole.rows.length - 4, whole.rounds.length - 1];
    expect(pageOf(cut)).toContain(`<p>And ${rows} more rows: renego view shows all.</p>`);
    expect(markdownReport(cut)).toContain(`And ${rounds} more round${rounds === 1 ? '' : 's'}: renego view shows all.`);
    expect(mermaidReport(cut)).toContain(`and ${rows} more`);
    for (const text of [pageOf(whole), markdownReport(whole), mermaidReport(whole)])
      expect(text).not.toMatch(/shows all|Note over p0: and/);
  });
});

describe('a report of much', () => {
  const told = toldOf('negotiations/s02-add-video__chromium-chromium.ndjson');
  const [finding] = hostile().findings;
  const times = <T>(all: readonly T[], count: number): readonly T[] => Array.from({ length: count }, () => all).flat();
  const long: Told = {
    ...told,
    header: { ...told.header, url: `ws://${'x'.repeat(100_000)}/`, tool: '<'.repeat(9000) },
    parties: times(['a'.repeat(500)], 3000),
    rows: times(told.rows, 100),
    rounds: times(told.rounds, 100),
    findings: times(finding === undefined ? [] : [{ ...finding, severity: 'error' as const }], 1000),
  };

  it('in Markdown fits into a comment, and counts what does not', () => {
    const text = markdownReport(long);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/^And \d+ more findings: renego view shows all\.$/m);
    expect(text).toMatch(/^And \d+ more rounds: renego view shows all\.$/m);
    expect(text).toMatch(/^And \d+ more: a comment holds no more; renego show --html has them\.$/m);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('in Markdown has a description that is too long for it counted, and the others behind it', () => {
    const [first] = told.rounds;
    if (first === undefined) throw new Error('no round');
    const offer = { ...first.round.offer, text: 'a=x\r\n'.repeat(20_000) };
    const text = markdownReport({ ...told, rounds: [{ ...first, round: { ...first.round, offer } }] });
    expect(text).toContain('<details><summary>answer 1 of');
    expect(text).toContain('And 1 more: a comment');
  });

  it('in HTML comes in small parts', () => {
    const lengths = [...htmlReport({ ...long, header: told.header, parties: told.parties })].map(
      ({ length }) => length,
    );
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    expect(Math.max(...lengths)).toBeLessThan(whole / 100);
  });
});
