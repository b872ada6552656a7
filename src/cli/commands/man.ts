/** `renego man`: the manual page. */
import { COMMANDS } from '../commands.ts';
import type { Context } from '../io.ts';
import { manPage } from '../man-page.ts';
import { version } from '../version.ts';

export async function run({ io }: Context): Promise<number> {
  const { keyTable } = await import('../../tui/keymap.ts');
  io.stdout.write(manPage({ version: version(), commands: COMMANDS, keys: keyTable() }));
  return 0;
}
