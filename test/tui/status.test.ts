import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { fixedFindings } from '../../src/rules/finding-store.ts';
import { isWaiting, statusCells, titleCells } from '../../src/tui/rows/status.ts';
import { initialUi, type Setting } from '../../src/tui/state.ts';
import { look } from '../../src/tui/view.ts';
import { someFinding } from '../helpers/finding.ts';
import { emptyRecording } from '../recording.ts';
import { settingOf } from './setting.ts';

const size = { columns: 80, rows: 24 };
const message = { kind: 'message', protocol: 'p', encoding: 'text', raw: '' } as const;
const offer: Draft = {
  ...message,
  t: 1000,
  from: 'alice',
  to: 'bob',
  signals: [{ type: 'offer', pc: 'p', sdp: 'v=0\r\n' }],
};
const answer: Draft = {
  ...message,
  t: 1500,
  from: 'bob',
  to: 'alice',
  signals: [{ type: 'answer', pc: 'p', sdp: 'v=0\r\n' }],
};
const bye: Draft = { ...message, t: 2000, from: 'bob', to: 'alice', signals: [{ type: 'bye', pc: 'p' }] };
const state = (of: 'ice' | 'connection' | 'signaling', value: string): Draft => ({
  from: 'alice',
  to: 'alice',
  kind: 'state',
  pc: 'p',
  of,
  value,
});
const link = (change: 'open' | 'close'): Draft => ({ from: 'alice', to: 'server', link: '1', kind: 'link', change });

function setting(live: boolean, ...drafts: Draft[]): Setting {
  const { log, model } = emptyRecording();
  for (const draft of drafts) log.append(draft);
  return settingOf(model, { title: 'a title', live, canSave: false, canEdit: false });
}

const status = (of: Setting, now = 0) =>
  statusCells(of, now)
    .map(({ text }) => text)
    .join('');

describe('the status line', () => {
  it.each([
    ['nothing', [], ' nobody is connected'],
    ['a signaling connection', [link('open')], ' ● alice-server'],
    ['a lost one', [link('open'), link('close')], ' ● alice-server closed'],
    ['an open offer', [offer], " ● alice ↔ bob  signaling have-local-offer  offer #1 waiting for bob's answer 0.5 s"],
    ['an answered one', [offer, answer], ' ● alice ↔ bob  signaling stable'],
    [
      'what the engine says',
      [offer, answer, state('ice', 'checking'), state('connection', 'connecting'), state('signaling', 'stable')],
      ' ● alice ↔ bob  signaling stable  ICE checking  connection connecting',
    ],
    ['a call that is over', [offer, answer, bye], ' ● hung up  signaling closed'],
  ] as const)('tells of %s', (_what, drafts, text) => {
    expect(status(setting(true, ...drafts), 1500)).toBe(text);
  });

  it('counts no time in a recording', () => {
    const recording = setting(false, offer);
    expect(status(recording)).toContain('offer #1 was not answered');
    expect(isWaiting(recording)).toBe(false);
  });

  it('waits only while an offer is open', () => {
    expect([[offer], [offer, answer], [offer, bye], []].map((drafts) => isWaiting(setting(true, ...drafts)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('counts what is hidden where that fits in whole', () => {
    const told = (columns: number) =>
      statusCells(setting(true, offer), 0, 90, columns)
        .map(({ text }) => text)
        .join('');
    const wide = told(200);
    expect(wide).toMatch(/ {2}\+90 hidden$/);
    expect(told(wide.length)).toBe(wide);
    expect(told(wide.length - 1)).toBe(wide.replace(/ {2}\+90 hidden$/, ''));
  });

  it('makes what came over the wire visible', () => {
    expect(status(setting(true, offer, state('ice', '\u001b[2J')))).toContain('ICE \\x1b[2J');
  });
});

describe('a filter that leaves nothing', () => {
  it('leaves no finding to the row that is not there', () => {
    const of = setting(false, offer, answer);
    const found = { ...of, findings: fixedFindings([someFinding({ event: 1 }), someFinding({ event: 2 })]) };
    const ui = { ...initialUi(size, false), filter: 'text:nowhere' };
    const { total, scene } = look(ui, found);
    expect([total, scene.findings.here.length, scene.findings.all.length]).toEqual([0, 0, 2]);
  });
});

describe('the title line', () => {
  it('shows the end of a path that is too long', () => {
    const ui = initialUi({ columns: 60, rows: 20 }, false);
    const path = `a/very/long/path/to/some/folder/with/recordings/${'x'.repeat(10)}/call.ndjson`;
    const { model } = emptyRecording();
    const setting = settingOf(model, { title: path });
    const text = titleCells(ui, setting, look(ui, setting))
      .map((one) => one.text)
      .join('');
    expect(text).toMatch(/^ …[\w/]+\/call\.ndjson +0 events · recording $/);
    expect(text).toHaveLength(60);
  });

  it('tells of the filter, the pause and how much is listed, in the width of the screen', () => {
    const live = setting(true, offer, answer, bye);
    const ui = { ...initialUi(size, true), filter: 'kind:offer', frozenAt: 2, follow: false };
    const text = titleCells(ui, live, look(ui, live))
      .map((cell) => cell.text)
      .join('');
    expect(text).toMatch(/^ a title +1 of 3 events · filter kind:offer · paused, 1 more $/);
    expect(text).toHaveLength(80);
  });
});
