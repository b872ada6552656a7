/** Signaling by hand: two renegos, and nothing between them but what one prints and the other reads. */
import { afterEach, expect, test } from 'vitest';
import { carries, isState, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

withParts(['wrtc'], 'signaling by hand', () => {
  const running: Running[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.child.kill('SIGKILL');
      await one.ended();
    }
  });

  function run(...flags: string[]): Running {
    const one = start(['connect', '-', ...flags]);
    running.push(one);
    return one;
  }

  const pipe = (from: Running, to: Running): void => {
    from.child.stdout.on('data', (text: string) => to.child.stdin.write(text));
  };

  test('a pipe of events each way connects, restarts ICE, and ends', async () => {
    const callee = run('--json');
    const caller = run('--json', '--call', '--do', 'restart-ice@connected');
    pipe(caller, callee);
    pipe(callee, caller);
    const [a, b] = [linesOf(caller), linesOf(callee)];
    await Promise.all([
      a.until('connected', isState('connection', 'connected')),
      b.until('connected', isState('connection', 'connected')),
    ]);
    await a.until('data', isState('data', 'open'));
    const first = a.all.find(carries('offer', 'renego'));
    const second = await a.until('a restart', carries('offer', 'renego'), a.all.indexOf(first as never) + 1);
    await a.until(
      'its answer applied',
      ({ kind, op, type, ok }) => kind === 'apply' && op === 'remote' && type === 'answer' && ok === true,
      a.all.indexOf(second),
    );
    expect(JSON.stringify(second)).toMatch(/end-of-candidates/);
    expect(a.all.some(carries('candidate', 'renego'))).toBe(false);
    caller.child.kill('SIGINT');
    expect(await caller.ended()).toBe(130);
  }, 90_000);

  test.each(['json', 'base64', 'sdp'])(
    'text in %s: descriptions on stdout, the ladder on stderr',
    async (format) => {
      const callee = run();
      const caller = run('--call', '--param', `format=${format}`);
      pipe(caller, callee);
      pipe(callee, caller);
      await Promise.all([caller.says(/connection connected/), callee.says(/connection connected/)]);
      const shape = { json: /^\{"type":"offer"/, base64: /^eyJ0eXBl[\w+/]+=*\n$/, sdp: /^v=0\r?\n[\s\S]*\n\n$/ }[
        format
      ];
      expect(caller.stdout()).toMatch(shape ?? /never/);
      expect(callee.stdout()).not.toContain('offer #1');
      expect(callee.stderr()).toContain('offer #1');
    },
    90_000,
  );
});
