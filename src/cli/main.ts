/** The program as a function: command line in, exit code out. */
import { RenegoError } from '../core/errors.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { type Context, type Io, readsUtf8 } from './io.ts';
import { type Choice, plainChoice } from './plain-arguments.ts';
import type { GlobalOptions } from './program.ts';
import { ioOf } from './streams.ts';
import { version } from './version.ts';

/** Runs renego as this process. `written`: no stream of it holds anything back. */
export async function runHere(argv: readonly string[]): Promise<{ readonly code: number; readonly written: boolean }> {
  const io = ioOf(process);
  const code = await run(argv, io);
  return { code, written: io.written };
}

/** Runs renego. Never rejects, never ends the process; whoever calls decides what to do with the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const watched = watchOutput(io);
  let debug = argv.includes('--debug');
  try {
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      io.stdout.write(`${version()}\n`);
      return EXIT.ok;
    }
    const choice = await choose(argv, io);
    if (choice === undefined) return EXIT.ok;
    debug = choice.globals.debug === true;
    const { applyColour } = await import('./colour.ts');
    applyColour(choice.globals.color, io);
    const command = await choice.spec.load();
    return await command(contextOf(io, choice.globals, watched), choice.args, choice.options as never);
  } catch (error) {
    const { reportError } = await import('./errors.ts');
    return reportError(error, { io, debug });
  } finally {
    watched.stop();
  }
}

/** What the command line asks for; undefined when that was help or the version, which are printed by then. */
async function choose(argv: readonly string[], io: Io): Promise<Choice | undefined> {
  const plain = plainChoice(COMMANDS, argv);
  if (plain !== undefined) return plain;
  const [{ createProgram }, { CommanderError }] = await Promise.all([import('./program.ts'), import('commander')]);
  let choice: Choice | undefined;
  const program = createProgram(COMMANDS, version(), io, (spec, args, options, globals) => {
    choice = { spec, args: args.map(unescapeStdin), options, globals };
  });
  try {
    const { operands, unknown } = program.parseOptions(argv.map(escapeStdin));
    const bare = operands.length === 0 && unknown.length === 0;
    const whole = bare ? [...argv, io.stdout.isTTY === true && io.stdin.isTTY === true ? 'demo' : 'help'] : argv;
    await program.parseAsync(whole.map(escapeStdin), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw misuse(error.message, argv);
  }
  return choice;
}

/** `-#4` is event 4 of standard input; commander would take it for an option. */
function escapeStdin(arg: string): string {
  return /^-#\d+$/.test(arg) ? `\0${arg}` : arg;
}

function unescapeStdin(arg: string): string {
  return arg.startsWith('\0') ? arg.slice(1) : arg;
}

/** commander's own message (`error: unknown option '--jsn'\n(Did you mean --json?)`) as one of ours. */
function misuse(message: string, argv: readonly string[]): RenegoError {
  const [what = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const guess = rest.join(' ').replace(/^\(|\)$/g, '');
  const command = COMMANDS.find((spec) => argv.includes(spec.name));
  const help = `See renego ${command === undefined ? '' : `${command.name} `}--help.`;
  return new RenegoError('usage', 'USAGE', what.replace(/\.$/, ''), guess === '' ? help : `${guess} ${help}`);
}

function contextOf(io: Io, globals: GlobalOptions, watched: Watched): Context {
  return {
    io,
    ascii: globals.ascii === true || !readsUtf8(io.env),
    // Asked for when needed: making a stream of standard input takes time.
    get interactive() {
      return globals.plain !== true && io.stdout.isTTY === true && io.stdin.isTTY === true;
    },
    plain: globals.plain === true,
    debug: globals.debug === true,
    get unread() {
      return watched.unread;
    },
  };
}

interface Watched {
  /** Made when it is asked for. */
  readonly unread: AbortSignal;
  stop(): void;
}

/** EPIPE: the reader of our pipe has left; EIO: the terminal is gone. */
const UNREAD: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/** Nobody reading us (`renego show x | head -1`) is no error: writing stops, and whoever runs is told. */
function watchOutput(io: Io): Watched {
  let controller: AbortController | undefined;
  let reason: string | undefined;
  const tell = () => {
    if (reason !== undefined) controller?.abort(reason);
  };
  const onError = (error: NodeJS.ErrnoException) => {
    if (!UNREAD.has(error.code)) throw error;
    reason ??= error.code;
    tell();
  };
  const quiet = () => {};
  io.stdout.on('error', onError);
  io.stderr.on('error', quiet);
  return {
    get unread() {
      controller ??= new AbortController();
      tell();
      return controller.signal;
    },
    // The listener on stdout stays: what is still in its buffer may fail after we are done.
    stop: () => void io.stderr.off('error', quiet),
  };
}
