/**
 * One direction of one connection. Bytes go on as they come and are looked at afterwards (what messages mean, later still); while something intercepts,
 * messages are read first, and go on by what the gate says, from the next message on.
 */
import type { Socket } from 'node:net';
import type { Draft, Millis } from '../../core/event.ts';
import { createFlow } from './flow.ts';
import { createGate } from './gate.ts';
import type { Gate, GateOutput, Intervention, MessageDraft } from './intervention.ts';
import type { Later } from './later.ts';
import { createMessageReader, OPCODE, type Reading, type Unit } from './message-reader.ts';
import { createMeter } from './meter.ts';

export interface DirectionOptions {
  readonly source: Socket;
  readonly target: Socket;
  /** To the server. */
  readonly out: boolean;
  readonly reading: Reading;
  readonly later: Later;
  readonly interventions: () => readonly Intervention[];
  readonly patience: number;
  /** Milliseconds of the session. */
  readonly elapsed: () => Millis;
  readonly random: (bytes: number) => Buffer;
  readonly decode: (data: Buffer, binary: boolean) => MessageDraft;
  /** Gives the event's number in the log. */
  readonly tell: (draft: Draft) => number | undefined;
  /** Something about this direction that is no message. */
  readonly problem: (code: string, detail: string) => void;
  /** A close frame passed. */
  readonly closing: (code: number, reason: string) => void;
}

export interface Direction {
  /** Reads before it sends on, from the next message on. */
  engage(): void;
  readonly gate: Gate;
  readonly decode: (data: Buffer, binary: boolean) => MessageDraft;
  /** Does what the gate returned for a key. */
  act(outputs: readonly GateOutput[]): void;
  /** Bytes that came with the handshake. */
  begin(head: Buffer): void;
}

export function createDirection(options: DirectionOptions): Direction {
  const { source, target, out, later, tell, decode, problem } = options;
  const reader = createMessageReader(options.reading);
  const meter = createMeter();
  const timers = new Map<string, NodeJS.Timeout>();
  const flow = createFlow(source, target, (text) => problem('PROXY_SLOW', text));
  let gated = false;
  let told = false;
  let counting: NodeJS.Timeout | undefined;
  const gate = createGate({
    interventions: options.interventions,
    mask: out ? () => options.random(4) : undefined,
    out,
    decode,
    patience: options.patience,
    elapsed: options.elapsed,
  });

  function arrived(chunk: Buffer): void {
    if (gated) {
      for (const unit of reader.push(chunk)) act(decide(unit));
      return;
    }
    flow.send(chunk);
    look(chunk);
  }

  function look(chunk: Buffer): void {
    for (const unit of reader.push(chunk)) {
      if (unit.kind !== 'message') notice(unit);
      else if (keeps(unit.data)) later.add(() => tell(decode(unit.data, unit.binary)), unit.data.length);
    }
  }

  /** What is more than can be kept is counted. */
  function keeps(data: Buffer): boolean {
    if (!later.full && meter.admit(data.length, performance.now(), () => looksTelling(data))) return true;
    if (later.full) meter.refuse(data.length);
    counting ??= setTimeout(report, COUNT_MS).unref();
    return false;
  }

  function report(): void {
    counting = undefined;
    const { messages, bytes } = meter.take();
    if (messages > 0) problem('PROXY_BUSY', `${messages} messages (${bytes} bytes) passed without being kept`);
  }

  function notice(unit: Exclude<Unit, { kind: 'message' }>): void {
    if (unit.kind === 'control' && unit.opcode === OPCODE.close) {
      const code = unit.payload.length >= 2 ? unit.payload.readUInt16BE(0) : 1005;
      options.closing(code, unit.payload.subarray(2).toString());
    }
    if (unit.kind !== 'unreadable' || told) return;
    told = true;
    problem('PROXY_UNREADABLE', `a message of ${unit.size} bytes passed without being read: ${unit.why}`);
  }

  function decide(unit: Unit): GateOutput[] {
    if (unit.kind === 'message') return gate.offer(unit, decode(unit.data, unit.binary));
    notice(unit);
    const inTurn = unit.kind !== 'control' || unit.opcode === OPCODE.close;
    const before = inTurn ? gate.release('what follows cannot wait') : [];
    return [...before, ...gate.pass(unit.raw, unit.kind === 'unreadable' && unit.ordinal !== undefined)];
  }

  function act(outputs: readonly GateOutput[]): void {
    for (const output of outputs) {
      if (output.do === 'send') for (const bytes of output.bytes) flow.send(bytes);
      else if (output.do === 'wake') wake(output.id, output.after);
      else if (output.item === undefined && output.draft.kind === 'message') {
        if (keeps(Buffer.from(output.draft.raw))) tell(output.draft);
      } else {
        const seq = tell(output.draft);
        if (output.item !== undefined && seq !== undefined) gate.known(output.item, seq);
      }
    }
  }

  function wake(id: string, after: number): void {
    clearTimeout(timers.get(id));
    const timer = setTimeout(() => {
      timers.delete(id);
      act(gate.woken(id));
    }, after);
    timers.set(id, timer);
  }

  source.on('data', arrived);
  source.on('end', () => {
    act(gate.release('the connection ends'));
    target.end();
  });
  source.on('close', () => {
    for (const timer of timers.values()) clearTimeout(timer);
    flow.stop();
    clearTimeout(counting);
    later.add(report, 0);
  });
  return {
    gate,
    decode,
    act,
    begin(head) {
      if (head.length > 0) arrived(head);
    },
    engage() {
      if (gated) return;
      later.drain();
      reader.markSent();
      gated = true;
    },
  };
}

const COUNT_MS = 1000;

const looksTelling = (data: Buffer): boolean => data.includes('v=0') || data.includes('candidate');
