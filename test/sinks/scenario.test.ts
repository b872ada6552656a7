import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import { isGreen, notPlayed, type ScenarioResult, type StepResult } from '../../src/scenario/result.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { scenariosGithub } from '../../src/sinks/scenario/github.ts';
import { scenarioJson } from '../../src/sinks/scenario/json.ts';
import { scenariosJunit } from '../../src/sinks/scenario/junit.ts';
import { createTap, type TapOptions } from '../../src/sinks/scenario/tap.ts';
import { emptyRecording, recorded } from '../recording.ts';

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
const SCENARIO: Scenario = {
  ...{ name: 'rest', tags: [], timeout: 1, server: undefined, peers: [{ name: 'a' }] },
  steps: [{ do: 'pause', time: 1, text: 'delay: 1' }],
  expect: [{ text: 'glare', expectation: () => undefined }],
};
const green: ScenarioResult = { ...red, name: 'good', steps: red.steps.slice(0, 1) };

function scenariosTap(results: readonly ScenarioResult[], options: TapOptions): string {
  const tap = createTap(options);
  return `${tap.head}${results.map(tap.result).join('')}${tap.end()}`;
}

/** The comments of a scenario with these steps. */
function ladderOf(...steps: readonly StepResult[]): readonly string[] {
  const text = stripVTControlCharacters(scenariosTap([{ ...red, steps }], { ascii: false, columns: 0 }));
  return text.split('\n').filter((line) => line.startsWith('#'));
}

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

  it('marks the event that shows why, with what happened around it', () => {
    const lines = ladderOf({ text: 'expect: x', outcome: 'failed', took: 0, why: 'No.', event: 13, events: [38, 38] });
    const numbers = lines.flatMap((line) => /^#> *(\d+) |^# *(\d+) /.exec(line)?.slice(1).join('') ?? []);
    expect(lines.filter((line) => line.startsWith('#>'))).toEqual([expect.stringMatching(/ answer #2 .* ICE restart/)]);
    expect(numbers.slice(-1).map(Number)[0]).toBeLessThan(38);
    expect(numbers).toContain('11');
  });

  it('marks the row of a candidate that shows why', () => {
    const lines = ladderOf({ text: 'expect: x', outcome: 'failed', took: 0, why: 'No.', event: 24, events: [38, 38] });
    expect(lines.filter((line) => line.startsWith('#>'))).toEqual([expect.stringMatching(/ 23 .* candidates ×8 /)]);
  });

  it('marks it in what happened in the step, where it is in a step', () => {
    const step: StepResult = { text: 'wait: x', outcome: 'failed', took: 0, why: 'No.', event: 11, events: [20, 38] };
    const lines = ladderOf(step);
    expect(lines.filter((line) => line.startsWith('#>'))).toEqual([expect.stringMatching(/ 11 .*offer #2/)]);
    expect(lines.findLast((line) => /^# {2,}\d/.test(line))).toMatch(/^# +3[5-8] /);
  });

  it('shows what was said where nothing shows why, and every ladder once', () => {
    const step: StepResult = { text: 'expect: x', outcome: 'failed', took: 0, why: 'No.', events: [38, 38] };
    const lines = ladderOf(step, { ...step, text: 'expect: y' });
    const rows = lines.filter((line) => /^#> |^# {2,}\d/.test(line));
    expect(rows.every((line) => /(?:offer|answer) #\d/.test(line))).toBe(true);
    expect(rows).toHaveLength(8);
    expect(lines).toContain('# The ladder is that of 1.');
  });

  it('shows no more than the last rows of a step that was long', () => {
    const log = emptyRecording();
    for (let t = 0; t < 500; t += 1) log.log.append({ from: 'a', to: 'a', kind: 'mark', text: `mark ${t}` });
    const step: StepResult = { text: 'wait: x', outcome: 'failed', took: 0, why: 'No.', events: [3, 500] };
    const text = scenariosTap([{ ...red, model: log.model, steps: [step] }], { ascii: true, columns: 0 });
    expect(text.match(/^# .*mark: mark/gm)).toHaveLength(40);
    expect(text).toContain('mark: mark 499');
  });

  it('as JUnit, with the ladder as the text of a failure', () => {
    const step: StepResult = { text: 'x', outcome: 'failed', took: 0, why: 'No <b>.', event: 13, events: [38, 38] };
    const text = scenariosJunit([{ ...red, steps: [step] }]);
    expect(text).toMatch(
      /<failure type="step" message="No &lt;b&gt;\.">No &lt;b&gt;\.\n\n.*\n(?:.*\n)*&gt; +13 .* answer #2 /,
    );
    expect(text).not.toContain('\u001b');
  });

  it('as JUnit', () => {
    const text = scenariosJunit([green, red]);
    expect(text).toContain('<testsuites name="renego run" tests="4" failures="1" errors="0">');
    expect(text).toContain('file="x.yaml" tests="3" failures="1" errors="0" skipped="1">');
    expect(text).toContain('<testcase classname="good" name="alice: call" time="0.005"/>');
    expect(text).toContain('<failure type="step" message="It did &quot;not&quot; come, 100 %.">');
    expect(text).toContain('a &lt;b&gt;');
  });

  it('as JUnit: that there was no server is an error, and what was not begun is skipped', () => {
    const failure = new RenegoError('connect', 'CONNECT_REFUSED', 'nobody listens');
    const rest = notPlayed(SCENARIO, 'y.yaml');
    expect(isGreen(rest)).toBe(false);
    const text = scenariosJunit([{ ...red, failure }, rest]);
    expect(text).toContain('<testsuites name="renego run" tests="5" failures="0" errors="1">');
    expect(text).toContain('<error type="CONNECT_REFUSED" message="It did');
    expect(text).toContain(
      'name="expect: glare" time="0.000"><skipped message="not played: the run was ended before"/>',
    );
  });

  it('as JSON', () => {
    expect(scenarioJson(red)).toMatchObject({
      schema: 1,
      kind: 'scenario',
      ok: false,
      steps: [
        { why: null, line: null, event: null },
        { outcome: 'failed', ms: 3000, line: 9, event: null, events: [1, 6] },
        { outcome: 'skipped' },
      ],
    });
  });

  it('as annotations', () => {
    expect(scenariosGithub([green, red])).toMatch(
      /^::error file=x\.yaml,line=9,title=a <b>.*::wait: answer#2: It did "not" come, 100 %25\.%0A.*%0A +\d+ .*offer #1.*\n$/,
    );
  });
});
