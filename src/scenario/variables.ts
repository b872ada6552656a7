/** `{{name}}` and `{{env.NAME}}` in the texts of a scenario. */
import { isObject } from '../protocols/json.ts';
import { type Path, TemplateFault } from '../protocols/template/fault.ts';
import { object, text } from './fields.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The value with all variables replaced; `vars` may use the environment. Throws TemplateFault for one without a value. */
export function filledIn(value: unknown, env: Env): unknown {
  const vars = new Map<string, string>();
  const lookup = (name: string): string | undefined =>
    name.startsWith('env.') ? env[name.slice('env.'.length)] : vars.get(name);
  if (!isObject(value)) return value;
  const { vars: given, ...rest } = value;
  for (const [name, one] of Object.entries(given === undefined ? {} : object(given, ['vars'], 'vars')))
    vars.set(name, filled(text(one, ['vars', name]), lookup, ['vars', name]) as string);
  return filled(rest, lookup, []);
}

function filled(value: unknown, lookup: (name: string) => string | undefined, path: Path): unknown {
  if (Array.isArray(value)) return value.map((one, index) => filled(one, lookup, [...path, index]));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, lookup, [...path, key])]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const found = lookup(name);
    if (found !== undefined) return found;
    throw new TemplateFault(
      path,
      `{{${name}}} has no value`,
      'Give it under vars, or in the environment as {{env.…}}.',
    );
  });
}
