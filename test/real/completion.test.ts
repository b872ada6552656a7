/** Completion in a real zsh, typed as a person would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
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
