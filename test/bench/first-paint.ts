/** Until a screen shows something, on a terminal of its own as `script` of util-linux makes one. */
import { spawn, spawnSync } from 'node:child_process';

export interface Painting {
  readonly args: readonly string[];
  /** What the screen shows then. */
  readonly until: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed to leave it; else it is ended. */
  readonly leave?: string;
}

/**
 * Milliseconds from the start of Node with these arguments, medians by turns. Each is left once by its key first, as what
 * is compiled is kept then for all the following. Undefined where there is no `script`.
 */
export async function paintTimesOf(all: readonly Painting[], turns = 7): Promise<readonly number[] | undefined> {
  if (spawnSync('script', ['--version']).status !== 0) return undefined;
  for (const painting of all) await paintTimeOf(painting, painting.leave);
  const times: number[][] = all.map(() => []);
  for (let turn = 0; turn < turns; turn += 1)
    for (const [i, painting] of all.entries()) times[i]?.push(await paintTimeOf(painting));
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(turns / 2)] ?? 0);
}

/** Settles when the process is gone. */
function paintTimeOf({ args, until, env }: Painting, leave?: string): Promise<number> {
  const quoted = [process.execPath, ...args].map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ');
  return new Promise((resolve, reject) => {
    let [text, start, time] = ['', 0, 0];
    // The empty line is written when all is there but the program.
    const running = spawn('script', ['-qfec', `stty rows 40 cols 120; echo; exec ${quoted}`, '/dev/null'], {
      stdio: 'pipe',
      env: { ...process.env, ...env },
    });
    running.on('close', () => {
      if (time > 0) resolve(time);
      else reject(new Error(`no ${until} on the screen of ${args.join(' ')}:\n${text}`));
    });
    running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (start === 0) start = performance.now();
      text += chunk;
      if (time > 0 || !text.includes(until)) return;
      time = performance.now() - start;
      if (leave === undefined) running.kill();
      else running.stdin.write(leave);
    });
  });
}
