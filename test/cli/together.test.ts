import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInput } from '../../src/cli/input.ts';
import type { Io } from '../../src/cli/io.ts';
import { openRecording } from '../../src/cli/recording.ts';
import { together } from '../../src/cli/together.ts';
import type { EventBody } from '../../src/core/event.ts';
import { check } from '../../src/rules/index.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { encodeEvent, encodeHeader } from '../../src/session/format.ts';

const RESTART = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-together-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A recording of notes, with its own numbers, written at these milliseconds after it began. */
function written(name: string, startedAt: string, times: readonly number[], body: (seq: number) => EventBody = note) {
  const path = join(folder, name);
  const header = { format: 1, tool: 'renego', startedAt, source: 'peer', parties: ['app'], redacted: [] } as const;
  const lines = times.map((t, at) => encodeEvent({ seq: at + 1, t, from: 'app', to: 'app', ...body(at + 1) }));
  writeFileSync(path, [encodeHeader(header), ...lines, ''].join('\n'));
  return path;
}
const note = (seq: number): EventBody => ({ kind: 'mark', text: `note ${seq}`, ...(seq > 1 && { of: seq - 1 }) });

async function merged(sources: readonly string[]) {
  const feed = together(sources.map((source) => openInput(source, {} as Io)));
  const recording = openRecording(feed, new AbortController().signal);
  await recording.read;
  return { feed, recording, told: [...feed.events].map(({ seq, t, from }) => `${seq} ${t} ${from}`) };
}

describe('several recordings', () => {
  it('are merged by the clock', async () => {
    const client = written('client.ndjson', '2026-11-21T06:00:00.000Z', [0, 20, 40]);
    const server = written('server.ndjson', '2026-11-21T06:00:00.010Z', [0, 20]);
    const { told, feed } = await merged([server, client]);
    expect(told).toEqual([
      '1 0 app@client',
      '2 10 app@server',
      '3 20 app@client',
      '4 30 app@server',
      '5 40 app@client',
    ]);
    expect(feed.header()).toMatchObject({
      startedAt: '2026-11-21T06:00:00.000Z',
      parties: ['app@server', 'app@client'],
    });
    const notes = [...feed.events].map((event) => (event.kind === 'mark' ? event.of : NaN));
    expect(notes).toEqual([undefined, undefined, 1, 2, 3]);
  });

  it('begin together if one does not know when it began', async () => {
    const first = written('first.ndjson', '2026-11-21T06:00:00.000Z', [0, 20]);
    const second = written('second.ndjson', '1970-01-01T00:00:00.000Z', [10]);
    expect((await merged([first, second])).told).toEqual(['1 0 app@first', '2 10 app@second', '3 20 app@first']);
  });

  it('of the same name are told apart by their folders, and the same file by a number', async () => {
    for (const name of ['old', 'new']) mkdirSync(join(folder, name));
    const paths = ['old/call.ndjson', 'new/call.ndjson'].map((name) => written(name, '', [0]));
    const parties = async (sources: readonly string[]) => (await merged(sources)).recording.model.parties;
    expect(await parties(paths)).toEqual(['app@old-call', 'app@new-call']);
    const same = written('call.ndjson', '', [0]);
    const [one, two] = await parties([same, same]);
    expect([one, two]).toEqual([expect.stringMatching(/-call$/), expect.stringMatching(/-call-2$/)]);
  });

  it('find the event that is named', async () => {
    const client = written('client.ndjson', '', [0, 20]);
    const server = written('server.ndjson', '', [10, 30]);
    expect((await merged([client, server])).feed.selected()).toBeUndefined();
    expect((await merged([client, `${server}#2`])).feed.selected()).toBe(4);
    const { feed } = await merged([client, `${server}#9`]);
    expect(() => feed.selected()).toThrow('has no event 9');
  });

  it('are judged each as by itself', async () => {
    const { recording } = await merged([RESTART, RESTART]);
    await recording.judge({});
    const { events } = recording.log;
    const alone = check(await eventsOf(RESTART));
    const kinds = (findings: readonly Finding[]) => findings.map(({ rule }) => rule).sort();
    expect(kinds(recording.findings.list())).toEqual(kinds([...alone, ...alone]));
    expect(recording.model.sessions.size).toBe(2);
    expect(events.length).toBe(2 * (await eventsOf(RESTART)).length);
  });

  it('take notes behind all of them', async () => {
    const { recording } = await merged([RESTART, RESTART]);
    const { log } = recording;
    const { length } = log.events;
    log.append({ from: 'x', to: 'x', kind: 'mark', text: 'late', of: 3 });
    expect(log.events.at(-1)).toMatchObject({ seq: length + 1, text: 'late', of: 3 });
    expect(log.events.slice(-2)).toHaveLength(2);
  });

  it('say how far reading them is, and why one cannot be read', async () => {
    const feed = together([RESTART, RESTART].map((path) => openInput(path, {} as Io)));
    const recording = openRecording(feed, new AbortController().signal, -1);
    const said: (string | undefined)[] = [];
    recording.work.subscribe(() => said.push(recording.work.now()));
    await recording.read;
    expect(said.at(0)).toMatch(/^reading/);
    expect(feed.done()).toBe(1);
    await expect(merged([RESTART, join(folder, 'none')])).rejects.toMatchObject({ code: 'UNREADABLE' });
  });
});

async function eventsOf(path: string) {
  const { load } = await import('../../src/cli/load.ts');
  return (await load(path, {} as Io)).events.slice();
}
