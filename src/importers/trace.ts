/**
 * The log of a browser's peer connections as events: what was set locally was sent, what was set remotely had come.
 * Two ends of one call in the same log are one session; else the far side is `remote`.
 */
import { editOf } from '../core/edited.ts';
import type { Signal } from '../core/event.ts';
import type { NumberedDraft } from './importer.ts';
import { arrange, candidateKey, descriptionKey, partnersOf, type Traced } from './trace/order.ts';
import { type DoneStep, type Outcomes, outcomesOf } from './trace/outcomes.ts';
import { readStep, type TracedCandidate, type TracedDescription, textOf } from './trace/step.ts';
import { createTraceWriter, type TraceWriter } from './trace/writer.ts';

export interface TraceEntry {
  /** The id in the dump. */
  readonly pc: string;
  /** Milliseconds; of one peer connection in order. */
  readonly t: number;
  readonly name: string;
  readonly value: unknown;
}

/** Entries in order for each peer connection become events; `protocol` names the log. Linear but for a sort. Never throws. */
export function draftsOfTrace(entries: readonly TraceEntry[], protocol: string, epoch: number): NumberedDraft[] {
  const traced = entries.flatMap(({ pc, t, name, value }): Traced[] => {
    const step = readStep(name, value);
    return step === undefined ? [] : [{ pc, t, step, raw: textOf(value) }];
  });
  const partners = partnersOf(traced);
  const writer = createTraceWriter(protocol, epoch, partners);
  const tale: Tale = { writer, outcomes: outcomesOf(traced), sources: new Map(), created: new Map() };
  for (const one of arrange(traced, partners)) tell(tale, one);
  return writer.drafts;
}

interface Tale {
  readonly writer: TraceWriter;
  readonly outcomes: Outcomes;
  /** The event that brought what a call applies, and whether that is the far side's own. */
  readonly sources: Map<Traced, { readonly seq: number; readonly copy: boolean }>;
  /** What createOffer and createAnswer of a peer connection made last. */
  readonly created: Map<string, string>;
}

function tell(tale: Tale, one: Traced): void {
  const { step } = one;
  const { writer, outcomes } = tale;
  const pc = writer.pcOf(one);
  switch (step.is) {
    case 'set':
      if (step.op === 'local') setLocal(tale, one, step.description);
      else setRemote(tale, one, step.description);
      break;
    case 'create':
      if (!outcomes.of.get(one)?.error) writer.call(one, step.op);
      break;
    case 'gathered':
      writer.send(one, candidateSignal(step.candidate, pc), [candidateKey(step.candidate)]);
      break;
    case 'added':
      add(tale, one, step.candidate);
      break;
    case 'done':
      done(tale, one, step);
      break;
    case 'state':
      writer.inside(one, { kind: 'state', pc, of: step.of, value: step.value });
      break;
    case 'call':
      if (step.error) writer.inside(one, { kind: 'call', pc, name: step.name, ok: false, error: step.error });
      else writer.call(one, step.name, step.args === undefined ? {} : { args: step.args });
      // Closing fires no event (webrtc-pc 4.4.2).
      if (step.name === 'close') writer.inside(one, { kind: 'state', pc, of: 'signaling', value: 'closed' });
  }
}

/** What is set locally is sent, unless the browser refuses it. */
function setLocal(tale: Tale, one: Traced, description: TracedDescription | undefined): void {
  const { writer, outcomes, sources } = tale;
  if (description === undefined) writer.call(one, 'setLocalDescription');
  else if (outcomes.of.get(one)?.error) writer.call(one, 'setLocalDescription', { args: description });
  else if (description.type !== 'rollback') {
    const keys = [description.sdp, descriptionKey(description)];
    const created = one.step.is === 'set' ? mungedFrom(tale, one, description) : undefined;
    const signal = { ...descriptionSignal(description, writer.pcOf(one)), ...(created !== undefined && { created }) };
    sources.set(one, { seq: writer.send(one, signal, keys), copy: false });
  }
}

/** What was made, if something else is set. */
function mungedFrom({ created }: Tale, { pc }: Traced, { type, sdp }: TracedDescription): string | undefined {
  const made = created.get(`${pc}\n${type === 'offer' ? 'offer' : 'answer'}`);
  return made !== undefined && editOf(made, sdp) !== undefined ? made : undefined;
}

/** What is set remotely has come: as the far side's own event, if that is in the dump. */
function setRemote({ writer, sources }: Tale, one: Traced, description: TracedDescription | undefined): void {
  if (description === undefined) writer.call(one, 'setRemoteDescription');
  if (description === undefined || description.type === 'rollback') return;
  const same = writer.sentByFarSide(one, description.sdp);
  const like = same ?? writer.sentByFarSide(one, descriptionKey(description));
  // What was changed on the way is not lost.
  if (same === undefined && like !== undefined) writer.call(one, 'setRemoteDescription', { args: description });
  const seq = like ?? writer.receive(one, descriptionSignal(description, writer.pcOf(one)));
  sources.set(one, { seq, copy: like !== undefined });
}

function add({ writer, outcomes, sources }: Tale, one: Traced, candidate: TracedCandidate): void {
  const pc = writer.pcOf(one);
  const copied = writer.sentByFarSide(one, candidateKey(candidate));
  sources.set(one, { seq: copied ?? writer.receive(one, candidateSignal(candidate, pc)), copy: copied !== undefined });
  if (copied !== undefined && !outcomes.of.has(one)) {
    writer.inside(one, { kind: 'apply', pc, op: 'candidate', ok: true, of: copied });
  }
}

function done(tale: Tale, one: Traced, step: DoneStep): void {
  const { writer, outcomes, sources } = tale;
  const { op, error, description } = step;
  const started = outcomes.calls.get(one);
  const given = started?.step.is === 'set' ? started.step.description : undefined;
  const pc = writer.pcOf(one);
  if (op === 'createOffer' || op === 'createAnswer') {
    if (description) tale.created.set(`${one.pc}\n${op === 'createOffer' ? 'offer' : 'answer'}`, description.sdp);
    if (error) writer.inside(one, { kind: 'call', pc, name: op, ok: false, error });
    return;
  }
  if (step.candidate) add(tale, one, step.candidate);
  else if (op === 'local' && !error && description && !given) setLocal(tale, one, description);
  const source = sources.get(one) ?? (started && sources.get(started));
  // That a candidate which came was taken needs no line of its own.
  if (op === 'candidate' && !error && !source?.copy) return;
  const type = op === 'candidate' ? undefined : (given ?? description)?.type;
  const result = { ok: error === undefined, ...(error && { error }), ...(source && { of: source.seq }) };
  writer.inside(one, { kind: 'apply', pc, op, ...(type !== undefined && { type }), ...result });
}

function descriptionSignal({ type, sdp }: TracedDescription, pc: string): Signal {
  return type === 'rollback' ? { type, pc } : { type, pc, sdp };
}

function candidateSignal({ text, target }: TracedCandidate, pc: string): Signal {
  const { mLine, ...whose } = target;
  if (text === '') return { type: 'end-of-candidates', pc, ...whose };
  return { type: 'candidate', pc, candidate: text, ...whose, ...(mLine !== undefined && { mLine }) };
}
