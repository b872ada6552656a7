import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { protocolOf } from '../../src/cli/protocol-file.ts';

const folder = fileURLToPath(new URL('../.tmp/protocol-file', import.meta.url));
const path = (name: string): string => join(folder, name);
const TEMPLATE = `carrier: json
messages:
  offer: { sdp: "{{sdp}}", kind: o }
  answer: { sdp: "{{sdp}}", kind: a }
`;
const MODULE = `export default {
  name: 'odd',
  decoder: () => ({ decode: () => ({ signals: [] }) }),
  client: () => ({ opened: () => [], received: () => [], encode: () => [] }),
};`;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path('mine.yaml'), TEMPLATE);
  writeFileSync(path('wrong.yml'), 'carrier: jsn\nmessages: {}\n');
  writeFileSync(
    path('mine.json'),
    JSON.stringify({ carrier: 'text', messages: { offer: 'O {{sdp}}', answer: 'A {{sdp}}' } }),
  );
  writeFileSync(path('odd.mjs'), MODULE);
  writeFileSync(path('odd.ts'), MODULE);
  writeFileSync(path('none.mjs'), 'export const protocol = 7;\n');
  writeFileSync(path('broken.mjs'), 'export default {;\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('--protocol', () => {
  test('takes a name, auto, a template, a module', async () => {
    expect(await protocolOf('auto', {})).toBeUndefined();
    expect((await protocolOf('mdn', {}))?.name).toBe('mdn');
    expect((await protocolOf(path('mine.yaml'), {}))?.name).toBe('mine');
    expect((await protocolOf(path('mine.json'), {}))?.name).toBe('mine');
    expect(await protocolOf(path('odd.mjs'), {})).toMatchObject({
      name: 'odd',
      title: 'odd',
      capabilities: { trickle: true },
    });
  });

  test.each([
    ['mnd', 'UNKNOWN_PROTOCOL', /renego protocols/],
    ['./absent.yaml', 'PROTOCOL_FILE', /renego protocols/],
    ['absent.yaml', 'PROTOCOL_FILE', /renego protocols/],
    [path('wrong.yml'), 'TEMPLATE', /Did you mean 'json'/],
    [folder, 'PROTOCOL_FILE', /can be read/],
    [path('none.mjs'), 'BAD_PROTOCOL', /defineProtocol/],
    [path('broken.mjs'), 'PROTOCOL_FILE', /node alone/],
  ])('%s: says what is wrong with it', async (name, code, hint) => {
    await expect(protocolOf(name, {})).rejects.toMatchObject({
      code,
      kind: 'usage',
      hint: expect.stringMatching(hint),
    });
  });

  test('a TypeScript module runs where Node can, and else is refused with what can', async () => {
    const canRun = Boolean((process.features as { typescript?: unknown }).typescript);
    if (canRun) expect((await protocolOf(path('odd.ts'), {}))?.name).toBe('odd');
    else await expect(protocolOf(path('odd.ts'), {})).rejects.toMatchObject({ code: 'NO_TYPESCRIPT' });
  });
});
