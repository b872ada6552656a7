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
  const { io, stdout } = collected();
  const stderr = new PassThrough({ encoding: 'utf8' });
  let said = '';
  stderr.on('data', (text: string) => {
    said += text;
  });
  const serving = run(['replay', path, '--listen', '127.0.0.1:0', ...FAST, ...flags], { ...io, stderr });
  const url = await address();
  const client = await renego(['replay', path, '--to', url, ...FAST, ...flags]);
  return { client, server: { code: await serving, stdout: stdout(), stderr: said } };

  async function address(): Promise<string> {
    for (;;) {
      const found = /(?:ws|http):\/\/\S+/.exec(said)?.[0];
      if (found !== undefined) return found;
      const ended = await Promise.race([once(stderr, 'data').then(() => undefined), serving]);
      if (ended !== undefined) throw new Error(`the server has ended with ${ended}: ${said}`);
    }
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
