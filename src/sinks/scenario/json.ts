/** A result as JSON (schema 1). */
import { isGreen, type ScenarioResult } from '../../scenario/result.ts';

export function scenarioJson(result: ScenarioResult): object {
  const { name, file, tags, steps, findings } = result;
  return {
    schema: 1,
    kind: 'scenario',
    name,
    file,
    tags,
    ok: isGreen(result),
    steps: steps.map(({ text, outcome, took, why, event, line, events }) => ({
      text,
      outcome,
      ms: Math.round(took),
      why: why ?? null,
      event: event ?? null,
      line: line ?? null,
      events,
    })),
    findings,
  };
}
