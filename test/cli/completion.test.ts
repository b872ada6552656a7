import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { completed } from '../../src/cli/completion/words.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';
import { renego } from './run.ts';

const script = bashScript(completed());

/** What bash would offer behind these words; the last one is being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const line = ['renego', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _renego 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-s'], { encoding: 'utf8', input: `${script}\n${ask}\n` })
    .split('\n')
    .filter((word) => word !== '');
}

describe.skipIf(process.platform === 'win32')('bash', () => {
  test.each([
    [['ch'], ['check']],
    [
      ['help', 're'],
      ['replay', 'record-scenario'],
    ],
    [
      ['check', '--f'],
      ['--format', '--fail-on', '--filter'],
    ],
    [['check', '--format', 's'], ['sarif']],
    [['explain', 'answer-mline-m'], ['answer-mline-mismatch']],
    [['connect', '--protocol', 'peer'], ['peerjs']],
    [['--ascii', 'view', '--fil'], ['--filter']],
    [['show', 'package.js'], ['package.json']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['connect', '--room', 'x'], []],
  ])('%j', (words, options) => {
    expect(offered(...words)).toEqual(options);
  });

  test('every command and every option of it', () => {
    for (const { name, options } of COMMANDS) {
      expect(offered(name)).toContain(name);
      const long = options.flatMap(({ flags }) => /--[\w-]+/.exec(flags)?.[0] ?? []);
      expect(offered(name, '--')).toEqual(expect.arrayContaining(long));
    }
  });
});

test('zsh and fish get every command and option too, quoted', () => {
  for (const text of [zshScript(completed()), fishScript(completed())]) {
    for (const { name } of COMMANDS) expect(text).toContain(name);
    for (const option of ['filter', 'exit-when', 'ice-server']) expect(text).toContain(option);
  }
  expect(fishScript(completed())).toContain("browser\\'s");
});

test('another shell is refused', async () => {
  expect(await renego(['completion', 'tcsh'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('NO_SUCH_SHELL'),
  });
});

test('the manual page has every command, option and exit code, and no line that roff would take for a request', async () => {
  const { stdout } = await renego(['man']);
  for (const { name, options } of COMMANDS) {
    expect(stdout).toContain(`.SS "renego ${name.replaceAll('-', '\\-')}`);
    for (const { flags } of options) expect(stdout).toContain(`\\fB${flags.replaceAll('-', '\\-')}\\fR`);
  }
  const requests = [...stdout.matchAll(/^[.'](\S*)/gm)].map(([, name]) => name);
  expect(new Set(requests)).toEqual(new Set(['TH', 'SH', 'SS', 'TP', 'PP', 'B', 'RI', 'EX', 'EE']));
  expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
});
