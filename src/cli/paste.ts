/** Standard input and output as what carries signaling: what is pasted or piped comes in, descriptions go out. */
import process from 'node:process';
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { createAssembler, type LinePort } from '../sources/pasted.ts';
import type { Io } from './io.ts';

/** After that long without another line, what was pasted is whole. */
const PAUSE_MS = 200;

/** With `events` standard output has JSON lines, which tell our messages already. */
export function createPaste({ stdin, stdout, stderr }: Io, events: boolean): LinePort {
  let lines: Interface | undefined;
  let pause: NodeJS.Timeout | undefined;
  return {
    start(heard) {
      const parts = createAssembler();
      const tell = (messages: readonly string[]): void => {
        for (const message of messages) heard(message);
      };
      // A terminal by itself cuts lines at 4096 characters, so readline has to read it key by key; nothing is echoed.
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      lines = createInterface({ input: stdin, ...(stdin.isTTY === true && { terminal: true, output: silent }) });
      lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      lines.on('close', () => tell(parts.flush()));
      lines.on('line', (line) => {
        clearTimeout(pause);
        tell(parts.push(line));
        pause = setTimeout(() => tell(parts.flush()), PAUSE_MS);
      });
      if (stdin.isTTY === true) stderr.write('renego: paste what the other side sends here, and press Enter\n');
    },
    write(message) {
      if (events) return;
      stderr.write('renego: this is for the other side:\n');
      stdout.write(`${message.trimEnd()}\n${message.startsWith('v=0') ? '\n' : ''}`);
    },
    stop() {
      clearTimeout(pause);
      lines?.close();
    },
  };
}
