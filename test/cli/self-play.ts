/** One recording played against itself: a replay as the server, and a replay as the clients that connect to it. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/main.ts';
import { collected, type Outcome, renego } from './run.ts';

const FAST = ['--speed', 'max', '--patience', '10s', '--timeout', '60s'];

export interface SelfPlay {
  readonly client: Outcome;
  readonly server: Outcome;
}

/** `path` in any format; `flags` are given to both. */
export async function selfPlay(path: string, flags: readonly string[] = []): Promise<SelfPlay> {
  const { url, outcome } = await serving(path, flags);
  const client = await renego(['replay', path, '--to', url, ...FAST, ...flags]);
  return { client, server: await outcome };
}

/** A replay as the server, when it has said where it listens. */
export async function serving(
  path: string,
  flags: readonly string[] = [],
): Promise<{ readonly url: string; readonly outcome: Promise<Outcome> }> {
  const { io, stdout } = collected();
  const stderr = new PassThrough({ encoding: 'utf8' });
  let said = '';
  stderr.on('data', (text: string) => {
    said += text;
  });
  const ended = run(['replay', path, '--listen', '127.0.0.1:0', ...FAST, ...flags], { ...io, stderr });
  for (;;) {
    const url = /(?:ws|http):\/\/\S+/.exec(said)?.[0];
    if (url !== undefined) return { url, outcome: ended.then((code) => ({ code, stdout: stdout(), stderr: said })) };
    const code = await Promise.race([once(stderr, 'data').then(() => undefined), ended]);
    if (code !== undefined) throw new Error(`the server has ended with ${code}: ${said}`);
  }
}

/** What both verdicts say differs, without what is the same. */
export function red({ client, server }: SelfPlay): readonly string[] {
  return [client, server].flatMap(({ stdout, stderr }) => {
    const verdict = stdout.slice(stdout.search(/^ +recorded +now$/m));
    const lines = verdict.split('\n').filter((line) => line !== '' && !/^(?:=| +recorded)/.test(line));
    return lines.at(-1)?.startsWith('The same as') ? [] : [...lines, stderr];
  });
}
