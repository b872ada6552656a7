import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test, vi } from 'vitest';
import * as library from '../src/index.ts';
import { bundleLibrary } from './helpers/bundle.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = join(root, 'test/fixtures');
const folder = join(root, 'test/.tmp/library');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files that the examples read. */
const FILES: Readonly<Record<string, string>> = {
  'before.sdp': join(fixtures, 'sdp/chromium-156-offer-av-data.sdp'),
  'after.sdp': join(fixtures, 'sdp/wrtc-m106-offer-av-data.sdp'),
  'call.ndjson': join(fixtures, 'sessions/ice-restart.ndjson'),
};

/** The programs of the README, each with what it says that it prints. */
const examples = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```\n(?:\n```\n([\s\S]*?)^```\n)?/gm),
].map(([, program = '', output]) => ({ program, output }));

describe('the examples of the README', () => {
  test('are there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  test.each(examples.map((example, index) => [index + 1, example] as const))(
    'no. %i runs, and prints what is written below it',
    async (number, { program, output }) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `example-${number}.ts`);
      const placed = Object.entries(FILES).reduce(
        (text, [name, file]) => text.replaceAll(`'${name}'`, `'${file}'`),
        program,
      );
      writeFileSync(path, placed.replaceAll("'renego'", `'${join(root, 'src/index.ts')}'`));
      const printed: string[] = [];
      const log = vi.spyOn(console, 'log').mockImplementation((...args) => void printed.push(args.join(' ')));
      try {
        await import(/* @vite-ignore */ path);
      } finally {
        log.mockRestore();
      }
      expect(printed.length).toBeGreaterThan(0);
      if (output !== undefined) expect(`${printed.join('\n')}\n`).toBe(output);
    },
  );
});

describe('in a browser', () => {
  const bundled = bundleLibrary('renego');

  test('needs no module of Node', async () => {
    expect((await bundled).imports).toEqual([]);
    expect((await bundled).code).not.toMatch(/["']node:|\brequire\(/);
  });

  /** A page has neither `process` nor `Buffer`; what is used without them fails here. */
  test('runs where there is nothing but the language and what pages have', async () => {
    const sdp = readFileSync(FILES['before.sdp'] ?? '', 'utf8');
    const page = { URL, TextDecoder, TextEncoder, structuredClone, atob, btoa };
    const result = runInNewContext(
      `${(await bundled).code};
      JSON.stringify({
        exports: Object.keys(renego).sort(),
        kinds: renego.parseSdp(sdp).media.map(({ kind }) => kind),
        found: renego.check(renego.readSession(sdp.replace('v=0', 'v=1')).events).map(({ rule }) => rule),
      })`,
      { ...page, sdp },
    );
    expect(JSON.parse(result)).toEqual({
      exports: Object.keys(library).sort(),
      kinds: ['audio', 'video', 'application'],
      found: ['sdp-mandatory-line'],
    });
  });

  test('asks nothing of Node’s globals', async () => {
    const asked =
      /\bprocess\.(?:env|platform|argv|versions?|nextTick|cwd|stdout|stderr)\b|\bBuffer\.\w+\(|\b__dirname\b/;
    expect('if (process.env.DEBUG)').toMatch(asked);
    // What reads protobuf, loaded only for LiveKit, looks first whether there is any.
    const guarded =
      /typeof process != "object" \|\| typeof process\.env != "object" \|\| process\.env\.BUF_BIGINT_DISABLE/g;
    expect((await bundled).code.replace(guarded, '')).not.toMatch(asked);
  });
});

test('every export has a type or is a function, a list or a class', () => {
  for (const [name, value] of Object.entries(library)) {
    expect(typeof value === 'function' || Array.isArray(value), name).toBe(true);
  }
});
