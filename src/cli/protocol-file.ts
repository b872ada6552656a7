/** `--protocol ./mine.yaml`, `./mine.mjs`, `./mine.ts`: a protocol of the user's own. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RenegoError } from '../core/errors.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { Io } from './io.ts';
import { chooseProtocol } from './peer-options.ts';

const TEMPLATES = ['.yaml', '.yml', '.json'];
const MODULES = ['.mjs', '.js', '.cjs', '.ts', '.mts', '.cts'];

/** Undefined for `auto`. A name, or the path of a file. Throws RenegoError `usage`. */
export async function protocolOf(name: string, env: Io['env']): Promise<Protocol | undefined> {
  const extension = extname(name).toLowerCase();
  const isPath = /[/\\]/.test(name) || [...TEMPLATES, ...MODULES].includes(extension);
  if (!isPath) return chooseProtocol(name);
  if (!existsSync(name)) {
    const hint = 'Give the path of a template or a module, or the name of a protocol: renego protocols lists them.';
    throw new RenegoError('usage', 'PROTOCOL_FILE', `--protocol: there is no file '${name}'`, hint);
  }
  const called = basename(name, extname(name));
  if (MODULES.includes(extension)) return await fromModule(name);
  const { templateFromYaml } = await import('../protocols/template/yaml.ts');
  return templateFromYaml({ text: readText(name), file: name, name: called, env });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const hint = 'Give the path of a file that can be read.';
    throw new RenegoError('usage', 'PROTOCOL_FILE', `--protocol: ${path}: ${(thrown as Error).message}`, hint);
  }
}

async function fromModule(path: string): Promise<Protocol> {
  const { defineProtocol } = await import('../protocols/define.ts');
  const exported = await defaultExport(path, '--protocol: ');
  if (exported === undefined) {
    const hint = 'End it with: export default defineProtocol({ … }).';
    throw new RenegoError('usage', 'BAD_PROTOCOL', `--protocol: ${path} has no default export`, hint);
  }
  return defineProtocol(exported as Parameters<typeof defineProtocol>[0]);
}

/** Whether the file is a module rather than YAML, by its name. */
export const isModule = (path: string): boolean => MODULES.includes(extname(path).toLowerCase());

/** The default export of a module. `what` stands before messages, `code` is that of one that fails. Throws RenegoError `usage`. */
export async function defaultExport(path: string, what: string, code = 'PROTOCOL_FILE'): Promise<unknown> {
  const extension = extname(path).toLowerCase();
  if (extension.endsWith('ts') && !runsTypeScript()) {
    const hint = 'Node 22.18 and 24 run TypeScript, Node 22.6 with --experimental-strip-types; or make it a .mjs file.';
    throw new RenegoError('usage', 'NO_TYPESCRIPT', `${what}Node ${process.versions.node} cannot run ${path}`, hint);
  }
  const loaded = (await loadModule(path, what, code)) as { readonly default?: unknown };
  return loaded.default;
}

async function loadModule(path: string, what: string, code: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (thrown) {
    if (thrown instanceof RenegoError) throw thrown;
    const hint = 'Run it with node alone to see where.';
    throw new RenegoError('usage', code, `${what}${path} fails: ${String(thrown)}`, hint);
  }
}

/** Node strips types by itself, or was told to. */
function runsTypeScript(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}
