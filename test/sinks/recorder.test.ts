import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RenegoError } from '../../src/core/errors.ts';
import type { SessionHeader, SignalEvent } from '../../src/core/event.ts';
import { emptyModel } from '../../src/core/reduce.ts';
import { createRecorder } from '../../src/sinks/recorder.ts';

const header: SessionHeader = {
  format: 1,
  tool: 'renego 0.0.0',
  startedAt: '2026-11-21T06:31:13.000Z',
  source: 'peer',
  parties: ['a', 'b'],
  redacted: [],
};
const mark = (seq: number): SignalEvent => ({ seq, t: seq, kind: 'mark', from: 'a', to: 'a', text: `mark ${seq}` });
const fail = (detail: string) => expect.fail(detail);

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-'));
  path = join(folder, 'session.renego.ndjson');
});

afterEach(() => rmSync(folder, { recursive: true }));

const lines = () => readFileSync(path, 'utf8').split('\n').slice(0, -1);

describe('a recording', () => {
  test('holds header, events and end, each on its line', () => {
    const recorder = createRecorder(path, header, fail);
    recorder.accept(mark(1), emptyModel());
    recorder.accept(mark(2), emptyModel());
    recorder.close('user');
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { kind: 'session', ...header },
      mark(1),
      mark(2),
      { kind: 'end', events: 2, reason: 'user' },
    ]);
  });

  test('is complete on disk after every event, before it is closed', () => {
    const recorder = createRecorder(path, header, fail);
    expect(lines()).toHaveLength(1);
    recorder.accept(mark(1), emptyModel());
    expect(lines()).toHaveLength(2);
    recorder.close('user');
  });

  test('can be read by its owner only', () => {
    createRecorder(path, header, fail).close('user');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('takes over an empty file, and makes it private', () => {
    writeFileSync(path, '', { mode: 0o644 });
    createRecorder(path, header, fail).close('user');
    expect(lines()).toHaveLength(2);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('never touches a file that has something in it', () => {
    writeFileSync(path, 'precious');
    expect(codeOf(() => createRecorder(path, header, fail))).toBe('RECORD_EXISTS');
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  test('says so where there is no such folder', () => {
    const nowhere = join(folder, 'no', 'such', 'folder.ndjson');
    expect(codeOf(() => createRecorder(nowhere, header, fail))).toBe('RECORD_FAILED');
  });

  test.runIf(existsSync('/dev/full'))('ends with a full disk, and tells once', () => {
    const told: string[] = [];
    const recorder = createRecorder('/dev/full', header, (detail) => told.push(detail));
    recorder.accept(mark(1), emptyModel());
    recorder.close('user');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/ENOSPC/);
    expect(recorder.failure).toMatch(/ENOSPC/);
  });
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as RenegoError).code;
  }
  return 'no error';
}
