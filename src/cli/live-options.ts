/** The options that all live commands share, as commander hands them over. */
import { loadConfig, parseRuleSettings, type RuleFlags } from './config.ts';
import { parseDuration } from './duration.ts';
import type { Io } from './io.ts';
import type { LiveOptions } from './pipeline.ts';
import type { FailOn, ScreenSettings } from './settings.ts';
import { parseSize } from './size.ts';
import { version } from './version.ts';

export interface LiveFlags extends RuleFlags {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly record?: string;
  readonly redact?: boolean;
  readonly rotate?: string;
  readonly timeout?: string;
  readonly failOn?: string;
}

type Shared = 'tool' | 'json' | 'all' | 'record' | 'redact' | 'rotate' | 'timeout' | 'settings' | 'failOn';

export async function liveOptions(
  io: Io,
  flags: LiveFlags,
): Promise<Pick<LiveOptions, Shared> & { readonly screen: ScreenSettings }> {
  const config = await loadConfig(io, flags.config);
  return {
    tool: `renego ${version()}`,
    json: flags.json === true,
    all: flags.all === true,
    record: flags.record,
    redact: flags.redact === true,
    ...(flags.rotate !== undefined && { rotate: parseSize(flags.rotate, '--rotate') }),
    settings: { ...config.rules, ...parseRuleSettings(flags.rule ?? []) },
    screen: config,
    // A session is there to be looked at; it fails for what is found only if that is asked for.
    failOn: (flags.failOn as FailOn | undefined) ?? 'never',
    timeout: flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout'),
  };
}
