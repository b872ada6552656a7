/** From lines of the transcript format to a model and the findings of every rule. */
import type { SignalEvent } from '../../src/core/event.ts';
import { createLog } from '../../src/core/log.ts';
import type { Model } from '../../src/core/model.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { transcript as reader } from '../../src/importers/transcript.ts';
import { catalogue } from '../../src/rules/catalogue/index.ts';
import { createChecker } from '../../src/rules/check.ts';
import type { Finding, Rule, TranscriptLine } from '../../src/rules/rule.ts';

export interface Heard {
  readonly model: Model;
  readonly events: readonly SignalEvent[];
  readonly findings: readonly Finding[];
}

const HEADER = { format: 1, tool: 'test', startedAt: '', source: 'test', parties: [], redacted: [] } as const;

/** Checks a conversation. Event n is line n. Messages are 40 ms apart unless they say otherwise. */
export function hear(lines: readonly TranscriptLine[], rules: readonly Rule[] = catalogue): Heard {
  return hearText(lines.map((line) => JSON.stringify(line)).join('\n'), rules);
}

/** The same for the text of a transcript. */
export function hearText(text: string, rules: readonly Rule[] = catalogue): Heard {
  let now = 0;
  const log = createLog(HEADER, () => {
    now += 40;
    return now;
  });
  const model = emptyModel();
  const checker = createChecker({ rules });
  const findings: Finding[] = [];
  const reading = reader.open((draft) => {
    const event = log.append(draft);
    now = event.t;
    reduce(model, event);
    findings.push(...checker.observe(model, event));
  });
  reading.write(text);
  reading.end();
  findings.push(...checker.finish(model));
  return { model, events: log.events, findings };
}

/** The lines of an NDJSON transcript. */
export function transcript(text: string): TranscriptLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as TranscriptLine);
}

/** Findings, and those folded under them. */
export function withFolded(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => [finding, ...withFolded(finding.folded ?? [])]);
}
