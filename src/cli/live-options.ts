/** The options that all live commands share, as commander hands them over. */
import { parseDuration } from './duration.ts';
import type { LiveOptions } from './pipeline.ts';
import { version } from './version.ts';

export interface LiveFlags {
  readonly json?: boolean;
  readonly record?: string;
  readonly timeout?: string;
}

export function liveOptions(flags: LiveFlags): Pick<LiveOptions, 'tool' | 'json' | 'record' | 'timeout'> {
  return {
    tool: `renego ${version()}`,
    json: flags.json === true,
    record: flags.record,
    timeout: flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout'),
  };
}
