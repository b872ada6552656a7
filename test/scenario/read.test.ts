import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { WORDS } from '../../src/cli/scenario/file.ts';
import { fromYaml } from '../../src/protocols/template/yaml.ts';
import { readScenario } from '../../src/scenario/read.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

const env = { SIGNALING: 'ws://127.0.0.1:9/' };

function read(text: string): Scenario {
  return fromYaml({ text, file: 'x.yaml', code: 'SCENARIO' }, (value) =>
    readScenario(value, { words: WORDS, env, name: 'x' }),
  );
}

const steps = (...lines: string[]) =>
  ['peers:', '  alice: { media: [data] }', '  bob: {}', 'steps:', ...lines.map((line) => `  - ${line}`)].join('\n');

describe('a scenario', () => {
  it('is read with what it does not say', () => {
    expect(read(steps('alice: call'))).toEqual({
      name: 'x',
      tags: [],
      timeout: 10_000,
      server: undefined,
      peers: [{ name: 'alice', media: ['data'] }, { name: 'bob' }],
      steps: [{ do: 'act', moves: [{ peer: 'alice', action: { do: 'call' } }], text: 'alice: call' }],
      expect: [],
    });
  });

  it('takes variables, and those the environment', () => {
    const text = `vars: { place: "{{env.SIGNALING}}", long: 3 }\nserver: { url: "{{place}}room" }\n${steps('{ wait: offer, within: "{{long}}s" }')}`;
    expect(read(text)).toMatchObject({
      server: { url: 'ws://127.0.0.1:9/room' },
      steps: [{ do: 'wait', timeout: 3000, awaited: { for: 'description', type: 'offer' } }],
    });
  });

  test.each([
    ['delay: 500ms', { do: 'pause', time: 500 }],
    ['{ delay: offer, of: bob, by: 2s }', { do: 'fault', fault: { kind: 'delay', what: 'offer', by: 2000, count: 1 } }],
    ['{ lose: candidate, of: bob, count: 4 }', { fault: { kind: 'lose', what: 'candidate', peer: 'bob', count: 4 } }],
    ['drop-socket: bob', { do: 'cut', peer: 'bob' }],
    ['{ connect: bob, within: 2s }', { do: 'connect', peer: 'bob', timeout: 2000 }],
    ['wait: answer#2', { awaited: { for: 'description', type: 'answer', nth: 2 } }],
    ['wait: message bye', { awaited: { for: 'message', text: 'bye' } }],
    ['wait: finding glare', { awaited: { for: 'finding', rule: 'glare' } }],
    ['{ wait: ice=failed, peer: bob }', { peer: 'bob', awaited: { state: { of: ['ice'], value: 'failed' } } }],
    ['alice: "send:{}"', { moves: [{ action: { do: 'send', raw: '{}' } }] }],
    ['bob: { do: stop, m-line: 2 }', { moves: [{ peer: 'bob', action: { do: 'stop' }, mLine: 2 }] }],
    ['together: [alice: offer, bob: offer]', { moves: [{ peer: 'alice' }, { peer: 'bob' }] }],
  ])('has the step %s', (line, expected) => {
    expect(read(steps(line)).steps[0]).toMatchObject(expected);
  });

  test.each([
    ['no peers', 'steps: []', /x\.yaml:1:1: there are no peers/],
    [
      'nine peers',
      `peers: { ${[...'abcdefghi'].map((name) => `${name}: {}`).join(', ')} }\nsteps: []`,
      /1:8: there are 9 peers/,
    ],
    [
      'a call among three to nobody',
      'peers: { a: {}, b: {}, c: {} }\nsteps:\n  - a: call',
      /3:5: there are several whom a/,
    ],
    ['a call with nobody', 'peers: { a: {}, b: {} }\nsteps:\n  - a: { do: offer, with: x }', /3:27: there is no 'x'/],
    ['a peer called like a step', 'peers: { wait: {} }\nsteps: []', /1:10: a peer cannot be called 'wait'/],
    ['other media', 'peers: { a: { media: [vido] } }\nsteps: []', /1:23: there is no 'vido'/],
    ['an unknown peer', steps('alise: call'), /5:5: there is no 'alise'/],
    ['an unknown action', steps('alice: dance'), /5:12: there is no action 'dance'/],
    ['an unknown state', steps('wait: conected'), /5:11: nothing called 'conected' can be waited for/],
    ['an unknown rule', steps('wait: finding glaree'), /5:11: there is no rule 'glaree'/],
    ['an unknown expectation', steps('expect: luck'), /5:13: nothing expects 'luck'/],
    ['a rule that can never be found', steps('expect: no finding glaree'), /there is no rule 'glaree'/],
    ['a time that is none', steps('{ wait: offer, within: soon }'), /5:28: 'soon' is no time/],
    ['a fault without a peer', steps('lose: offer'), /5:5: it is not said whose/],
    ['a peer that comes twice', steps('connect: bob', 'connect: bob'), /6:14: bob is connected already/],
    ['a delay without length', steps('{ delay: offer, of: bob }'), /the delay has no length/],
    ['a key of another step', steps('{ alice: call, of: bob }'), /5:20: there is no 'of'/],
    ['a variable without value', steps('wait: "{{nope}}"'), /5:11: \{\{nope\}\} has no value/],
    ['no YAML', 'peers: [', /x\.yaml:1:9/],
  ])('says where it is wrong: %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test.each([
  ['alice: restat-ice', 'restart-ice'],
  ['alice: add-vido', 'add-video'],
  ['expect: extmap stabel', 'extmap stable'],
  ['expect: no findings of level eror', 'no findings of level error'],
  ['expect: every ofer answered', 'every offer answered'],
  ['expect: re-offer add exactly one m-section', 're-offer adds exactly one m-section'],
  ['wait: conected', 'connected'],
  ['connec: bob', 'connect'],
])('what is misspelt in %s has a suggestion', (line, meant) => {
  expect(() => read(steps(line))).toThrow(expect.objectContaining({ hint: `Did you mean '${meant}'?` }));
});

test('the scenarios of the README are read', () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const texts = [...page.matchAll(/```yaml\n(name: [\s\S]*?)```/g)].map(([, text = '']) => text);
  const scenarios = texts.filter((text) => text.includes('\nsteps:')).map(read);
  expect(scenarios.map(({ tags }) => tags)).toEqual([['ci'], ['ci', 'glare']]);
});
