/** `renego completion <shell>`: a script that completes commands, options and their values. */
import { RenegoError } from '../../core/errors.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { completed } from '../completion/words.ts';
import { zshScript } from '../completion/zsh.ts';
import type { Context } from '../io.ts';

const SHELLS: Readonly<Record<string, typeof bashScript>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

export async function run({ io }: Context, [shell = '']: readonly string[]): Promise<number> {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (script === undefined)
    throw new RenegoError(
      'usage',
      'NO_SUCH_SHELL',
      `there is no completion for '${shell}'`,
      'There is one for bash, zsh and fish.',
    );
  io.stdout.write(script(completed()));
  return 0;
}
