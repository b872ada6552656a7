import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { OUTPUT_FORMATS } from '../../src/cli/formats.ts';
import { renego } from './run.ts';

const RESTART = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'renego-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(OUTPUT_FORMATS.flatMap(({ name, extensions }) => extensions.map((end) => [end, name] as const)))(
  'a name that ends in %s means %s',
  async (end, name) => {
    const path = join(folder, `out${end}`);
    const { code, stderr } = await renego(['convert', RESTART, path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(`(${name}, `) });
    expect(readFileSync(path, 'utf8').length).toBeGreaterThan(100);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  },
);

test('nothing is overwritten unless that is said', async () => {
  const path = join(folder, 'twice.har');
  await renego(['convert', RESTART, path]);
  expect(await renego(['convert', RESTART, path])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('FILE_EXISTS'),
  });
  expect(await renego(['convert', RESTART, path, '--force'])).toMatchObject({ code: 0 });
});

test('a name that says nothing, and a format that is none, name what there is', async () => {
  for (const args of [['out.xyz'], ['-', '--to', 'pdf']]) {
    const { code, stderr } = await renego(['convert', RESTART, ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/session \(\.ndjson.*mermaid \(\.mmd/);
  }
});

test('large events are not waited for until there are a thousand: who comes later is not in the header', async () => {
  const line = (t: number, from: string, length: number) =>
    JSON.stringify({ t, from, to: 'b', type: 'offer', sdp: `v=0\r\ns=${'x'.repeat(length)}\r\n` });
  const partiesOf = async (length: number) => {
    const [source, target] = [join(folder, 'large.ndjson'), join(folder, 'large.renego.ndjson')];
    const lines = Array.from({ length: 12 }, (_none, index) => line(index, 'a', length));
    writeFileSync(source, `${[...lines, line(12, 'late', 1)].join('\n')}\n`);
    expect(await renego(['convert', source, target, '--force'])).toMatchObject({ code: 0 });
    return JSON.parse(readFileSync(target, 'utf8').split('\n')[0] ?? '').parties;
  };
  expect(await partiesOf(10)).toEqual(['a', 'b', 'late']);
  expect(await partiesOf(2 * 1024 * 1024)).toEqual(['a', 'b']);
});

test('what is converted redacted can be read again, and tells the same', async () => {
  const path = join(folder, 'safe.ndjson');
  await renego(['convert', RESTART, path, '--redact']);
  const { stdout } = await renego(['show', path]);
  expect(stdout).toMatch(/Restarts ICE: ufrag u0\w\w → u0\w\w, new password/);
  expect((await renego(['show', RESTART, '--redact'])).stdout).toBe(stdout);
});

test.each([
  ['--markdown', /^## WebRTC negotiation between/],
  ['--mermaid', /^sequenceDiagram/],
  ['--html=-', /^<!doctype html>/],
])('show %s prints a report', async (flag, start) => {
  const { code, stdout } = await renego(['show', RESTART, flag]);
  expect(code).toBe(0);
  expect(stdout).toMatch(start);
});

test('what is written for people is no recording, and says so; the JSON is one', async () => {
  const findings = async (path: string) =>
    JSON.parse((await renego(['check', path, '--format', 'json'])).stdout).files[0];
  for (const name of ['markdown', 'html', 'mermaid']) {
    const path = join(folder, `report-${name}`);
    await renego(['convert', RESTART, path, '--to', name]);
    const { code, stderr } = await renego(['check', path]);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringMatching(/ of renego: .* \[INPUT_REPORT\]\n.*Give the/),
    });
  }
  const json = join(folder, 'session.json');
  await renego(['convert', RESTART, json]);
  const [shown, recorded] = [await findings(json), await findings(RESTART)];
  expect(shown).toEqual({ ...recorded, path: json, format: 'show-json' });
});
