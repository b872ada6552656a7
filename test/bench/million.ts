/** A million messages, ten times as many as before: what time and how much memory each command takes that reads them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { write } from './long.ts';
import { pathOf, print, ratio } from './measure.ts';
import { target } from './targets.ts';

/** Makes the program tell the most memory it had, in kilobytes, as the last line of stderr. */
const PEAK = `process.on('exit', () => require('fs').writeSync(2, '\\n' + process.resourceUsage().maxRSS));`;

const COMMANDS = [
  ['check', 500],
  ['show', 800],
  ['convert', 200],
] as const;

const SIZES = [100_000, 1_000_000];

export async function million(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-million-'));
  try {
    writeFileSync(join(folder, 'peak.cjs'), PEAK);
    const runs = new Map<string, readonly { readonly time: number; readonly peak: number }[]>();
    for (const size of SIZES) {
      const path = join(folder, 'session.ndjson');
      await write(path, size);
      for (const [command] of COMMANDS) runs.set(command, [...(runs.get(command) ?? []), run(folder, command, path)]);
    }
    const rows = COMMANDS.map(([command, most]) => {
      const [less = NOTHING, all = NOTHING] = runs.get(command) ?? [];
      target(`a million messages: memory of \`${command}\``, all.peak, { most, unit: ' MB', of: '' });
      const cells = [less.time.toFixed(1), all.time.toFixed(1), ratio(all.time, less.time)];
      return [command, ...cells, less.peak.toFixed(0), all.peak.toFixed(0), ratio(all.peak, less.peak)];
    });
    const head = ['command', '100,000: s', 'a million: s', 'time', '100,000: MB', 'a million: MB', 'memory'];
    print('A million messages', head, rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NOTHING = { time: 0, peak: 0 };

/** Seconds, and megabytes at most. */
function run(folder: string, command: string, path: string): { readonly time: number; readonly peak: number } {
  const out = command === 'convert' ? [join(folder, 'out.transcript.ndjson'), '--force'] : [];
  const args = ['--require', join(folder, 'peak.cjs'), pathOf('bin/renego.js'), command, path, ...out];
  const start = performance.now();
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  return { time: (performance.now() - start) / 1000, peak: Number(stderr.trim().split('\n').at(-1)) / 1024 };
}
