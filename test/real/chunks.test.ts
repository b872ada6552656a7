/** What is kept of the compiled program, as users have it: a folder of the cache, and what may become of it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN } from './process.ts';

const SESSION = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));
const CHECK = ['check', SESSION];

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'renego-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

function run(argv: readonly string[], { env = {}, flags = [] }: { env?: object; flags?: readonly string[] } = {}) {
  const all = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache, ...env };
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, BIN, ...argv], {
    encoding: 'utf8',
    env: all,
  });
  return { stdout, stderr, status };
}

const kept = (): readonly string[] => (existsSync(join(cache, 'renego')) ? readdirSync(join(cache, 'renego')) : []);
const fileOf = (command: string): string => join(cache, 'renego', `${process.version}-${process.arch}-${command}.code`);

/** Times of a file are too coarse to tell one writing from the next: it is made old, and looked at again. */
const YESTERDAY = new Date(Date.now() - 24 * 60 * 60 * 1000);
const age = (file: string, time = YESTERDAY): void => utimesSync(file, time, time);
const wasWritten = (file: string): boolean => statSync(file).mtimeMs > YESTERDAY.getTime() + 1000;

/** Runs once to have it kept; what the command says without. */
function keep() {
  const plain = run(CHECK, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } });
  expect(plain.stdout).toContain('0 errors');
  expect(kept()).toEqual([]);
  expect(run(CHECK)).toEqual(plain);
  age(fileOf('check'));
  return plain;
}

describe('what is kept of the compiled program', () => {
  test('is used by the next start, and read by nobody else', () => {
    const plain = keep();
    expect(kept()).toEqual([`${process.version}-${process.arch}-check.code`]);
    expect(statSync(fileOf('check')).mode & 0o777).toBe(0o600);
    expect(statSync(join(cache, 'renego')).mode & 0o777).toBe(0o700);
    expect(run(CHECK)).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(false);
  });

  test('imports what it needs, as what unpacks a recording', () => {
    const packed = join(cache, 'session.ndjson.gz');
    writeFileSync(packed, gzipSync(readFileSync(SESSION)));
    const first = run(['check', packed]);
    expect(first.stdout).toContain('0 errors');
    age(fileOf('check'));
    expect(run(['check', packed])).toEqual(first);
    expect(wasWritten(fileOf('check'))).toBe(false);
  });

  test('stays as it is where a large recording has the engine told other flags', () => {
    const plain = keep();
    const large = join(cache, 'large.ndjson');
    writeFileSync(large, readFileSync(SESSION, 'utf8').repeat(20));
    expect(run(['check', large, '--json']).stdout).toContain('"events":760');
    expect(wasWritten(fileOf('check'))).toBe(false);
    expect(run(CHECK)).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(false);
  });

  test('grows by what other options load, and then stays', () => {
    keep();
    const size = statSync(fileOf('check')).size;
    const filtered = [...CHECK, '--filter', 'sdp:opus', '--help'];
    expect(run(filtered).stdout).toContain('Usage: renego check');
    expect(wasWritten(fileOf('check'))).toBe(true);
    expect(statSync(fileOf('check')).size).toBeGreaterThan(size);
    age(fileOf('check'));
    run(filtered);
    run(CHECK);
    expect(wasWritten(fileOf('check'))).toBe(false);
  });

  test.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['was cut off', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['is empty', () => new Uint8Array()],
    ['is of zeros', (bytes) => new Uint8Array(bytes.length)],
    ['is something else', () => Buffer.from('{"files":[["main",1,2]]}\n\0')],
    [
      'has one wrong bit',
      (bytes) => {
        const changed = Buffer.from(bytes);
        changed[bytes.length - 1000] = (changed[bytes.length - 1000] as number) ^ 1;
        return changed;
      },
    ],
    ['is of another build of Node', (bytes) => replaced(bytes, process.execPath, process.execPath.replace(/.$/, '_'))],
  ])('where it %s: is made anew', (_, damage) => {
    const plain = keep();
    writeFileSync(fileOf('check'), damage(readFileSync(fileOf('check'))));
    age(fileOf('check'));
    expect(run(CHECK)).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(true);
    age(fileOf('check'));
    expect(run(CHECK)).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(false);
  });

  test('where the engine has other flags: is made anew', () => {
    const plain = keep();
    expect(run(CHECK, { flags: ['--stack-size=900'] })).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(true);
  });

  test('where others could have written it: is not used', () => {
    const plain = keep();
    chmodSync(fileOf('check'), 0o666);
    age(fileOf('check'));
    expect(run(CHECK)).toEqual(plain);
    expect(wasWritten(fileOf('check'))).toBe(true);
    expect(statSync(fileOf('check')).mode & 0o777).toBe(0o600);
  });

  test('where the folder cannot be made: nothing is said', () => {
    const plain = run(CHECK, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } });
    const file = join(cache, 'file');
    writeFileSync(file, '');
    expect(run(CHECK, { env: { XDG_CACHE_HOME: file } })).toEqual(plain);
    expect(kept()).toEqual([]);
  });

  test('of a command that does not exist, or has not worked, is nothing', () => {
    expect(run(['chekc', SESSION]).status).toBe(2);
    expect(run(['check', join(cache, 'nothing')]).status).toBe(4);
    expect(run(['--version']).status).toBe(0);
    expect(kept()).toEqual([]);
  });

  test('of a command that goes on is kept while it does, however it ends', async () => {
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache };
    const serving = spawn(process.execPath, [BIN, 'serve', '--listen', '127.0.0.1:0'], { env, stdio: 'ignore' });
    const over = once(serving, 'exit');
    await expect.poll(kept, { timeout: 60_000 }).toEqual([`${process.version}-${process.arch}-serve.code`]);
    serving.kill('SIGKILL');
    await over;
    expect(statSync(fileOf('serve')).mode & 0o777).toBe(0o600);
  });

  test('goes when no start has made it anew for long', () => {
    keep();
    const old = fileOf('show').replace(process.version, 'v18.0.0');
    writeFileSync(old, '');
    age(old, new Date(0));
    run(['diff', SESSION]);
    expect(existsSync(fileOf('diff'))).toBe(true);
    expect(existsSync(fileOf('check'))).toBe(true);
    expect(existsSync(old)).toBe(false);
  });
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(JSON.stringify(from), JSON.stringify(to)), 'latin1');
}
