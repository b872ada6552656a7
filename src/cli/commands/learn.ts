/** `renego learn <session>`: a template of the recorded system. */
import type { Context } from '../io.ts';
import { load } from '../load.ts';

export async function run({ io }: Context, [source = '-']: readonly string[]): Promise<number> {
  const { header, path, ...loaded } = await load(source, io);
  const events = loaded.events.slice();
  const { knownSystem } = await import('../../protocols/template/learn/known.ts');
  const { learn } = await import('../../protocols/template/learn/learn.ts');
  const { sentenceOf } = await import('../../protocols/template/learn/reread.ts');
  const { toYaml } = await import('../../protocols/template/learn/write.ts');
  const url = header.url ?? '<url>';
  const known = await knownSystem(header, events);
  if (known !== undefined) {
    const join = `renego connect ${url} --protocol ${known.name}`;
    io.stderr.write(`renego: this is ${known.title}, which is built in: ${join}\n`);
  }
  const learned = learn(header, events);
  const { text, all } = sentenceOf(learned.reread);
  if (!all) io.stderr.write(`renego: the template is not whole. ${text}\n`);
  const usage = `renego connect ${url} --protocol <this file> --room <room>`;
  io.stdout.write(toYaml(learned, path === '-' ? 'standard input' : path, usage));
  return 0;
}
