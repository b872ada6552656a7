/** renego in front of a server. */
import { type Lines, linesOf } from './lines.ts';
import { start } from './process.ts';

/** Gives the address for the app, and what is printed; `closers` gets what ends it. */
export async function proxyOf(
  closers: (() => unknown)[],
  url: string,
  ...flags: string[]
): Promise<{ url: string; lines: Lines }> {
  const running = start(['proxy', url, '--listen', '127.0.0.1:0', '--json', '--timeout', '150s', ...flags]);
  const lines = linesOf(running);
  const [, app = ''] = await running.says(/app +(\S+)/);
  closers.push(() => {
    running.child.kill('SIGTERM');
    return running.ended();
  });
  return { url: app, lines };
}
