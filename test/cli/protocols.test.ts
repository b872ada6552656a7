import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { protocols } from '../../src/protocols/index.ts';
import { templateFromYaml } from '../../src/protocols/template/yaml.ts';
import { renego } from './run.ts';

test('renego protocols has a line for each, and says honestly what was tested', async () => {
  const { code, stdout, stderr } = await renego(['protocols']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(protocols.length + 1);
  for (const { name, title, tested } of protocols) {
    const line = lines.find((one) => one.startsWith(`${name} `)) ?? '';
    expect(line).toContain(title);
    expect(line).toContain(tested ?? 'examples only');
  }
});

test('renego protocols --json tells a program everything', async () => {
  const { stdout } = await renego(['protocols', '--json']);
  const json = JSON.parse(stdout) as { schema: number; protocols: { name: string }[] };
  expect(json.schema).toBe(1);
  expect(json.protocols.map(({ name }) => name)).toEqual(protocols.map(({ name }) => name));
  expect(json.protocols[0]).toMatchObject({
    name: 'mdn',
    decode: true,
    join: true,
    restart: 'offer',
    carrier: 'websocket',
  });
});

test('the template of the README is read, and joins', () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, text = ''] = /^```yaml\n(# mine\.yaml[\s\S]*?)^```/m.exec(page) ?? [];
  const client = templateFromYaml({ text, file: 'README.md', name: 'mine', env: {} }).client({ as: 'me', now: 1 });
  expect(client.opened()).toEqual([{ do: 'send', raw: '{"op":"enter","room":"renego","name":"me"}' }]);
  const data = '{"op":"welcome","you":4,"others":[3]}';
  expect(client.received({ data, encoding: 'text', direction: 'in' })).toMatchObject([
    { do: 'joined', as: 'me' },
    { do: 'presence', who: '3' },
  ]);
});
