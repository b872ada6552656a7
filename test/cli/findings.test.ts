/** Findings in live sessions: a source that says what a test wants it to say, through the whole pipeline. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { judge } from '../../src/cli/judging.ts';
import { runLive } from '../../src/cli/pipeline.ts';
import type { Draft } from '../../src/core/event.ts';
import { decodeSession } from '../../src/session/decode.ts';
import type { Source } from '../../src/sources/source.ts';
import { emptyRecording } from '../recording.ts';
import { collected, renego } from './run.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const OFFER = readFileSync(fixture('sdp/chromium-156-offer-av-data.sdp'), 'utf8');
const RESTART = fixture('sessions/ice-restart.ndjson');
const HEADLESS = OFFER.replace('v=0\r\n', '');

const said = (sdp: string, type: 'offer' | 'answer' = 'offer'): Draft => ({
  ...(type === 'offer' ? { from: 'me', to: 'you' } : { from: 'you', to: 'me' }),
  kind: 'message',
  protocol: 'test',
  encoding: 'text',
  raw: sdp,
  signals: [{ type, pc: 'call', sdp }],
});
const mark: Draft = { from: 'me', to: 'me', kind: 'mark', text: 'later' };

/** What `renego connect` would print if its peer said this. */
async function live(
  drafts: readonly Draft[],
  over: {
    json?: boolean;
    failOn?: 'error' | 'warning' | 'never';
    settings?: Record<string, 'off'>;
    record?: string;
  } = {},
) {
  const { io, stdout, stderr } = collected();
  const source: Source = {
    async start(emit) {
      for (const draft of drafts) emit(draft);
      return { reason: 'closed', code: 0 };
    },
    dispatch() {},
    refusal: () => undefined,
  };
  const context = { io, ascii: false, interactive: false, debug: false, unread: new AbortController().signal };
  const code = await runLive(context, {
    source,
    about: { source: 'test', parties: [] },
    tool: 'test',
    title: 'test',
    json: over.json === true,
    record: over.record,
    timeout: undefined,
    settings: over.settings ?? {},
    failOn: over.failOn ?? 'never',
    plan: undefined,
  });
  return { code, stdout: stdout(), stderr: stderr() };
}

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('--json', () => {
  test('tells a finding right after the event that made it true, field for field', async () => {
    const printed = lines((await live([said(HEADLESS), mark], { json: true })).stdout);
    expect(printed.map(({ kind }) => kind)).toEqual(['message', 'finding', 'mark', 'negotiation']);
    expect(printed[1]).toMatchObject({
      schema: 1,
      rule: 'sdp-mandatory-line',
      severity: 'error',
      event: 1,
      side: 'me',
    });
    expect(Object.keys(printed[1] ?? {})).toEqual(
      expect.arrayContaining(['message', 'explain', 'fix', 'cites', 'pc', 'related', 'mid', 'line', 'refusedBy']),
    );
  });

  test('tells at the end what only the end shows', async () => {
    const { findings } = JSON.parse(
      (await renego(['show', '-', '--json'], { stdin: (await live([said(OFFER)], { json: true })).stdout })).stdout,
    );
    const printed = lines((await live([said(OFFER)], { json: true })).stdout).filter(({ kind }) => kind === 'finding');
    expect(printed.map(({ schema: _, kind: __, ...finding }) => finding)).toEqual(findings);
  });

  test('a rule that is off says nothing', async () => {
    const { stdout } = await live([said(HEADLESS)], { json: true, settings: { 'sdp-mandatory-line': 'off' } });
    expect(stdout).not.toContain('sdp-mandatory-line');
  });
});

describe('the ladder', () => {
  test('has findings under the row they are about, without mere notes', async () => {
    const { stdout } = await live([said(HEADLESS), said(OFFER)]);
    expect(stdout).toMatch(
      / offer #1 .*\n.*✗ error sdp-mandatory-line: me's offer lacks v=0[\s\S]*Chrome says: [\s\S]*fix: /,
    );
    expect(stdout).not.toMatch(/· info /);
  });

  test('of a recording has them too, and shows the same', async () => {
    const path = fixture('negotiations/s16c-server-restart-offer__chromium-chromium.ndjson');
    const { findings } = JSON.parse((await renego(['show', path, '--json'])).stdout);
    const { stdout } = await renego(['show', path]);
    const shown = [...stdout.matchAll(/[✗!] (?:error|warning) ([\w-]+): /g)].map(([, rule]) => rule);
    const told = findings.filter(({ severity }: { severity: string }) => severity !== 'info');
    expect(shown.sort()).toEqual(told.map(({ rule }: { rule: string }) => rule).sort());
    expect(shown.length).toBeGreaterThan(0);
  });

  test('--rule and --config change what show says', async () => {
    const loud = await renego(['show', RESTART, '--rule', 'ice-restart-offered=warning']);
    expect(loud.stdout).toMatch(/offer #2 · ICE restart[\s\S]*! warning ice-restart-offered: /);
    expect((await renego(['show', RESTART])).stdout).not.toContain('ice-restart-offered');
    expect(await renego(['show', RESTART, '--rule', 'nonsense=off'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('--fail-on', () => {
  test.each<[string, 'error' | 'warning' | 'never', number]>([
    ['an error', 'error', 1],
    ['an error, when warnings fail', 'warning', 1],
    ['nothing', 'never', 0],
  ])('%s fails', async (_, failOn, code) => {
    const outcome = await live([said(HEADLESS)], { failOn });
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toBe(code === 0 ? '' : 'renego: error sdp-mandatory-line (event 1)\n');
  });

  test('is heard by the demo', async () => {
    const { code, stderr } = await renego([
      'demo',
      '--json',
      '--rule',
      'ice-restart-offered=error',
      '--fail-on',
      'error',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^renego: error ice-restart-offered \(event \d+\)$/m);
  });
});

test('a recording holds events only, and is judged again when it is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'renego-'));
  try {
    const record = join(folder, 'bad.ndjson');
    await live([said(HEADLESS)], { record });
    const text = readFileSync(record, 'utf8');
    expect(text).not.toContain('"finding"');
    expect(decodeSession(text)).toMatchObject({ problems: [], events: [{ seq: 1 }] });
    expect((await renego(['check', record])).code).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the clock', () => {
  afterEach(() => void vi.useRealTimers());

  test('is asked every second while a peer connection is there, and not at all otherwise', () => {
    vi.useFakeTimers();
    const { log, model } = emptyRecording();
    const judging = judge(log, model, () => Date.now(), {});
    log.append(mark);
    expect(vi.getTimerCount()).toBe(0);
    log.append(said(OFFER));
    expect(vi.getTimerCount()).toBe(1);
    log.append({ ...said(''), kind: 'message', signals: [{ type: 'bye', pc: 'call' }] } as Draft);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
    judging.finish();
  });

  test('finds what takes too long without another event', () => {
    vi.useFakeTimers({ now: 0 });
    const { log, model } = emptyRecording();
    const judging = judge(log, model, () => Date.now(), {});
    log.append(said(OFFER));
    const rules = () => judging.findings.list().map(({ rule }) => rule);
    expect(rules()).not.toContain('offer-unanswered');
    vi.advanceTimersByTime(120_000);
    // After ten seconds and after a minute.
    expect(rules().filter((rule) => rule === 'offer-unanswered')).toHaveLength(2);
    judging.finish();
    expect(vi.getTimerCount()).toBe(0);
    expect(rules().filter((rule) => rule === 'offer-unanswered')).toHaveLength(2);
  });
});
