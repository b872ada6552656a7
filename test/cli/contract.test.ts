/** What scripts read has every field that is promised, and none that is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { createJsonLines } from '../../src/sinks/json-lines.ts';
import { broken, CHECK, DIFF, LIVE, SHOW, VERDICT } from '../helpers/contract.ts';
import { renego } from './run.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const inFolder = (name: string, end: string) =>
  readdirSync(fixture(name)).flatMap((file) => (file.endsWith(end) ? [`${name}/${file}`] : []));

const TALKS = [...inFolder('negotiations', '.ndjson').slice(0, 6), ...inFolder('sessions', '.ndjson')];
const OTHERS = ['frames', 'dumps', 'sdp'].flatMap((folder) => inFolder(folder, '').slice(0, 3));
const SESSIONS = [...TALKS, ...OTHERS];
const RESTART = fixture('negotiations/s06-ice-restart-option__chromium-firefox.ndjson');
const VIDEO = fixture('negotiations/s02-add-video__chromium-chromium.ndjson');
const [OFFER, ANSWER] = ['offer', 'answer'].map((type) => fixture(`sdp/chromium-156-${type}-av-data.sdp`));

test('there is something to read', () => expect(SESSIONS.length).toBeGreaterThan(12));

describe.each(SESSIONS)('%s', (name) => {
  test.each([
    ['show', SHOW],
    ['check', CHECK],
    ['diff', DIFF],
  ])('%s --json', async (command, shape) => {
    const { stdout, code } = await renego([command, fixture(name), '--json']);
    // What cannot be read says so elsewhere.
    expect(stdout === '' ? code : broken(stdout, shape)).toEqual(stdout === '' ? 4 : []);
  });
});

describe.each([
  ['check', ['check', OFFER, 'no/such.sdp', RESTART, '--json'], CHECK],
  ['check --as', ['check', '--as', 'offer,answer', OFFER, ANSWER, '--json'], CHECK],
  ['diff of two', ['diff', OFFER, ANSWER, '--json'], DIFF],
  ['diff --agreement', ['diff', RESTART, '--agreement', '--json'], DIFF],
  ['diff --raw', ['diff', OFFER, ANSWER, '--raw', '--json'], DIFF],
  ['check --golden', ['check', VIDEO, RESTART, 'no/such.ndjson', '--golden', RESTART, '--json'], VERDICT],
])('%s', (_, args, shape) => {
  test('as JSON', async () => {
    const { stdout } = await renego(args as string[]);
    expect(stdout.startsWith('{"schema":1,')).toBe(true);
    expect(broken(stdout, shape)).toEqual([]);
  });
});

test.each(TALKS)('%s as the lines of a live session', (name) => {
  let written = '';
  const sink = createJsonLines((text) => {
    written += text;
  });
  const { events } = readSession(readFileSync(fixture(name), 'utf8'), name);
  const model = emptyModel();
  for (const event of events) {
    reduce(model, event);
    sink.accept(event, model);
  }
  for (const finding of check(events)) sink.found?.(finding);
  sink.close('done');
  expect(broken(written, LIVE)).toEqual([]);
});

test('a field too many, one too few and one of another kind are seen', async () => {
  const { stdout } = await renego(['check', OFFER ?? '', '--json']);
  const whole = JSON.parse(stdout) as { files: Record<string, unknown>[] };
  const [file] = whole.files;
  const changed = (files: unknown) => broken(JSON.stringify({ ...whole, files }), CHECK);
  expect(changed([{ ...file, more: 1 }])).toEqual(['line 1.files[0].more: nobody knows this']);
  expect(changed([{ ...file, events: '1' }])).toEqual(['line 1.files[0].events: "1" is no count']);
  expect(changed([{ ...file, counts: undefined }])).toHaveLength(1);
});
