/** The messages of one HTTP body, or of one stream of events, on their way through a gate. */
import type { Draft, Millis } from '../../core/event.ts';
import { createGate } from './gate.ts';
import type { Reading } from './http-exchanges.ts';
import type { Gate, GateOutput, Intervention, MessageDraft } from './intervention.ts';

/** What a key acts on: a direction of a WebSocket, or this. */
export interface Gated {
  readonly gate: Gate;
  readonly decode: (data: Buffer, binary: boolean) => MessageDraft;
  act(outputs: readonly GateOutput[]): void;
  /** What passes here cannot be sent twice. */
  readonly once?: true;
}

export interface Passage extends Gated {
  /** Takes in a message; what is sent instead of it is read by the same reading. `raw`: what goes on if nothing is done. */
  offer(data: Buffer, reading: Reading, raw?: Buffer): void;
  /** Nobody waits for it any more. */
  cancel(): void;
}

export interface StepIn {
  readonly interventions: () => readonly Intervention[];
  readonly patience: number;
  readonly elapsed: () => Millis;
  readonly tell: (draft: Draft) => number | undefined;
  /** A message that nothing is done to. */
  readonly list: (draft: MessageDraft, size: number) => void;
  /** All that are open, for keys. */
  readonly passages: Set<Passage>;
}

export interface PassageEnds {
  /** To the server. */
  readonly out: boolean;
  /** The whole of an answer: there is one. */
  readonly once?: boolean;
  /** A message goes on: the very buffer that was offered, or another one. */
  send(data: Buffer): void;
  /** How something else than what came is put where it stood; as it is, without it. `raw`: what came, if anything did. */
  wrap?(data: Buffer, raw: Buffer | undefined): Buffer;
  /** After each thing that was done. */
  moved?(): void;
}

export function openPassage(
  { interventions, patience, elapsed, tell, list, passages }: StepIn,
  ends: PassageEnds,
): Passage {
  const timers = new Map<string, NodeJS.Timeout>();
  let reading: Reading | undefined;

  function decode(data: Buffer): MessageDraft {
    if (reading === undefined) throw new Error('nothing was offered');
    return reading.decode(data);
  }

  const gate = createGate({
    interventions: () => (ends.once ? interventions().map(({ duplicate: _, ...rest }) => rest) : interventions()),
    mask: undefined,
    out: ends.out,
    decode,
    patience,
    elapsed,
    outlet: { original: ({ raw }) => raw, other, passed() {} },
  });

  function other({ data }: { readonly data: Buffer }, instead?: { readonly raw: readonly Buffer[] }): Buffer[] {
    return [ends.wrap === undefined ? data : ends.wrap(data, instead?.raw[0])];
  }

  function act(outputs: readonly GateOutput[]): void {
    for (const output of outputs) {
      if (output.do === 'send') for (const data of output.bytes) ends.send(data);
      else if (output.do === 'wake') wake(output.id, output.after);
      else if (output.item === undefined && output.draft.kind === 'message')
        list(output.draft, output.draft.raw.length);
      else {
        const seq = tell(output.draft);
        if (output.item !== undefined && seq !== undefined) gate.known(output.item, seq);
      }
    }
    ends.moved?.();
  }

  function wake(id: string, after: number): void {
    clearTimeout(timers.get(id));
    const timer = setTimeout(() => {
      timers.delete(id);
      act(gate.woken(id));
    }, after);
    timers.set(id, timer);
  }

  const passage: Passage = {
    gate,
    decode,
    act,
    ...(ends.once && { once: true }),
    offer(data, of, raw = data) {
      reading = of;
      const message = { kind: 'message', binary: false, data, ordinal: undefined, begun: false, raw: [raw] } as const;
      act(gate.offer(message, of.decode(data)));
    },
    cancel() {
      passages.delete(passage);
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
  passages.add(passage);
  return passage;
}

/** What becomes of a body: its messages as they go on, and whether they are those that came. */
export type Passed = (messages: readonly Buffer[], changed: boolean) => void;

/**
 * Leads a whole body through; `done` once, when nothing of it waits any more. Returns what ends the waiting, and tells
 * whether there was some.
 */
export function passBody(reading: Reading, out: boolean, stepIn: StepIn, done: Passed): () => boolean {
  const messages: Buffer[] = [];
  let offered = 0;
  let open = true;
  const passage = openPassage(stepIn, {
    out,
    once: !out && !reading.polling,
    send: (data) => messages.push(data),
    moved() {
      if (!open || offered < reading.messages.length || !passage.gate.empty) return;
      end();
      const same = messages.length === offered && messages.every((one, i) => one === reading.messages[i]);
      done(messages, !same);
    },
  });

  function end(): void {
    open = false;
    passage.cancel();
  }

  for (const data of reading.messages) {
    offered += 1;
    passage.offer(data, reading);
  }
  return () => {
    const waited = open;
    end();
    return waited;
  };
}
