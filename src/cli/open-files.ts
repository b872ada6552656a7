/**
 * Room for peer connections. Each has some twenty files open (sockets, pipes of the stack's threads), and a closed one keeps
 * many of them until its object is collected. Where the system allows no more, the stack ends the process without a word.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RenegoError } from '../core/errors.ts';
import type { Engine, PeerConnection } from '../engines/engine.ts';

export interface OpenFiles {
  readonly open: number;
  /** How many the process may have open. */
  readonly most: number;
}

/** What the engine is kept by; tests hand in their own. */
export interface FileKeeper {
  /** Undefined where the system does not say. */
  count(): OpenFiles | undefined;
  /** Collects what nobody refers to. */
  collect(): void;
  /** Connections that are not closed. Each opens more files while it negotiates. */
  alive: number;
}

/** Files of one connection at work, of those the part that it opens while it negotiates, and what is kept free besides. */
const [AT_WORK, LATER, SPARE] = [32, 16, 64];
/** Files of Node and the stack by themselves. */
const BASE = 32;

const systemFiles: FileKeeper = { count: countFiles, collect, alive: 0 };

/** Linux tells both; elsewhere Node has raised the limit as far as it goes. */
function countFiles(): OpenFiles | undefined {
  try {
    const [, soft = ''] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    const most = Number.parseInt(soft, 10);
    return Number.isNaN(most) ? undefined : { open: readdirSync('/proc/self/fd').length, most };
  } catch {
    return undefined;
  }
}

let collector: (() => void) | undefined;

function collect(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as () => void;
  }
  collector();
}

/** The engine, which makes no connection that there are too few files for: it throws RenegoError `connect`/`TOO_MANY_FILES`. */
export function withinFiles(engine: Engine, files = systemFiles): Engine {
  return {
    ...engine,
    async load() {
      enough(files);
      const factory = await engine.load();
      return {
        ...factory,
        create(config, emit) {
          enough(files);
          return counted(factory.create(config, emit), files);
        },
      };
    },
  };
}

/** The connection, which counts until it is closed. */
function counted(made: PeerConnection, files: FileKeeper): PeerConnection {
  files.alive += 1;
  let open = true;
  const kept = Object.create(made) as PeerConnection;
  kept.close = () => {
    if (open) files.alive -= 1;
    open = false;
    made.close();
  };
  return kept;
}

function enough(files: FileKeeper): void {
  const now = files.count();
  if (now === undefined) return;
  const left = now.most - Math.max(now.open + files.alive * LATER, BASE + files.alive * AT_WORK);
  if (left >= SPARE) return;
  const message = `of at most ${now.most} open files too few are left for a peer connection beside ${files.alive} others`;
  throw new RenegoError(
    'connect',
    'TOO_MANY_FILES',
    message,
    'Allow more (ulimit -n 4096), or let fewer peers meet at once.',
  );
}

/** Times that it is collected, and between them milliseconds in which the stack closes what it has. */
const [ROUNDS, PAUSE] = [10, 25];

/** Resolves when so many connections have room, or no more can be had: then `withinFiles` says so. */
export async function roomFor(connections: number, files = systemFiles): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = files.count();
    if (now === undefined || now.most - now.open >= SPARE + connections * AT_WORK) return;
    files.collect();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
