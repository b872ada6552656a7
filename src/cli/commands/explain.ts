/** `renego explain [rule]`: a rule's text, citations and examples, or the list of all rules. */
import { RenegoError } from '../../core/errors.ts';
import { catalogue } from '../../rules/index.ts';
import { explainAll, explainRule } from '../../sinks/explain.ts';
import { suggestion } from '../config.ts';
import { type Context, columnsOf } from '../io.ts';

const COLUMNS = 100;

export async function run({ io }: Context, [id]: readonly string[]): Promise<number> {
  const columns = Math.min(columnsOf(io, COLUMNS), COLUMNS);
  if (id === undefined) {
    io.stdout.write(explainAll(catalogue));
    return 0;
  }
  const rule = catalogue.find((one) => one.id === id);
  if (!rule) throw new RenegoError('usage', 'NO_SUCH_RULE', `there is no rule '${id}'`, suggestion(id));
  io.stdout.write(explainRule(rule, columns));
  return 0;
}
