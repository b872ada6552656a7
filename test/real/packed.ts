/** The program as a user gets it: packed, and installed from the tarball into a folder of its own. Needs a build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePart } from './parts.ts';

export const ROOT = join(import.meta.dirname, '../..');

export interface Installed {
  /** A package of its own that depends on renego. */
  readonly folder: string;
  readonly tarball: string;
  remove(): void;
}

export function installPacked(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'renego-package-'));
  const npm = (args: readonly string[], cwd: string) =>
    execFileSync(requirePart('npm'), args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], ROOT);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder);
  return { folder, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
