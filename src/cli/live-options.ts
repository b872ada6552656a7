/** The options that all live commands share, as commander hands them over. */
import { type FailOn, type RuleFlags, ruleSettings } from './config.ts';
import { parseDuration } from './duration.ts';
import type { Io } from './io.ts';
import type { LiveOptions } from './pipeline.ts';
import { version } from './version.ts';

export interface LiveFlags extends RuleFlags {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly record?: string;
  readonly redact?: boolean;
  readonly timeout?: string;
  readonly failOn?: string;
}

type Shared = 'tool' | 'json' | 'all' | 'record' | 'redact' | 'timeout' | 'settings' | 'failOn';

export async function liveOptions(io: Io, flags: LiveFlags): Promise<Pick<LiveOptions, Shared>> {
  return {
    tool: `renego ${version()}`,
    json: flags.json === true,
    all: flags.all === true,
    record: flags.record,
    redact: flags.redact === true,
    settings: await ruleSettings(io, flags),
    // A session is there to be looked at; it fails for what is found only if that is asked for.
    failOn: (flags.failOn as FailOn | undefined) ?? 'never',
    timeout: flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout'),
  };
}
