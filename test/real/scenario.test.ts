/** Scenarios played by real peers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { broken, SCENARIO } from '../helpers/contract.ts';
import { all, readJunit } from '../helpers/junit.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

async function play(...args: string[]) {
  const renego = start(['run', ...args]);
  const code = await renego.ended();
  return { code, text: renego.stdout(), told: renego.stderr() };
}

withParts(['wrtc'], 'renego run', () => {
  test('both scenarios of the README hold', async () => {
    const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const folder = await mkdtemp(join(tmpdir(), 'renego-'));
    const texts = [...page.matchAll(/```yaml\n(name: [\s\S]*?)```/g)].map(([, text = '']) => text);
    const files = texts
      .filter((text) => text.includes('\nsteps:'))
      .map((text, index) => {
        const path = join(folder, `${index}.yaml`);
        writeFileSync(path, text);
        return path;
      });
    const { code, text } = await play(...files, '--tag', 'ci');
    expect(text).toContain('# 2 of 2 scenarios passed');
    expect(text).not.toMatch(/^not ok/m);
    expect(code).toBe(0);
  });

  test('an answer that is lost fails its step, and the ladder tells why', async () => {
    const { code, text } = await play(fixture('scenarios/lost-answer.yaml'), '--github');
    expect(text).toMatch(/^not ok 3 - wait: answer$/m);
    expect(text).toMatch(/^#> .*offer #1 · data · unanswered$/m);
    expect(text).toMatch(/^# .*mark: answer of bob lost$/m);
    expect(text).toMatch(
      /^::error file=.*lost-answer\.yaml,line=\d+,title=the answer is lost::wait: answer: It did not come within 3 s\. Offer #1 of alice has no answer\.%0A.*%0A> .*offer #1 · data/m,
    );
    expect(code).toBe(1);
  });

  test('one comes later; a server that is not there takes nothing from the others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renego-'));
    const late = join(folder, 'late.yaml');
    const nowhere = join(folder, 'nowhere.yaml');
    const peers = 'timeout: 60s\npeers: { alice: { media: [data] }, bob: {} }\n';
    writeFileSync(late, `${peers}steps:\n  - connect: bob\n  - alice: call\n  - wait: connected\n`);
    writeFileSync(
      nowhere,
      `server: { url: "ws://127.0.0.1:1/", protocol: mdn }\n${peers}steps:\n  - wait: connected\n`,
    );
    const junit = join(folder, 'results.xml');
    const { code, text, told } = await play(nowhere, late, '--junit', junit);
    expect(text).toMatch(/^not ok 1 - wait: connected\n {2}---\n {2}message: "nobody listens at ws/m);
    expect(text).toContain('ok 2 - connect: bob\nok 3 - alice: call\nok 4 - wait: connected\n1..4\n# 1 of 2 scenarios');
    expect(all(readJunit(readFileSync(junit, 'utf8')), 'error')[0]?.attributes.type).toBe('CONNECT_REFUSED');
    expect(told).toContain('[CONNECT_REFUSED]');
    expect(code).toBe(3);
  });

  test('what Ctrl-C ends is told whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renego-'));
    const files = ['1ms', '10m', '2ms'].map((time) => {
      const path = join(folder, `${time}.yaml`);
      writeFileSync(path, `peers: { alice: {} }\nsteps:\n  - delay: ${time}\nexpect: [no glare]\n`);
      return path;
    });
    const junit = join(folder, 'results.xml');
    const renego = start(['run', ...files, '--junit', junit]);
    await renego.says(/^ok 2 - expect: no glare$/m);
    renego.child.kill('SIGINT');
    expect(await renego.ended()).toBe(130);
    const text = renego.stdout();
    expect(text).toMatch(/^not ok 3 - delay: 10m\n {2}---\n {2}message: "The session ended\."/m);
    expect(text).toMatch(/^ok 4 - .* # SKIP a step before it failed$/m);
    expect(text).toMatch(/^ok 5 - delay: 2ms # SKIP not played: .*\nok 6 .*\n1\.\.6\n# 1 of 3 scenarios passed$/m);
    expect(readJunit(readFileSync(junit, 'utf8')).attributes).toMatchObject({ tests: '6', failures: '1' });
  });

  test('every fault is done, and every expectation judged, with variables and the environment', async () => {
    process.env.RENEGO_TEST_FIRST = 'call';
    const { code, text } = await play(fixture('scenarios/all-faults.yaml'), '--tag', 'faults');
    expect(text).not.toMatch(/^not ok/m);
    expect(text).toMatch(/^1\.\.22\n# 1 of 1 scenarios passed$/m);
    expect(code).toBe(0);
  });

  test('what does not hold is shown by its event, or by all that was said', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'renego-')), 'red.mjs');
    const expected = {
      'no findings': /^#> /m,
      'offer#1 adds exactly 2 m-sections': /^#> .*offer #1 · data/m,
      're-offer adds exactly one m-section': /^#> .*offer #2 · ICE restart/m,
      'restart answered with new credentials within 0.001ms': /^#> .*answer #2 · ICE restart/m,
      'alice reached failed': /^#> .*state (?:connection|ice|dtls)/m,
      glare: /^# .*offer #1 .*\n(?:#.*\n)*# .*offer #2/m,
      'finding glare': /^# The ladder is that of \d+\.$/m,
    };
    writeFileSync(
      path,
      `export default { timeout: '60s', peers: { alice: { media: ['data'] }, bob: {} },
        steps: [{ alice: 'call' }, { wait: 'connected' }, { alice: 'restart-ice' }, { wait: 'negotiated' }],
        expect: ${JSON.stringify(Object.keys(expected))} };\n`,
    );
    const { code, text } = await play(path);
    const parts = text.split(/^(?=not ok )/m).slice(1);
    expect(parts).toHaveLength(Object.keys(expected).length);
    for (const [index, [said, shown]] of Object.entries(expected).entries()) {
      expect(parts[index]?.replaceAll('\\#', '#')).toContain(`expect: ${said}\n`);
      expect(parts[index]).toMatch(shown);
    }
    expect(code).toBe(1);
  });

  test('a recording becomes a scenario that holds', async () => {
    const recording = fixture('negotiations/s05b-stop-recycle-kind__chromium-chromium.ndjson');
    const made = start(['record-scenario', recording]);
    expect(await made.ended()).toBe(0);
    const path = join(await mkdtemp(join(tmpdir(), 'renego-')), 'made.yaml');
    writeFileSync(path, made.stdout().replace('timeout: 20s', 'timeout: 60s'));
    const { code, text } = await play(path, '--json');
    expect(broken(text, SCENARIO)).toEqual([]);
    const result = JSON.parse(text) as { steps: { text: string; outcome: string }[] };
    expect(result.steps.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(result.steps.map(({ text: step }) => step)).toContain('expect: re-offer adds exactly 2 m-sections');
    expect(code).toBe(0);
  });

  test('the same values as a module; a recording of it is golden for the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renego-'));
    const [module, golden] = [join(folder, 'call.mjs'), join(folder, 'golden.ndjson')];
    const scenario = (expected: unknown) =>
      `export default { timeout: '60s', peers: { alice: { media: ['data'] }, bob: {} }, steps: [{ alice: 'call' }, { wait: 'connected' }], expect: ${JSON.stringify(expected)} };\n`;
    writeFileSync(module, scenario(['alice reached connected']));
    expect((await play(module, '--record', golden)).code).toBe(0);
    writeFileSync(module, scenario([{ golden: './golden.ndjson' }]));
    expect((await play(module)).code).toBe(0);
    writeFileSync(module, scenario([{ golden }]).replace("['data']", "['audio']"));
    const other = await play(module);
    expect(other.text).toMatch(/not ok 3 - expect: the same as /);
    expect(other.text).toMatch(/^#> .*offer #1 · audio/m);
    expect(other.code).toBe(1);
    writeFileSync(module, scenario([{ golden: 'gone.ndjson' }]));
    expect(await play(module)).toMatchObject({ code: 4, text: '', told: expect.stringContaining('gone.ndjson') });
    writeFileSync(module, 'export default { peers: { alice: {} }, steps: [{ alise: 1 }] };\n');
    const wrong = await play(module);
    expect(wrong.told).toMatch(/call\.mjs: there is no 'alise' here \(in steps\[0\]\.alise\) \[SCENARIO\]/);
    expect(wrong.code).toBe(2);
  });
});
