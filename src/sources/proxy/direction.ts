/**
 * One direction of one connection. Bytes go on as they come and are looked at afterwards: where the relay passes them on, a
 * copy of them, when its turn on the tape has come. While something intercepts, messages are read first, and go on by what
 * the gate says, from the next message on.
 */
import type { Draft, Millis } from '../../core/event.ts';
import type { Telling } from '../source.ts';
import { createFlow } from './flow.ts';
import { createGate } from './gate.ts';
import type { Gate, GateOutput, Intervention, MessageDraft } from './intervention.ts';
import type { Later } from './later.ts';
import { createListing } from './listing.ts';
import { createMessageReader, OPCODE, type Reading, type Unit } from './message-reader.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';

export interface DirectionOptions {
  readonly source: RemoteSocket;
  readonly target: RemoteSocket;
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
  readonly tell: (draft: Draft, telling?: Telling) => number | undefined;
  /** Something about this direction that is no message. */
  readonly problem: (code: string, detail: string, telling?: Telling) => void;
  /** Whatever passed, as far as it is seen; undefined: from here on nothing is. */
  readonly passed: (unit: Unit | undefined) => void;
  /** A close frame passed. */
  readonly closing: (code: number, reason: string, telling: Telling) => void;
}

export interface Direction {
  /** Reads before it sends on, from the next message on; where the relay passes on, once that has let go of it. */
  engage(): void;
  /** Does what the gate returned for something new, as soon as nothing is half sent. */
  insert(outputs: readonly GateOutput[]): void;
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
  const listing = createListing(tell, (text, telling) => problem('PROXY_BUSY', text, telling));
  const timers = new Map<string, NodeJS.Timeout>();
  const flow = createFlow(source, target, (text) => problem('PROXY_SLOW', text));
  /** Looked at and sent on; and from when on by what the gate says. */
  let mode: 'passing' | 'engaging' | 'gated' = 'passing';
  const inserts: (readonly GateOutput[])[] = [];
  let told = false;
  let last: number | undefined;
  const gate = createGate({
    interventions: options.interventions,
    mask: out ? () => options.random(4) : undefined,
    out,
    decode,
    patience: options.patience,
    elapsed: options.elapsed,
  });

  function arrived(chunk: Buffer): void {
    if (mode !== 'gated') {
      flow.send(chunk);
      later.add(() => look(chunk, undefined));
      return;
    }
    for (const unit of reader.push(chunk)) {
      options.passed(unit);
      act(decide(unit));
      if (unit.kind !== 'message') notice(unit);
    }
    insertNow();
  }

  function look(chunk: Buffer, at: number | undefined): void {
    last = at;
    for (const unit of reader.push(chunk)) {
      options.passed(unit);
      if (unit.kind === 'message') listing.list(decode(unit.data, unit.binary), unit.data.length, at);
      else notice(unit);
    }
  }

  function gateNow(): void {
    reader.markSent();
    mode = 'gated';
    insertNow();
  }

  function insertNow(): void {
    if (mode !== 'gated' || reader.amid) return;
    for (const outputs of inserts.splice(0)) act(outputs);
  }

  function notice(unit: Exclude<Unit, { kind: 'message' }>): void {
    if (unit.kind === 'control' && unit.opcode === OPCODE.close) {
      const code = unit.payload.length >= 2 ? unit.payload.readUInt16BE(0) : 1005;
      options.closing(code, unit.payload.subarray(2).toString(), last === undefined ? {} : { at: last });
    }
    if (unit.kind !== 'unreadable' || told) return;
    told = true;
    problem('PROXY_UNREADABLE', `a message of ${unit.size} bytes passed without being read: ${unit.why}`);
  }

  function decide(unit: Unit): GateOutput[] {
    if (unit.kind === 'message') return gate.offer(unit, decode(unit.data, unit.binary));
    const inTurn = unit.kind !== 'control' || unit.opcode === OPCODE.close;
    const before = inTurn ? gate.release('what follows cannot wait') : [];
    return [...before, ...gate.pass(unit.raw, unit.kind === 'unreadable' && unit.ordinal !== undefined)];
  }

  function act(outputs: readonly GateOutput[]): void {
    for (const output of outputs) {
      if (output.do === 'send') for (const bytes of output.bytes) flow.send(bytes);
      else if (output.do === 'wake') wake(output.id, output.after);
      else if (output.item === undefined && output.draft.kind === 'message') {
        listing.list(output.draft, output.draft.raw.length);
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

  source.watcher = {
    copy: look,
    parted: () => {
      if (mode === 'engaging') gateNow();
    },
    slow: (text) => problem('PROXY_SLOW', text),
    lost() {
      options.passed(undefined);
      problem('PROXY_BLIND', 'too much waits to be read: from here on messages pass unread');
    },
  };
  source.on('data', arrived);
  source.on('end', () => {
    act(gate.release('the connection ends'));
    target.end();
  });
  source.on('close', () => {
    for (const timer of timers.values()) clearTimeout(timer);
    flow.stop();
    later.add(listing.report);
  });
  return {
    gate,
    decode,
    act,
    begin(head) {
      if (head.length > 0) arrived(head);
    },
    engage() {
      if (mode !== 'passing') return;
      mode = 'engaging';
      if (source.isJoined) return;
      later.drain();
      gateNow();
    },
    insert(outputs) {
      inserts.push(outputs);
      insertNow();
    },
  };
}
