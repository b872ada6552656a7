/** `--engine`: the stacks are loaded only where a peer is needed. */
import { RenegoError } from '../core/errors.ts';
import type { Engine } from '../engines/engine.ts';
import { withinFiles } from './open-files.ts';

/** Throws RenegoError `usage`/`UNKNOWN_ENGINE`, listing what there is. */
export async function chooseEngine(name: string): Promise<Engine> {
  const { engineNamed, engines } = await import('../engines/index.ts');
  const found = engineNamed(name);
  if (found !== undefined) return withinFiles(found);
  const known = engines.map((engine) => engine.name).join(', ');
  throw new RenegoError('usage', 'UNKNOWN_ENGINE', `there is no engine '${name}'`, `There are ${known}.`);
}
