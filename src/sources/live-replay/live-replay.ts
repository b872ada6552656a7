/** A recording done again by real engines: two peers on a server of our own, or one peer on the server it is sent to. */
import type { Action, PartyId, SignalEvent } from '../../core/event.ts';
import { isQuiet } from '../../core/quiet.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';
import type { Engine, TransceiverInfo } from '../../engines/engine.ts';
import { createCompany } from '../company.ts';
import type { PeerOptions } from '../peer.ts';
import type { Arrangement } from '../peer-options.ts';
import { startServer } from '../server.ts';
import type { Emit, Source, SourceEnd } from '../source.ts';
import { beforeAnswer, beforeOffer } from './arranged.ts';
import type { Intent, Plan } from './intent.ts';
import { actionsOf, castOf, connectedSides, countOffers, countRounds, roundName, wantedFlows } from './stage.ts';

export interface LiveReplayOptions {
  readonly plan: Plan;
  readonly engine: Engine;
  /** Milliseconds that a round may take. */
  readonly patience: number;
  /** The server to join as the first party; without it both are played on a server of our own. */
  readonly join?: Pick<PeerOptions, 'url' | 'protocol' | 'room' | 'to' | 'headers' | 'insecure' | 'params'>;
  /** Milliseconds since the session's start. */
  clock(): number;
}

const AGAIN_MS = 25;
/** How long an engine may take to say that it needs an offer. */
const SILENCE_MS = 2_000;

export interface LiveReplay extends Source {
  readonly events: readonly SignalEvent[];
  /** What did not come about, in sentences. */
  readonly reports: readonly string[];
  /** All of its peers have been connected. */
  readonly connected: boolean;
  /** What flowed: `data`, `audio`, `video`. */
  readonly flowed: ReadonlySet<string>;
}

export function createLiveReplay(options: LiveReplayOptions): LiveReplay {
  const { plan, clock } = options;
  const [first, second] = plan.parties;
  const model = emptyModel();
  const events: SignalEvent[] = [];
  const reports: string[] = [];
  const flowed = new Set<string>();
  const waiters = new Set<() => void>();
  let cast = new Map<PartyId, Source>();
  let current: Intent | undefined;
  let connected = false;

  function hear(sink: Emit): Emit {
    return (draft) => {
      const seq = sink(draft);
      const event = { ...draft, seq: seq ?? events.length + 1, t: clock() } as SignalEvent;
      events.push(event);
      reduce(model, event);
      note(event);
      for (const waiter of [...waiters]) waiter();
      return seq;
    };
  }

  function note(event: SignalEvent): void {
    if (event.kind === 'call' && event.name === 'message') flowed.add('data');
    if (event.kind === 'state' && event.of === 'media') flowed.add(event.value.split(' ', 1)[0] ?? '');
  }

  /** Resolves to false when it takes too long. */
  function until(holds: () => boolean, signal: AbortSignal, patience = options.patience): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (met: boolean): void => {
        clearTimeout(timer);
        clearInterval(again);
        waiters.delete(look);
        signal.removeEventListener('abort', stop);
        resolve(met);
      };
      const look = (): void => {
        if (holds()) end(true);
      };
      const stop = (): void => end(false);
      const timer = setTimeout(stop, patience);
      // Whether an action can be done is told by no event.
      const again = setInterval(look, AGAIN_MS);
      waiters.add(look);
      signal.addEventListener('abort', stop, { once: true });
      look();
    });
  }

  /** What this side did before it offered or answered. */
  function describing(
    party: PartyId,
    type: 'offer' | 'answer',
    sections: readonly TransceiverInfo[],
  ): readonly Arrangement[] {
    if (current === undefined || (current.by === party) !== (type === 'offer')) return [];
    const said = [...model.sessions.values()].at(-1)?.descriptions ?? [];
    const own = said.findLast(({ from }) => from === party)?.sdp;
    if (type === 'offer') return own === undefined ? [] : beforeOffer(current.round.offer.sdp, own, sections);
    const offer = said.findLast((one) => one.type === 'offer' && one.from !== party)?.sdp;
    const answer = current.round.answer?.sdp;
    return offer === undefined || answer === undefined ? [] : beforeAnswer(answer, offer, own, sections);
  }

  async function play(signal: AbortSignal): Promise<void> {
    const present = () => [...cast.values()].every((one) => one.refusal({ do: 'call' }) === undefined);
    if (!(await until(present, signal))) return void reports.push('The peers did not find each other on the server.');
    for (const [index, intent] of plan.intents.entries()) {
      const rounds = countRounds(model);
      current = intent;
      const actor = cast.get(intent.by);
      const actions =
        index === 0 ? [{ do: 'call', to: intent.by === first ? second : first } as const] : actionsOf(intent, model);
      // Right after an answer the engine may still be busy with it.
      await until(() => actions.every((action) => actor?.refusal(action) === undefined), signal);
      const offers = countOffers(model);
      for (const action of actions) actor?.dispatch(action);
      // What the engine has nothing to say about was said all the same.
      const begun = await until(() => countOffers(model) > offers, signal, SILENCE_MS);
      if (!begun && !signal.aborted) actor?.dispatch({ do: 'offer' });
      const met = await until(() => countRounds(model) > rounds && isQuiet(model), signal);
      if (signal.aborted) return;
      if (!met) reports.push(`${roundName(intent)} was not completed within ${options.patience / 1000} s.`);
    }
    connected = await until(() => connectedSides(model) >= cast.size, signal);
    if (!connected && !signal.aborted) reports.push('The peers did not connect.');
    const wanted = wantedFlows(plan);
    await until(() => wanted.every((kind) => flowed.has(kind)), signal);
    for (const kind of wanted) if (!flowed.has(kind) && !signal.aborted) reports.push(`No ${kind} flowed.`);
    if (plan.hangup === undefined || signal.aborted) return;
    cast.get(plan.hangup)?.dispatch({ do: 'hangup' });
    await until(() => [...model.sessions.values()].some(({ closedBy }) => closedBy !== undefined), signal);
  }

  async function start(sink: Emit, signal: AbortSignal): Promise<SourceEnd> {
    const server = options.join === undefined ? await startServer() : undefined;
    const over = new AbortController();
    const abort = (): void => over.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    cast = castOf(options, server?.url, { describing });
    const told = hear(sink);
    const company = createCompany({ members: [...cast.keys()] });
    try {
      const ends = [...cast].map(([name, peer]) => peer.start(company.heard(name, told), over.signal).finally(abort));
      await play(over.signal);
      abort();
      for (const end of await Promise.allSettled(ends)) if (end.status === 'rejected') throw end.reason;
    } finally {
      signal.removeEventListener('abort', abort);
      await server?.close();
    }
    return { reason: signal.aborted ? 'aborted' : 'replayed', code: 0 };
  }

  const refusal = (action: Action): string | undefined =>
    action.do === 'mark' ? undefined : 'a replay does what was recorded, nothing else';
  return {
    events,
    reports,
    get connected() {
      return connected;
    },
    flowed,
    start,
    dispatch: (action) => void (refusal(action) === undefined && cast.get(first)?.dispatch(action)),
    refusal,
  };
}
