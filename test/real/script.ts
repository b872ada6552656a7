/** A server of others, run as a script that says what it sees as lines. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Script {
  /** What has been said so far, or will be, that matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  readonly stdin: ChildProcessWithoutNullStreams['stdin'];
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;

export function startScript(command: string, argv: readonly string[]): Script {
  const child = spawn(command, argv);
  const ended = once(child, 'close');
  let said = '';
  let over = false;
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const look of [...looks]) look();
    });
  }
  child.on('close', () => {
    over = true;
    for (const look of [...looks]) look();
  });
  return {
    stdin: child.stdin,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
    says(pattern) {
      return new Promise((resolve, reject) => {
        const fail = (): void => {
          clearTimeout(timer);
          looks.delete(look);
          reject(new Error(`no ${pattern} in:\n${said}`));
        };
        const timer = setTimeout(fail, PATIENCE_MS);
        function look(): void {
          const found = pattern.exec(said);
          if (!found && over) fail();
          if (!found) return;
          clearTimeout(timer);
          looks.delete(look);
          resolve(found);
        }
        looks.add(look);
        look();
      });
    },
  };
}
