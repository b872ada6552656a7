/** `renego learn <session>`: a template of the recorded system. */
import type { Context } from '../io.ts';
import { load } from '../load.ts';

export async function run({ io }: Context, [source = '-']: readonly string[]): Promise<number> {
  const { header, events, path } = await load(source, io);
  const { learn } = await import('../../protocols/template/learn/learn.ts');
  const { toYaml } = await import('../../protocols/template/learn/write.ts');
  const learned = learn(header, events.slice());
  const usage = `renego connect ${header.url ?? '<url>'} --protocol <this file> --room <room>`;
  io.stdout.write(toYaml(learned, path === '-' ? 'standard input' : path, usage));
  return 0;
}
