/** The library as one script for browsers, made by the bundler that vitest comes with. */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

export interface Bundle {
  readonly code: string;
  /** What it would still import at run time. */
  readonly imports: readonly string[];
}

/** An ES module, or with `name` a script that sets a global of that name. */
export async function bundleLibrary(name?: string): Promise<Bundle> {
  const bundle = await rolldown({ input: ENTRY, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate(name === undefined ? { format: 'esm' } : { format: 'iife', name });
  await bundle.close();
  const [chunk] = output;
  return { code: chunk.code, imports: output.flatMap((one) => (one.type === 'chunk' ? one.imports : [])) };
}
