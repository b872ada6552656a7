/** What is written of a long session goes out piece by piece, and no faster than it is read. */
import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';

/** Offers that nobody answers, each with something wrong: an event, a round and findings a line. */
const SESSION = Array.from({ length: 400 }, (_, n) => {
  const lines = ['v=0', `o=- ${n} 2 IN IP4 127.0.0.1`, 's=-', 't=0 0', `a=x:${'x'.repeat(500)}`];
  const sdp = `${[...lines, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0'].join('\r\n')}\r\n`;
  return `${JSON.stringify({ t: n, from: `a${n % 50}`, to: 'b', type: 'offer', sdp })}\n`;
}).join('');

/** A block, and the part with which it became one: what SARIF says about all rules is the largest. */
const LARGEST = 128 * 1024;

test.each([
  'show -',
  'show - --json',
  ...['text', 'json', 'sarif', 'junit', 'github'].map((format) => `check - --format ${format}`),
  ...['json', 'sarif', 'junit'].map((format) => `convert - - --to ${format}`),
])('%s: no more waits to be read than a block', { timeout: 30_000 }, async (command) => {
  let [total, waiting] = [0, 0];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      waiting = Math.max(waiting, chunk.length, stdout.writableLength);
      setImmediate(done);
    },
  });
  await run(command.split(' '), {
    stdin: Readable.from([Buffer.from(SESSION)]),
    stdout,
    stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
    env: { LANG: 'C.UTF-8' },
  });
  expect(total).toBeGreaterThan(1.25 * LARGEST);
  expect(waiting).toBeLessThan(LARGEST);
});
