import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../src/engines/index.ts';
import { decodeSession } from '../../src/session/decode.ts';
import { createServe } from '../../src/sources/serve.ts';
import { renego } from './run.ts';

type Line = Record<string, unknown>;

const stop = new AbortController();
let url = '';
let serving: Promise<unknown>;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renego-'));
  url = await new Promise((resolve) => {
    const [engine] = engines;
    const source = createServe({ ...(engine && { echo: engine }), listening: (server) => resolve(server.url) });
    serving = source.start(() => undefined, stop.signal);
  });
});

afterAll(async () => {
  stop.abort();
  await serving;
  rmSync(folder, { recursive: true });
});

const connect = async (...flags: string[]) => {
  const { code, stdout, stderr } = await renego(['connect', url, '--timeout', '20s', '--json', ...flags]);
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  return { code, stderr, lines, rounds: lines.filter(({ kind }) => kind === 'negotiation') };
};

describe('connect', () => {
  test('calls, and ends when connected', async () => {
    const { code, stderr, lines, rounds } = await connect('--call', '--exit-when', 'connected');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(rounds).toEqual([expect.objectContaining({ cause: 'first', state: 'complete', offerer: 'renego' })]);
    expect(lines.every(({ schema }) => schema === 1)).toBe(true);
    expect(lines.filter(({ kind, severity }) => kind === 'finding' && severity === 'error')).toEqual([]);
  });

  test('does what --do says when its moment comes, and ends after it', async () => {
    const doing = ['--do', 'restart-ice@connected', '--do', 'mark:here@connected'];
    const { code, rounds, lines } = await connect('--call', ...doing, '--exit-when', 'connected');
    expect(code).toBe(0);
    expect(rounds.map(({ cause }) => cause)).toEqual(['first', 'ice-restart']);
    const marks = lines.filter(({ kind }) => kind === 'mark').map(({ text }) => text);
    expect(marks).toEqual(['protocol mdn, chosen by the subprotocol json; --protocol overrules', 'here']);
  });

  test('does things at their time', async () => {
    const { code, lines } = await connect('--call', '--do', 'hangup@+600ms', '--exit-when', 'closed');
    expect(code).toBe(0);
    expect(lines.filter(({ kind }) => kind === 'action').map(({ action }) => action)).toContainEqual({ do: 'hangup' });
  });

  test('ends with 1 if the state is not reached in time', async () => {
    const { code, stderr } = await renego([
      'connect',
      url,
      '--json',
      '--answer-only',
      '--exit-when',
      'connected',
      '--timeout',
      '400ms',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe("renego: 'connected' was not reached in time\n");
  });

  test('ends with 1 and says why if something of --do could not be done', async () => {
    const { code, stderr } = await renego(['connect', url, '--answer-only', '--do', 'restart-ice', '--timeout', '3s']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'renego: --do restart-ice was not done: there is no call yet\n',
    });
  });

  test('ends with 0 after --timeout when nothing was asked for', async () => {
    expect(await renego(['connect', url, '--answer-only', '--timeout', '300ms'])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('records what it prints', async () => {
    const path = join(folder, 'call.ndjson');
    const { lines, stderr } = await connect('--call', '--exit-when', 'connected', '--record', path);
    expect(stderr).toContain(`recorded to ${path}`);
    const { events, end, problems, header } = decodeSession(readFileSync(path, 'utf8'));
    expect(problems).toEqual([]);
    expect(header).toMatchObject({ source: 'peer', url });
    expect(end).toEqual({ events: events.length, reason: 'done' });
    const told = lines.filter(({ seq }) => seq !== undefined).map(({ schema: _, ...event }) => event);
    expect(told).toEqual(events);
    const again = await renego(['connect', url, '--record', path]);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/is not empty \[RECORD_EXISTS\]\n {2}A recording is never overwritten/);
  });
});

test('demo plays its story to the end by itself', async () => {
  const { code, stdout, stderr } = await renego(['demo', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  const rounds = lines.filter(({ kind }) => kind === 'negotiation');
  expect(rounds.map(({ cause, state }) => `${cause} ${state}`)).toEqual([
    'first complete',
    'renegotiation complete',
    'ice-restart complete',
  ]);
  expect(lines.filter(({ kind, severity }) => kind === 'finding' && severity === 'error')).toEqual([]);
});
