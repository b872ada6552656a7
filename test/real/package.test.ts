import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requirePart, withParts } from './parts.ts';

const root = join(import.meta.dirname, '../..');

withParts(['npm', 'wrtc'], 'the packed package', () => {
  let folder: string;
  let tarball: string;

  const npm = (args: readonly string[], cwd: string) =>
    execFileSync(requirePart('npm'), args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const node = (args: readonly string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const bin = (...args: string[]) => node(['node_modules/renego/bin/renego.js', ...args]);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'renego-package-'));
    npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
    tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
    npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the program, its types and its papers, nothing else', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const top = new Set(files.map((file) => file.split('/').slice(1, 2).join('')));
    expect([...top].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
    expect(files.filter((file) => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('passes publint', () => {
    execFileSync(process.execPath, [join(root, 'node_modules/publint/src/cli.js'), tarball, '--strict'], {
      stdio: 'pipe',
    });
  });

  test('passes attw for ESM', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
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
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
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
