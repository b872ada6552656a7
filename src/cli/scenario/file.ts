/** Reads a scenario from its file. */
import { basename, extname } from 'node:path';
import { RenegoError } from '../../core/errors.ts';
import { pathText, TemplateFault } from '../../protocols/template/fault.ts';
import { readScenario } from '../../scenario/read.ts';
import type { Scenario, Words } from '../../scenario/scenario.ts';
import { parseAction, parseState } from '../do.ts';
import { parseDuration } from '../duration.ts';
import { readText } from '../input.ts';
import type { Io } from '../io.ts';
import { defaultExport, isModule } from '../protocol-file.ts';

/** What the command line and scenarios have in common. */
export const WORDS: Words = {
  action: parseAction,
  state: (text) => parseState(text, 'scenario'),
  duration: (text) => parseDuration(text, 'time'),
};

/** Throws RenegoError `usage`/`SCENARIO` with line and column, `input` for a file that cannot be read. */
export async function loadScenario(path: string, io: Io): Promise<Scenario> {
  if (isModule(path)) return fromModule(path, io);
  const text = await readText(path, io);
  const { fromYaml } = await import('../../protocols/template/yaml.ts');
  const name = path === '-' ? 'standard input' : basename(path, extname(path));
  return fromYaml({ text, file: path, code: 'SCENARIO' }, (value, lineOf) =>
    readScenario(value, { words: WORDS, env: io.env, name, lineOf }),
  );
}

/** The same values as the default export of a module. */
async function fromModule(path: string, io: Io): Promise<Scenario> {
  const value = await defaultExport(path, '', 'SCENARIO');
  try {
    return readScenario(value, { words: WORDS, env: io.env, name: basename(path, extname(path)) });
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    const where = thrown.path.length === 0 ? '' : ` (in ${pathText(thrown.path)})`;
    throw new RenegoError('usage', 'SCENARIO', `${path}: ${thrown.message}${where}`, thrown.hint);
  }
}
