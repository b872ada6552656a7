/** What is said where a recording holds nothing that negotiates: what it holds, and how renego is taught. */
import { expect, test } from 'vitest';
import { renego } from './run.ts';

const frame = (data: string, opcode = 'text', t = 0) =>
  JSON.stringify({ t: 1_795_247_554_000 + t, dir: 'c2s', conn: 'a', opcode, data });
const ODD = [
  frame('{"op":1,"d":{"room":"x"}}'),
  frame('{"op":3,"d":{"to":"b","x":"ENCRYPTED"}}'),
  frame('[7,"x"]'),
  frame('hello there, this is no JSON'),
  frame('qrvM3e8BAgM=', 'binary'),
  frame('{"a":1,"b":2,"c":3,"d":4,"e\\u001b[31m":5}'),
].join('\n');

const SAID =
  /no description and no candidate was recognised in 6 messages: 2 JSON \{op, d\}, 1 JSON list of 2, 1 text, 1 binary, 1 of other kinds\n[\s\S]*--protocol \.\/mine\.yaml/;

test('show names such messages by their shape, and says what they are and how they are described', async () => {
  const { code, stdout, stderr } = await renego(['show', '-'], { stdin: ODD });
  expect(code).toBe(0);
  expect(stderr).toMatch(SAID);
  expect(stdout).toMatch(/1 .*op 1 \{d\}\n.*2 .*op 3 \{d\}\n/);
});

test('check says the same beside its report: nothing to report is not that all is well', async () => {
  const { code, stdout, stderr } = await renego(['check', '-'], { stdin: ODD });
  expect(code).toBe(0);
  expect(stdout).toMatch(/nothing to report/);
  expect(stderr).toMatch(SAID);
  expect(stderr).toMatch(/^renego: -: /);
});

test('a candidate alone is enough to say nothing', async () => {
  const candidate = JSON.stringify({ candidate: 'candidate:1 1 udp 1 192.0.2.1 5000 typ host', sdpMid: '0' });
  expect((await renego(['show', '-'], { stdin: frame(candidate) })).stderr).toBe('');
  expect((await renego(['show', '-'], { stdin: frame('{"op":1}') })).stderr).toMatch(/in 1 message: 1 JSON \{op\}\n/);
});
