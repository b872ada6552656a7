/** A terminal without a window: what is written to `stdout` ends up on a grid, what is typed comes out of `stdin`. */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';

export interface Screen {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Everything written so far, a chunk a write. */
  readonly writes: readonly string[];
  /** The lines of the grid, blanks at their ends cut. Waits until all that was written is on it. */
  lines(): Promise<string[]>;
  text(): Promise<string>;
  /** `alternate` while the alternate screen is shown. */
  buffer(): 'normal' | 'alternate';
  /** The line of the cell at which the first inverse cell stands; -1 if there is none. */
  inverseLine(): Promise<number>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
}

export function createScreen(columns: number, rows: number): Screen {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 1000,
    convertEol: true,
  });
  const writes: string[] = [];
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    writable: true,
    write(chunk: string, ...rest: unknown[]) {
      writes.push(chunk);
      const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
      terminal.write(chunk, () => done?.());
      return true;
    },
  });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const settled = () => new Promise<void>((resolve) => terminal.write('', resolve));
  const lineAt = (index: number) => terminal.buffer.active.getLine(terminal.buffer.active.viewportY + index);
  const screen: Screen = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    writes,
    async lines() {
      await settled();
      return Array.from(
        { length: terminal.rows },
        (_none, index) => lineAt(index)?.translateToString(true, 0, terminal.cols).trimEnd() ?? '',
      );
    },
    text: async () => (await screen.lines()).join('\n'),
    buffer: () => terminal.buffer.active.type,
    async inverseLine() {
      await settled();
      const has = (index: number) =>
        Array.from({ length: terminal.cols }, (_none, x) => lineAt(index)?.getCell(x)?.isInverse()).some(Boolean);
      return Array.from({ length: terminal.rows }, (_none, index) => index).find(has) ?? -1;
    },
    type: (keys) => void stdin.write(keys),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      stdout.columns = newColumns;
      stdout.rows = newRows;
      stdout.emit('resize');
    },
  };
  return screen;
}
