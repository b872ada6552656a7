import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { feedOf } from '../../src/cli/feed.ts';
import { openInput } from '../../src/cli/input.ts';
import type { Io } from '../../src/cli/io.ts';
import { openRecording } from '../../src/cli/recording.ts';
import type { SignalEvent } from '../../src/core/event.ts';
import { check } from '../../src/rules/index.ts';

const RESTART = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));
const open = (path: string, signal = new AbortController().signal) =>
  openRecording(feedOf(openInput(path, {} as Io)), signal);

describe('a recording for the screen', () => {
  it('is read, and judged as check judges it', async () => {
    const recording = open(RESTART);
    await recording.ready;
    const { log, model, findings } = recording;
    expect(log.events.length).toBeGreaterThan(5);
    expect(model.version).toBe(log.events.length);
    await recording.judge({});
    expect(findings.list()).toEqual(check(log.events));
    expect(log.header.source).not.toBe('unknown');
  });

  it('takes notes behind its events, also while it is read', async () => {
    const recording = open(RESTART);
    const { log, model } = recording;
    const told: SignalEvent[] = [];
    log.subscribe((event) => told.push(event));
    log.append({ from: 'a', to: 'a', kind: 'mark', text: 'early' });
    await recording.read;
    log.append({ from: 'a', to: 'a', kind: 'mark', text: 'late' });
    const marks = log.events.slice(-2);
    expect(marks).toMatchObject([{ text: 'early' }, { text: 'late' }]);
    expect(marks.map(({ seq }) => seq)).toEqual([log.events.length - 1, log.events.length]);
    expect(model.version).toBe(log.events.length);
    expect(told.slice(-2)).toEqual(marks);
  });

  it('says how far it is while it is read and judged, and nothing more at the end', async () => {
    const recording = openRecording(feedOf(openInput(RESTART, {} as Io)), new AbortController().signal, -1);
    const said: (string | undefined)[] = [];
    const leave = recording.work.subscribe(() => said.push(recording.work.now()));
    await recording.read;
    expect(said.at(0)).toMatch(/^reading/);
    expect(said.at(-1)).toBeUndefined();
    await recording.judge({});
    expect(said).toContain('judging 50 %');
    expect(said.at(-1)).toBeUndefined();
    leave();
  });

  it('that is small says nothing', async () => {
    const recording = openRecording(feedOf(openInput(RESTART, {} as Io)), new AbortController().signal, 1e9);
    recording.work.subscribe(() => expect.unreachable());
    await recording.judge({});
  });

  it('that cannot be read says so', async () => {
    const recording = open('/no/such/file');
    await expect(recording.ready).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(recording.judge({})).rejects.toMatchObject({ code: 'UNREADABLE' });
  });
});
