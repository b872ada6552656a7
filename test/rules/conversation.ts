/** From lines of the transcript format to a model and the findings of every rule. */
import { type Draft, pairId, type Signal, type SignalEvent } from '../../src/core/event.ts';
import { createLog } from '../../src/core/log.ts';
import type { Model } from '../../src/core/model.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { catalogue } from '../../src/rules/catalogue/index.ts';
import { createChecker } from '../../src/rules/check.ts';
import type { Finding, Rule, TranscriptLine } from '../../src/rules/rule.ts';

export interface Heard {
  readonly model: Model;
  readonly events: readonly SignalEvent[];
  readonly findings: readonly Finding[];
}

const HEADER = { format: 1, tool: 'test', startedAt: '', source: 'test', parties: [], redacted: [] } as const;

/** Reads a conversation and checks it. Event n is line n (DESIGN 4). Messages are 40 ms apart unless they say otherwise. */
export function hear(lines: readonly TranscriptLine[], rules: readonly Rule[] = catalogue): Heard {
  let now = 0;
  const log = createLog(HEADER, () => {
    now += 40;
    return now;
  });
  const model = emptyModel();
  const checker = createChecker({ rules });
  const findings: Finding[] = [];
  const first = lines[0]?.t ?? 0;
  for (const line of lines) {
    const event = log.append(draftOf(line, otherParty(lines, line), first));
    now = event.t;
    reduce(model, event);
    findings.push(...checker.observe(model, event));
  }
  findings.push(...checker.finish(model));
  return { model, events: log.events, findings };
}

/** The lines of an NDJSON transcript. */
export function transcript(text: string): TranscriptLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as TranscriptLine);
}

/** Findings, and those folded under them. */
export function withFolded(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => [finding, ...withFolded(finding.folded ?? [])]);
}

function otherParty(lines: readonly TranscriptLine[], { from, to }: TranscriptLine): string {
  return to ?? lines.find((line) => line.from !== from)?.from ?? lines.find((line) => line.to)?.to ?? 'other';
}

function draftOf(line: TranscriptLine, to: string, first: number): Draft {
  return {
    ...(line.t === undefined ? {} : { t: line.t - first }),
    from: line.from,
    to,
    kind: 'message',
    protocol: 'transcript',
    encoding: 'text',
    raw: JSON.stringify(line),
    signals: [signalOf(line, pairId(line.from, to))],
  };
}

function signalOf(line: TranscriptLine, pc: string): Signal {
  if ('bye' in line) return { type: 'bye', pc };
  if ('type' in line)
    return line.type === 'rollback' ? { type: 'rollback', pc } : { type: line.type, pc, sdp: line.sdp ?? '' };
  const { candidate } = line;
  if (candidate === null) return { type: 'end-of-candidates', pc };
  return {
    type: 'candidate',
    pc,
    candidate: candidate.candidate,
    ...(candidate.sdpMid == null ? {} : { mid: candidate.sdpMid }),
    ...(candidate.sdpMLineIndex == null ? {} : { mLine: candidate.sdpMLineIndex }),
    ...(candidate.usernameFragment == null ? {} : { ufrag: candidate.usernameFragment }),
  };
}
