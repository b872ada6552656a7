/** The flags of `renego replay`, understood. */
import { RenegoError } from '../core/errors.ts';
import type { ReplaySourceOptions } from '../sources/replay/options.ts';
import type { Script } from '../sources/replay/script.ts';
import { parseDuration } from './duration.ts';
import { firstGiven } from './given.ts';
import type { Context } from './io.ts';
import { parseListen } from './listen.ts';
import type { LiveFlags } from './live-options.ts';
import { parseHeaders } from './peer-options.ts';

export interface ReplayFlags extends LiveFlags {
  readonly to?: string;
  readonly listen?: string;
  readonly side?: readonly string[];
  readonly speed: string;
  readonly step?: boolean;
  readonly patience: string;
  readonly linger?: string;
  readonly header?: readonly string[];
  readonly subprotocol?: readonly string[];
  readonly insecure?: boolean;
  readonly password?: readonly string[];
  readonly expect?: string;
  readonly junit?: string;
  readonly live?: boolean;
  readonly engine: string;
}

/** Engines say what they say, when they say it. */
export function refuseWithLive(flags: ReplayFlags): void {
  const { listen, side, speed, step, expect, password, subprotocol, linger } = flags;
  const given = { listen, side, speed: speed === '1' ? undefined : speed, step, expect, password, subprotocol, linger };
  const name = firstGiven(given);
  if (name === undefined) return;
  const hint =
    name === 'listen'
      ? 'Without --live the far side is played to an application with its recorded descriptions; as a real peer renego connect --answer-only joins it on its server.'
      : 'Leave it out, or replay the recorded messages: without --live.';
  throw new RenegoError('usage', 'NOT_WITH_LIVE', `--${name} does not go with --live`, hint);
}

export function sideOf(flags: ReplayFlags): 'client' | 'server' {
  if ((flags.to === undefined) === (flags.listen === undefined))
    throw new RenegoError(
      'usage',
      'REPLAY_TARGET',
      'replay needs either --to or --listen',
      '--to <url> plays the client to a server, --listen <address> the server to an application; --live does the call again with real engines.',
    );
  return flags.to === undefined ? 'server' : 'client';
}

export function targetOf(
  context: Context,
  script: Script,
  as: 'client' | 'server',
  flags: ReplayFlags,
): ReplaySourceOptions['target'] {
  if (as === 'server') {
    const { host, port } = parseListen(flags.listen ?? '');
    const listening = (url: string) =>
      void context.io.stderr.write(
        `renego: waiting for ${script.lanes.length === 1 ? 'a client' : `${script.lanes.length} clients`} at ${url}\n`,
      );
    return { as, host, port, listening, linger: parseDuration(flags.linger ?? LINGER, '--linger') };
  }
  if (flags.linger !== undefined)
    throw new RenegoError(
      'usage',
      'NOT_WITH_TO',
      '--linger does not go with --to',
      'It is how long a server that is played stays.',
    );
  return {
    as,
    url: flags.to ?? '',
    headers: parseHeaders(flags.header),
    ...(flags.subprotocol !== undefined && { subprotocols: flags.subprotocol }),
    ...(flags.insecure === true && { insecure: true }),
  };
}

/** How long a server that is played stays at the end, while nobody says anything. */
export const LINGER = '2s';

/** `user=password`, or one for everybody; else the environment's. */
export function passwordsOf({ io: { env } }: Context, given: readonly string[]): (user: string) => string | undefined {
  const named = new Map(given.map((one) => [one.split('=', 1)[0] ?? '', one.slice(one.indexOf('=') + 1)]));
  const common = given.find((one) => !one.includes('=')) ?? env.RENEGO_PASSWORD;
  return (user) => named.get(user) ?? common;
}

export function speedOf(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const speed = Number(text.replace(/x$/, ''));
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new RenegoError(
    'usage',
    'BAD_SPEED',
    `--speed: '${text}' is no speed`,
    'Give a factor such as 2, or max: as fast as answers come.',
  );
}
