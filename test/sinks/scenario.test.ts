import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../src/scenario/result.ts';
import { scenariosGithub } from '../../src/sinks/scenario/github.ts';
import { scenarioJson } from '../../src/sinks/scenario/json.ts';
import { scenariosJunit } from '../../src/sinks/scenario/junit.ts';
import { scenariosTap } from '../../src/sinks/scenario/tap.ts';
import { recorded } from '../recording.ts';

const { model } = recorded('ice-restart.ndjson');
const red: ScenarioResult = {
  name: 'a <b>\u001b[2J',
  file: 'x.yaml',
  tags: ['ci'],
  steps: [
    { text: 'alice: call', outcome: 'ok', took: 5, events: [0, 1] },
    {
      text: 'wait: answer#2',
      outcome: 'failed',
      took: 3000.4,
      line: 9,
      why: 'It did "not" come, 100 %.',
      events: [1, 6],
    },
    { text: 'expect: extmap stable', outcome: 'skipped', took: 0, events: [6, 6] },
  ],
  model,
  findings: [],
};
const green: ScenarioResult = { ...red, name: 'good', steps: red.steps.slice(0, 1) };

describe('results of scenarios', () => {
  it('as TAP, with the ladder around a failure', () => {
    const text = stripVTControlCharacters(scenariosTap([green, red], { ascii: true, columns: 0 }));
    const lines = text.split('\n');
    expect(lines.filter((line) => /^(?:TAP|ok|not ok|1\.\.)/.test(line))).toEqual([
      'TAP version 14',
      'ok 1 - alice: call',
      'ok 2 - alice: call',
      'not ok 3 - wait: answer\\#2',
      'ok 4 - expect: extmap stable # SKIP a step before it failed',
      '1..4',
    ]);
    expect(text).toContain('  message: "It did \\"not\\" come, 100 %."\n  duration_ms: 3000\n  at: "x.yaml:9"');
    expect(text).toMatch(/^# +\d+ .*offer #1/m);
    expect(text).toContain('# 1 of 2 scenarios passed');
    expect(text).not.toContain('\u001b');
  });

  it('as JUnit', () => {
    const text = scenariosJunit([green, red]);
    expect(text).toContain('<testsuites name="renego run" tests="4" failures="1" errors="0" skipped="1">');
    expect(text).toContain('<testcase classname="good" name="alice: call" time="0.005"/>');
    expect(text).toContain('<failure message="It did &quot;not&quot; come, 100 %."/>');
    expect(text).toContain('a &lt;b&gt;');
  });

  it('as JSON', () => {
    expect(scenarioJson(red)).toMatchObject({
      schema: 1,
      kind: 'scenario',
      ok: false,
      steps: [
        { why: null, line: null },
        { outcome: 'failed', ms: 3000, line: 9, events: [1, 6] },
        { outcome: 'skipped' },
      ],
    });
  });

  it('as annotations', () => {
    expect(scenariosGithub([green, red])).toMatch(
      /^::error file=x\.yaml,line=9,title=a <b>.*::wait: answer#2: It did "not" come, 100 %25\.\n$/,
    );
  });
});
