/** `renego record-scenario <session>`: a scenario to start from, made of a recording. */
import { basename } from 'node:path';
import { RenegoError } from '../../core/errors.ts';
import { planOf } from '../../sources/live-replay/intent.ts';
import { EXIT } from '../exit-codes.ts';
import type { Context } from '../io.ts';
import { load } from '../load.ts';
import { scenarioYaml } from '../scenario/recorded.ts';

export async function run(context: Context, [path = '-']: readonly string[]): Promise<number> {
  const { model } = await load(path, context.io);
  const plan = planOf(model);
  if (plan === undefined) {
    const hint = 'A scenario is made of what was negotiated.';
    throw new RenegoError('input', 'NOTHING_TO_REPLAY', `${path} holds no offer that was answered`, hint);
  }
  context.io.stdout.write(scenarioYaml(plan, path === '-' ? 'standard input' : basename(path)));
  return EXIT.ok;
}
