import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BIN } from './process.ts';

const SESSION = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));

/** Reports every module that is loaded on stderr, from the thread that loads them. */
const HOOK = `import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  writeSync(2, 'LOADED ' + url + '\\n');
  return next(url, context);
}`;
const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const REGISTER = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(HOOK))});`);

/** The packages a command loads, and the folders of src. */
function loadedBy(argv: readonly string[]) {
  const { stderr } = spawnSync(process.execPath, ['--import', REGISTER, BIN, ...argv], { encoding: 'utf8' });
  const urls = [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, url = '']) => url);
  const pick = (pattern: RegExp) => [...new Set(urls.flatMap((url) => pattern.exec(url)?.[1] ?? []))].sort();
  return { packages: pick(/\/node_modules\/((?:@[^/]+\/)?[^/]+)/), folders: pick(/\/dist\/(\w+)\//) };
}

describe('what a command loads', () => {
  test.each<[string, string[], string[]]>([
    ['--version', ['--version'], []],
    ['--help', ['--help'], ['commander']],
    ['show', ['show', SESSION], ['chalk', 'commander', 'sdp-transform', 'string-width']],
    ['diff', ['diff', SESSION], ['chalk', 'commander', 'sdp-transform', 'string-width']],
  ])('%s: none of the screen, the sockets and the WebRTC stack', (_, argv, allowed) => {
    const { packages, folders } = loadedBy(argv);
    const own = /^(get-east-asian-width|strip-ansi|ansi-regex|emoji-regex)$/;
    expect(folders).toContain('cli');
    expect(packages.filter((name) => !allowed.includes(name) && !own.test(name))).toEqual([]);
    for (const folder of ['tui', 'engines', 'sources']) expect(folders).not.toContain(folder);
  });
});
