/** A replay as a source: the machine, its connections, and everything that happens told as events. */
import type { Draft, HttpCarriage, SignalEvent } from '../../core/event.ts';
import { deferred } from '../deferred.ts';
import type { Emit, SourceEnd } from '../source.ts';
import { createAlarm } from './alarm.ts';
import { createBindings } from './bindings.ts';
import type { CarrierEvents, Encoding } from './carrier.ts';
import { type ClientSockets, createClientSockets } from './client.ts';
import { createDialect } from './dialect.ts';
import { inTurn } from './in-turn.ts';
import { createLinger } from './linger.ts';
import { type ReplayInput, type ReplayOutput, replayMachine, replayStep } from './machine.ts';
import { nameOf } from './meaning.ts';
import type { Replay, ReplaySourceOptions } from './options.ts';
import { createTold } from './pace.ts';
import { createReports, type ReplayReport, unsaid } from './report.ts';
import { createTellers, endsOf, SERVER } from './retell.ts';
import type { Step } from './script.ts';
import { listenFor, type ServerSockets } from './server.ts';
import { steadyClock } from './steady.ts';

export function createReplay(options: ReplaySourceOptions): Replay {
  const { script, target } = options;
  const { now: clock, stop: stopClock } = steadyClock(options.clock);
  const told = createTold(options);
  const reports = createReports();
  let [reached, early]: [number, ReadonlySet<number>] = [0, new Set()];
  /** The first that is still to come, and the place of the last that somebody was asked to let go. */
  let upcoming: Step | undefined;
  let asked = -1;
  const bindings = createBindings({ relays: target.as === 'server' });
  let emit: Emit = () => undefined;
  let feed: (input: ReplayInput) => void = () => {};

  async function start(sink: Emit, signal: AbortSignal): Promise<SourceEnd> {
    emit = sink;
    const tellers = await createTellers(script);
    let state = replayMachine(script, options);
    let sockets: ClientSockets | ServerSockets | undefined;
    const alarm = createAlarm({
      clock,
      patience: options.patience,
      backlogOf: (lane) => sockets?.backlogOf(lane) ?? 0,
      ring: () => feed({ on: 'time', now: clock() }),
    });
    const { promise, resolve, reject } = deferred<SourceEnd>();
    const linger = createLinger(target.as === 'server' ? target.linger : 0);

    const password = (user: string): string | undefined => options.password?.(user);
    const lacking = ({ seq }: Step, user: string): void =>
      report({
        kind: 'password',
        sentence: `The server asks for the password of ${user} (event ${seq} of the recording): give it with --password.`,
        recorded: seq,
      });

    const dialects = new Map(
      script.lanes.map((lane) => {
        const protocol = tellers.get(lane.key)?.protocol?.name;
        return [lane.key, createDialect(lane, protocol, bindings, { ...options, password, lacking })];
      }),
    );

    function report(one: ReplayReport): void {
      reports.add(one);
      const of = one.event === undefined ? {} : { of: one.event };
      const code = `REPLAY_${one.kind.toUpperCase()}`;
      emit({ from: SERVER, to: SERVER, kind: 'problem', code, detail: one.sentence, ...of });
    }

    function note(draft: Draft): number {
      const seq = emit(draft) ?? told.count + 1;
      told.add({ ...draft, seq, t: clock() } as SignalEvent);
      return seq;
    }

    /** One message of a lane; `byClient` says which way it went. */
    function frame(lane: string, raw: string, encoding: Encoding, byClient: boolean, http?: HttpCarriage) {
      const said = { raw, encoding, direction: byClient ? 'out' : 'in', ...(http && { http }) } as const;
      const draft = tellers.get(lane)?.tell(said);
      return draft && { draft, seq: note(draft) };
    }

    function act(output: ReplayOutput): void {
      switch (output.do) {
        case 'open':
          sockets?.open(output.lane);
          break;
        case 'close':
          sockets?.end(output.lane);
          break;
        case 'say': {
          const { step } = output;
          const { lane, encoding } = step;
          const raw = encoding === 'text' ? (dialects.get(lane)?.said(step) ?? step.raw) : step.raw;
          const sent = sockets?.send(step, raw);
          if (sent === undefined && target.as === 'client') report(unsaid(step));
          const made = sent && frame(lane, raw, encoding, target.as === 'client', sent.http);
          if (made !== undefined) told.stands(made.seq, step);
          if (alarm.fills(lane)) feed({ on: 'full', now: clock() });
          break;
        }
        case 'matched': {
          const { step, heard } = output;
          if (heard.event !== undefined) told.stands(heard.event, step, output.altered);
          if (step.encoding === 'text') dialects.get(step.lane)?.heard(step, heard.raw);
          if (sockets === undefined || step.http === undefined || heard.http === undefined) break;
          if ('learn' in sockets) sockets.learn(step, heard);
          else {
            bindings.learnAddress(step.http.url, heard.http.url);
            sockets.matched(heard.http.exchange, step.http.exchange);
          }
          break;
        }
        case 'strange':
          if (sockets !== undefined && 'refuse' in sockets) {
            const { lane, http } = output.heard;
            const answer = sockets.refuse(http?.exchange ?? '');
            if (answer !== undefined) frame(lane, answer.raw, 'text', false, answer.http);
          }
          break;
        case 'report':
          report(output.report);
          break;
        case 'wake':
          alarm.set(output.at);
          break;
        case 'over':
          if (options.closing !== undefined) emit({ from: SERVER, to: SERVER, kind: 'mark', text: options.closing });
          void alarm
            .sent(script.lanes)
            .then(linger.over)
            .then(() => resolve({ reason: 'replayed', code: 0 }));
      }
    }

    feed = inTurn<ReplayInput>((input) => {
      const stepped = replayStep(state, input);
      state = stepped.state;
      [reached, early] = [state.at, state.done];
      for (const output of stepped.outputs) act(output);
      const step = script.steps.at(state.at);
      if (options.byHand && state.at !== asked && step?.do === 'say' && state.open.has(step.lane)) {
        asked = state.at;
        options.waits?.(step);
      }
      upcoming = step;
    }, reject);

    const heard: CarrierEvents = {
      open(lane, url) {
        if (target.as === 'server') bindings.learnAddress(script.lanes.find(({ key }) => key === lane)?.url, url);
        note({ ...endsOf(script, lane), kind: 'link', change: 'open', url });
        linger.opened(lane);
        feed({ on: 'open', lane, now: clock() });
      },
      heard(lane, raw, encoding, http) {
        const made = frame(lane, raw, encoding, target.as === 'server', http);
        if (made === undefined) return;
        const { signals } = made.draft;
        linger.heard(signals);
        feed({ on: 'heard', lane, raw, signals, now: clock(), event: made.seq, ...(http && { http }) });
      },
      closed(lane, code, reason) {
        note({ ...endsOf(script, lane), kind: 'link', change: 'close', code, reason });
        linger.closed(lane);
        feed({ on: 'closed', lane, now: clock() });
      },
      unanswered: (exchange, why) => feed({ on: 'unanswered', exchange, why, now: clock() }),
      failed: reject,
    };
    const abort = (): void => resolve({ reason: 'aborted', code: 0 });
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (target.as === 'client') {
        const optionsFor = ({ key }: { readonly key: string }) => ({
          subprotocols: tellers.get(key)?.protocol?.subprotocols ?? [],
          ...target,
        });
        sockets = createClientSockets(script.lanes, optionsFor, heard, bindings.applyText);
        feed({ on: 'time', now: clock() });
      } else {
        sockets = await listenFor(script, target, heard);
        target.listening(sockets.url);
      }
      if (signal.aborted) abort();
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      alarm.stop();
      linger.stop();
      stopClock();
      feed = () => {};
      await sockets?.close();
      // Nothing is told behind the end, such as that a client of ours has noticed it.
      emit = () => undefined;
    }
  }

  function refusal(action: { readonly do: string }): string | undefined {
    if (action.do === 'mark') return undefined;
    if (action.do !== 'step') return 'a replay says what was recorded, nothing else';
    if (!options.byHand) return 'give --step to go step by step';
    if (upcoming === undefined) return reached > 0 ? 'the replay is over' : 'nobody is there yet';
    if (upcoming.do === 'say') return undefined;
    return `the ${nameOf(upcoming)} of ${upcoming.from} (event ${upcoming.seq}) has to come first`;
  }
  return {
    events: told.paced,
    reports: reports.list,
    get reached() {
      return reached;
    },
    get early() {
      return early;
    },
    start,
    dispatch(action) {
      if (action.do === 'mark') emit({ from: SERVER, to: SERVER, kind: 'mark', text: action.text });
      // Who types ahead is not refused.
      else if (action.do === 'step' && options.byHand) feed({ on: 'step', now: clock() });
      else emit({ from: SERVER, to: SERVER, kind: 'problem', code: 'ACTION_REFUSED', detail: refusal(action) ?? '' });
    },
    refusal,
  };
}
