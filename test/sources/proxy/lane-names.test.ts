/** A template's decoder knows one connection only: in a proxy, other clients go by their lanes all the same. */
import { expect, test } from 'vitest';
import { createMemory } from '../../../src/protocols/recogniser/decoder.ts';
import { templateFromYaml } from '../../../src/protocols/template/yaml.ts';
import { createReader } from '../../../src/sources/proxy/reader.ts';
import { A, O } from '../../protocols/recogniser/exam.ts';

const TEMPLATE = `
carrier: json
join:
  - send: { op: enter }
  - expect: { op: welcome, you: "{{self}}" }
messages:
  offer: { op: call, to: "{{to}}", from: "{{from}}", body: "{{desc}}" }
  answer: { op: call, to: "{{to}}", from: "{{from}}", body: "{{desc}}" }
`;

test('an offer and its answer on two connections are of one peer connection, between lanes', () => {
  const protocol = templateFromYaml({ text: TEMPLATE, file: 'odd.yaml', name: 'odd', env: {} });
  const common = { url: 'ws://h/', protocol, memory: createMemory(), tries: { vain: 0 } };
  const [app, second] = ['app', 'app-2'].map((client) => createReader({ ...common, client, link: client }));
  const say = (reader: typeof app, out: boolean, message: object) => {
    const { from, to, signals } = (reader as NonNullable<typeof app>).read(
      Buffer.from(JSON.stringify(message)),
      false,
      out,
    );
    return [from, to, ...signals.map((signal) => [signal.type, 'pc' in signal ? signal.pc : ''].join(' ').trim())];
  };
  for (const [reader, you] of [
    [app, 11],
    [second, 12],
  ] as const) {
    say(reader, true, { op: 'enter' });
    say(reader, false, { op: 'welcome', you });
  }
  const offer = { op: 'call', to: 12, from: 11, body: { type: 'offer', sdp: O } };
  const answer = { op: 'call', to: 11, from: 12, body: { type: 'answer', sdp: A } };
  expect(say(app, true, offer)).toEqual(['app', 'app-2', 'offer app+app-2']);
  expect(say(second, false, offer)).toEqual(['app', 'app-2', 'other']);
  expect(say(second, true, answer)).toEqual(['app-2', 'app', 'answer app+app-2']);
  expect(say(app, false, answer)).toEqual(['app-2', 'app', 'other']);
});
