/** Completion in a real zsh, typed as a person would, and what a real fish offers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { completed } from '../../src/cli/completion/words.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';
import { requirePart, withParts } from './parts.ts';
import { openTerminal, type Terminal } from './terminal.ts';

withParts(['tmux', 'zsh'], 'completion in zsh', () => {
  let folder: string;
  let terminal: Terminal;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-zsh-'));
    writeFileSync(join(folder, 'completion.zsh'), zshScript(completed()));
    writeFileSync(join(folder, 'some-call.ndjson'), '');
    terminal = await openTerminal(folder, 120, 40);
    terminal.run(`PS1='%% ' ${requirePart('zsh')} -f`);
    await terminal.until(/^% ?$/m);
    terminal.run('autoload -U compinit && compinit -u -d ./dump && renego() { : } && source ./completion.zsh && clear');
    await terminal.until(/^% ?\s*$/);
  });
  afterEach(() => {
    terminal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['renego ch', /^% renego check ?$/m],
    ['renego check --form', /^% renego check --format ?$/m],
    ['renego check --format sa', /^% renego check --format sarif ?$/m],
    ['renego explain answer-mline-m', /^% renego explain answer-mline-mismatch ?$/m],
    ['renego show some', /^% renego show some-call\.ndjson ?$/m],
    ['renego connect --', /--exit-when +-- end when this state/],
  ])('%s', async (typed, becomes) => {
    terminal.press('-l', '--', typed);
    await terminal.until(new RegExp(`% ${typed.replaceAll('-', '\\-')}`));
    terminal.press('Tab');
    await terminal.until(becomes);
  });
});

withParts(['fish'], 'completion in fish', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'renego-fish-'));
    writeFileSync(join(folder, 'completion.fish'), fishScript(completed()));
    writeFileSync(join(folder, 'some-call.ndjson'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What the Tab key would offer behind this line, without what it says about each. */
  function offered(line: string): readonly string[] {
    const program = `source completion.fish; complete -C '${line}'`;
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    return execFileSync(requirePart('fish'), ['--no-config', '-c', program], { cwd: folder, encoding: 'utf8', env })
      .split('\n')
      .flatMap((text) => text.split('\t')[0] || []);
  }

  test.each([
    ['renego ch', ['check']],
    ['renego hel', ['help']],
    ['renego --vers', ['--version']],
    ['renego help re', ['record-scenario', 'replay']],
    ['renego check --form', ['--format']],
    ['renego check --format sa', ['sarif']],
    ['renego --ascii view --fil', ['--filter']],
    ['renego explain answer-mline-m', ['answer-mline-mismatch']],
    ['renego connect --protocol peer', ['peerjs']],
    ['renego connect --room x', []],
    ['renego show some', ['some-call.ndjson']],
    ['renego completion ', ['bash', 'fish', 'zsh']],
  ])('%s', (line, options) => {
    expect(offered(line)).toEqual(options);
  });
});
