import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTerminal, lateStream } from '../../src/cli/streams.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-streams-'));
  file = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An output on that file descriptor, and what the stream behind it was told to write. */
function output(fd: number) {
  const stream = new PassThrough();
  let made = 0;
  const late = lateStream(fd, () => {
    made += 1;
    return stream as unknown as NodeJS.WriteStream;
  });
  return { late, stream, made: () => made, passed: () => String(stream.read() ?? '') };
}

describe('an output that is no terminal', () => {
  test('is written to at once, without a stream', () => {
    const fd = openSync(file, 'w');
    const { late, made } = output(fd);
    late.on('error', () => {});
    expect([late.isTTY, late.writable]).toEqual([false, true]);
    expect(late.write('a → ')).toBe(true);
    expect(late.write('')).toBe(true);
    expect(late.write('b')).toBe(true);
    closeSync(fd);
    expect(readFileSync(file, 'utf8')).toBe('a → b');
    expect(made()).toBe(0);
  });

  test('what does not go is the stream’s, and all after it, with those who listen', () => {
    const fd = openSync(file, 'w');
    closeSync(fd);
    const { late, stream, made, passed } = output(openSync(file, 'r'));
    const heard: string[] = [];
    const [gone, kept] = ['gone', 'kept'].map((name) => () => void heard.push(name)) as [() => void, () => void];
    late.on('error', gone);
    late.on('error', kept);
    late.off('error', gone);
    late.write('cannot be written to what is open for reading');
    late.write(', nor this');
    expect(passed()).toBe('cannot be written to what is open for reading, nor this');
    expect(made()).toBe(1);
    stream.emit('error', new Error('EBADF'));
    expect(heard).toEqual(['kept']);
    late.off('error', kept);
    expect(stream.listenerCount('error')).toBe(0);
  });

  test('makes the stream for who waits for it', () => {
    const { late, stream, made } = output(openSync(file, 'w'));
    let drained = 0;
    late.once('drain', () => {
      drained += 1;
    });
    stream.emit('drain');
    stream.emit('drain');
    expect([made(), drained]).toEqual([1, 1]);
  });
});

test('a file, a pipe and nothing are no terminals', () => {
  expect(isTerminal(openSync(file, 'w'))).toBe(false);
  expect(isTerminal(openSync('/dev/null', 'r'))).toBe(false);
});
