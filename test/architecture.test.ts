import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isPureType, LAYERS, violations } from './architecture/layers.ts';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));
const read = (path: string) => readFileSync(join(src, path), 'utf8');

/** Folders whose every file with code in it has a test of the same name. */
const TWINNED = ['sdp', 'core', 'session', 'protocols', 'importers', 'sinks'];

describe('the layer table', () => {
  test.each(files)('src/%s keeps to it', (path) => {
    expect(violations(path, read(path))).toEqual([]);
  });

  test('names every folder under src', () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((folder) => folder.name).filter((name) => !(name in LAYERS))).toEqual([]);
  });
});

/** The tests that may stand for a file: its own, or that of the file whose parts its folder holds (`diff/` of `diff.ts`). */
function twinsOf(path: string): readonly string[] {
  const stem = path.replace(/\.tsx?$/, '');
  const folder = stem.slice(0, stem.lastIndexOf('/'));
  return folder.includes('/') ? [`test/${stem}.test.ts`, `test/${folder}.test.ts`] : [`test/${stem}.test.ts`];
}

test('every file with code in it has a test of its own, or is a part of one that has', () => {
  const missing = files
    .filter((path) => TWINNED.includes(path.split('/')[0] ?? ''))
    .filter((path) => !isPureType(read(path)))
    .filter((path) => !twinsOf(path).some((twin) => existsSync(join(root, twin))))
    .map((path) => `src/${path} has no test: add ${twinsOf(path).join(' or ')}`);
  expect(missing).toEqual([]);
});

test('the top level holds what it should and nothing else', () => {
  const expected = ['package.json', 'package-lock.json', 'tsconfig.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];
  const folders = ['bin', 'src', 'test', '.ci', '.git', '.gitignore', 'node_modules', 'dist'];
  expect(readdirSync(root).filter((name) => ![...expected, ...folders].includes(name))).toEqual([]);
});

describe('the check itself notices', () => {
  test.each([
    ['a folder above', 'core/x.ts', "import { a } from '../tui/a.ts';", /core may not know tui/],
    ['a type import too', 'sdp/x.ts', "import type { A } from '../core/event.ts';", /sdp may not know core/],
    [
      'an import over several lines',
      'sdp/x.ts',
      "import {\n  a,\n  b,\n} from '../core/event.ts';",
      /may not know core/,
    ],
    ['a re-export', 'sdp/x.ts', "export * from '../core/event.ts';", /may not know core/],
    ['an import for its effect', 'core/x.ts', "import 'chalk';", /may not use this package/],
    ['a nested folder that climbs out', 'sdp/diff/x.ts', "import { a } from '../../core/a.ts';", /may not know core/],
    ['a foreign package', 'rules/x.ts', "import chalk from 'chalk';", /may not use this package/],
    ['the tui imported at once', 'cli/x.ts', "import { a } from '../tui/a.ts';", /only by import\(\)/],
    ['a stack imported at once', 'engines/x.ts', "import wrtc from '@roamhq/wrtc';", /only by import\(\)/],
    ['node in the core', 'core/x.ts', "import { join } from 'node:path';", /Node's own modules/],
    ['a clock', 'core/x.ts', 'const now = Date.now();', /is pure/],
    ['a date', 'sdp/x.ts', 'const now = new Date();', /is pure/],
    ['chance', 'rules/x.ts', 'const id = Math.random();', /is pure/],
    ['the environment', 'core/x.ts', 'const home = process.env.HOME;', /is pure/],
    ['an exit', 'cli/x.ts', 'process.exit(1);', /process\.exit/],
    ['an exit code', 'cli/x.ts', 'process.exitCode = 1;', /only bin/],
    ['output', 'sources/x.ts', "console.log('hello');", /writes to a stream/],
    ['a long file', 'core/x.ts', 'const a = 1;\n'.repeat(251), /more than 250 lines/],
    ['a folder nobody listed', 'extra/x.ts', '', /in no layer/],
  ])('%s', (_, path, source, sentence) => {
    expect(violations(path, source).join('\n')).toMatch(sentence);
  });

  test.each([
    ['a comment', 'core/x.ts', '// Date.now() is read by the caller\n/* process.exit */'],
    ['its own folder', 'core/x.ts', "import { a } from './a.ts';\nimport { b } from '../core/b.ts';"],
    ['a type of the tui', 'cli/x.ts', "import type { A } from '../tui/a.ts';"],
    ['a lazy tui', 'cli/x.ts', "const { a } = await import('../tui/a.ts');"],
    ['an address in a string', 'sources/x.ts', "const url = 'ws://127.0.0.1/';"],
  ])('and lets pass %s', (_, path, source) => {
    expect(violations(path, source)).toEqual([]);
  });
});
