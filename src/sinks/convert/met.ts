/**
 * Messages as a stream, each to whoever it turned out to be for. A watched connection offers to a stand-in for its far side;
 * when another connection is then given that offer, it is the one that was meant (as core/far-side.ts has it for a model).
 */
import type { MessageEvent, PartyId, SignalEvent } from '../../core/event.ts';

export interface Met {
  /** Takes in the next event of any kind; gives the messages that need not wait any more, in order. */
  push(event: SignalEvent): readonly MessageEvent[];
  /** All that still wait. */
  end(): readonly MessageEvent[];
}

/** Whoever has not shown itself after so many messages will not do so. */
const MOST = 200;

/** A connection and the party that it speaks to; undefined where no connection is meant. */
function talkOf({ signals }: MessageEvent, to: PartyId): string | undefined {
  for (const signal of signals) if ('pc' in signal && signal.pc !== undefined) return `${signal.pc}\n${to}`;
  return undefined;
}

export function createMet(): Met {
  let waiting: MessageEvent[] = [];
  /** What is waited for: who this party of this connection is. */
  const open = new Set<string>();
  const known = new Set<string>();

  function settle(talk: string): void {
    known.add(talk);
    open.delete(talk);
  }

  /** Somebody was given one of those that wait, and it was sent to another name. */
  function meet(of: number, by: PartyId): void {
    const sent = waiting.find(({ seq }) => seq === of);
    const talk = sent && talkOf(sent, sent.to);
    if (sent === undefined || talk === undefined || !open.has(talk)) return;
    if (sent.from !== by) waiting = waiting.map((one) => (talkOf(one, one.to) === talk ? { ...one, to: by } : one));
    settle(talk);
  }

  function take(): readonly MessageEvent[] {
    const ready = waiting;
    waiting = [];
    open.clear();
    return ready;
  }

  return {
    push(event) {
      if (event.kind === 'apply' && event.op === 'remote' && event.of !== undefined) meet(event.of, event.from);
      if (event.kind === 'message') {
        const [own, far] = [talkOf(event, event.from), talkOf(event, event.to)];
        if (own !== undefined) settle(own);
        if (far !== undefined && !known.has(far)) open.add(far);
        waiting.push(event);
      }
      if (waiting.length > MOST) for (const talk of open) settle(talk);
      return open.size > 0 ? [] : take();
    },
    end: take,
  };
}
