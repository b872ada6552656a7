/** Reads a transcript of the fixtures into a log and its model, for tests that need a session to look at. */
import { readFileSync } from 'node:fs';
import type { Draft, Signal } from '../src/core/event.ts';
import { pairId } from '../src/core/event.ts';
import { createLog, type Log } from '../src/core/log.ts';
import type { Model } from '../src/core/model.ts';
import { emptyModel, reduce } from '../src/core/reduce.ts';

export interface Recording {
  readonly log: Log;
  readonly model: Model;
}

/** An empty log whose model follows it. */
export function emptyRecording(): Recording {
  const header = {
    format: 1,
    tool: 'renego',
    startedAt: '2026-11-21T06:31:13.000Z',
    source: 'test',
    parties: [],
    redacted: [],
  } as const;
  const log = createLog(header, () => log.events.at(-1)?.t ?? 0);
  const model = emptyModel();
  log.subscribe((event) => reduce(model, event));
  return { log, model };
}

/** A transcript under `test/fixtures/sessions`. */
export function recorded(name: string): Recording {
  const recording = emptyRecording();
  const text = readFileSync(new URL(`fixtures/sessions/${name}`, import.meta.url), 'utf8');
  for (const line of text.trim().split('\n')) recording.log.append(draftOf(line));
  return recording;
}

interface TranscriptLine {
  t: number;
  from: string;
  to: string;
  type?: 'offer' | 'answer' | 'pranswer' | 'rollback';
  sdp: string;
  candidate: { candidate: string; sdpMid?: string; sdpMLineIndex?: number; usernameFragment?: string } | null;
}

function draftOf(raw: string): Draft {
  const { t, from, to, type, sdp, candidate } = JSON.parse(raw) as TranscriptLine;
  const pc = pairId(from, to);
  const base = { t, from, to, kind: 'message', protocol: 'transcript', encoding: 'text', raw } as const;
  if (type === 'rollback') return { ...base, signals: [{ type, pc }] };
  if (type !== undefined) return { ...base, signals: [{ type, pc, sdp }] };
  if (candidate === null) return { ...base, signals: [{ type: 'end-of-candidates', pc }] };
  const signal: Signal = {
    type: 'candidate',
    pc,
    candidate: candidate.candidate,
    ...(candidate.sdpMid === undefined ? {} : { mid: candidate.sdpMid }),
    ...(candidate.sdpMLineIndex === undefined ? {} : { mLine: candidate.sdpMLineIndex }),
    ...(candidate.usernameFragment === undefined ? {} : { ufrag: candidate.usernameFragment }),
  };
  return { ...base, signals: [signal] };
}
