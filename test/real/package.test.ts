import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, installPacked, ROOT } from './packed.ts';
import { withParts } from './parts.ts';

withParts(['npm', 'wrtc'], 'the packed package', () => {
  let installed: Installed;
  let folder: string;
  let tarball: string;

  const node = (args: readonly string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const bin = (...args: string[]) => node(['node_modules/renego/bin/renego.js', ...args]);

  beforeAll(() => {
    installed = installPacked();
    ({ folder, tarball } = installed);
  });

  afterAll(() => installed?.remove());

  test('holds the program, its types and its papers, nothing else', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const top = new Set(files.map((file) => file.split('/').slice(1, 2).join('')));
    expect([...top].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
    expect(files.filter((file) => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('passes publint', () => {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/publint/src/cli.js'), tarball, '--strict'], {
      stdio: 'pipe',
    });
  });

  test('passes attw for ESM', () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    execFileSync(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-color', '--no-emoji'], {
      stdio: 'pipe',
    });
  });

  test('runs', () => {
    expect(bin('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(bin('--help')).toMatch(/^Usage: renego /);
    const lines = bin('demo', '--json').trim().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ schema: 1, seq: 1 });
    expect(lines.some((line) => line.includes('"cause":"ice-restart"'))).toBe(true);
  });

  test('is a library: imports and types resolve', () => {
    const program = [
      "import { diff, parseSdp, type Change } from 'renego';",
      "const changes: readonly Change[] = diff(parseSdp('v=0\\r\\n'), parseSdp('v=0\\r\\n'));",
      'export const count: number = changes.length;',
    ].join('\n');
    writeFileSync(join(folder, 'consumer.ts'), program);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    node([
      tsc,
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023',
      '--types',
      '',
      'consumer.ts',
    ]);
    const check = "import { count } from './consumer.js'; process.stdout.write(String(count));";
    expect(node(['--input-type=module', '-e', check])).toBe('0');
  });
});
