/** A replay as a source: the machine, its connections, and everything that happens told as events. */
import type { Draft, Millis, SignalEvent } from '../../core/event.ts';
import type { LinkOptions } from '../link.ts';
import type { Emit, Source, SourceEnd } from '../source.ts';
import { createBindings } from './bindings.ts';
import {
  type ReplayInput,
  type ReplayOptions,
  type ReplayOutput,
  type ReplayReport,
  replayMachine,
  replayStep,
} from './machine.ts';
import { createTellers, SERVER } from './retell.ts';
import type { Lane, Script } from './script.ts';
import { dialAll, listenFor, type SocketEvents, type Sockets } from './sockets.ts';

export interface ReplaySourceOptions extends ReplayOptions {
  readonly script: Script;
  readonly target:
    | ({ readonly as: 'client' } & LinkOptions)
    | { readonly as: 'server'; readonly host: string; readonly port: number; listening(url: string): void };
  /** Milliseconds since the session's start. */
  clock(): Millis;
}

export interface Replay extends Source {
  /** What was said and heard, as events. */
  readonly events: readonly SignalEvent[];
  readonly reports: readonly ReplayReport[];
}

export function createReplay(options: ReplaySourceOptions): Replay {
  const { script, target, clock } = options;
  const events: SignalEvent[] = [];
  const reports: ReplayReport[] = [];
  const bindings = createBindings();
  let emit: Emit = () => undefined;
  let feed: (input: ReplayInput) => void = () => {};

  async function start(sink: Emit, signal: AbortSignal): Promise<SourceEnd> {
    emit = sink;
    const tellers = await createTellers(script);
    let state = replayMachine(script, options);
    let sockets: Sockets | undefined;
    let timer: NodeJS.Timeout | undefined;
    const { promise, resolve, reject } = deferred<SourceEnd>();

    function note(draft: Draft): number | undefined {
      const seq = emit(draft);
      events.push({ ...draft, seq: seq ?? events.length + 1, t: clock() } as SignalEvent);
      return seq;
    }

    /** One frame of a lane; `byClient` says which way it went. */
    function frame(lane: string, raw: string, encoding: 'text' | 'base64', byClient: boolean) {
      const draft = tellers.get(lane)?.tell({ raw, encoding, direction: byClient ? 'out' : 'in' });
      return draft && { draft, seq: note(draft) };
    }

    function act(output: ReplayOutput): void {
      switch (output.do) {
        case 'say': {
          const { lane, encoding } = output.step;
          const raw = encoding === 'text' ? bindings.apply(output.step.raw) : output.step.raw;
          if (sockets?.send(lane, raw, encoding)) frame(lane, raw, encoding, target.as === 'client');
          break;
        }
        case 'matched':
          if (output.step.encoding === 'text') bindings.learn(output.step.raw, output.raw);
          break;
        case 'report':
          reports.push(output.report);
          emit({
            from: SERVER,
            to: SERVER,
            kind: 'problem',
            code: `REPLAY_${output.report.kind.toUpperCase()}`,
            detail: output.report.sentence,
            ...(output.report.event !== undefined && { of: output.report.event }),
          });
          break;
        case 'wake':
          clearTimeout(timer);
          timer = setTimeout(() => feed({ on: 'time', now: clock() }), Math.max(1, output.at - clock()));
          break;
        case 'over':
          resolve({ reason: 'replayed', code: 0 });
      }
    }

    const queue: ReplayInput[] = [];
    let busy = false;
    feed = (input) => {
      queue.push(input);
      if (busy) return;
      busy = true;
      for (let next = queue.shift(); next; next = queue.shift()) {
        const stepped = replayStep(state, next);
        state = stepped.state;
        for (const output of stepped.outputs) act(output);
      }
      busy = false;
    };

    const heard: SocketEvents = {
      open(lane, url) {
        note({ ...endsOf(script, lane), kind: 'link', change: 'open', url });
        feed({ on: 'open', lane, now: clock() });
      },
      heard(lane, raw, encoding) {
        const told = frame(lane, raw, encoding, target.as === 'server');
        if (told === undefined) return;
        const { draft, seq } = told;
        feed({
          on: 'heard',
          lane,
          raw,
          signals: draft.signals,
          now: clock(),
          ...(seq !== undefined && { event: seq }),
        });
      },
      closed(lane, code, reason) {
        note({ ...endsOf(script, lane), kind: 'link', change: 'close', code, reason });
        feed({ on: 'closed', lane, now: clock() });
      },
      failed: reject,
    };
    const abort = (): void => resolve({ reason: 'aborted', code: 0 });
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (target.as === 'client')
        sockets = dialAll(
          script.lanes.map((lane) => ({
            subprotocols: tellers.get(lane.key)?.protocol?.subprotocols ?? [],
            ...target,
            lane: lane.key,
            url: addressOf(target.url, lane),
          })),
          heard,
        );
      else {
        const listening = await listenFor(
          script.lanes.map(({ key }) => key),
          target,
          heard,
        );
        sockets = listening;
        target.listening(listening.url);
      }
      if (signal.aborted) abort();
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      clearTimeout(timer);
      feed = () => {};
      await sockets?.close();
    }
  }

  const refusal = (action: { readonly do: string }): string | undefined =>
    action.do === 'mark' || (action.do === 'step' && options.byHand)
      ? undefined
      : action.do === 'step'
        ? 'give --step to go step by step'
        : 'a replay says what was recorded, nothing else';
  return {
    events,
    reports,
    start,
    dispatch(action) {
      if (action.do === 'mark') emit({ from: SERVER, to: SERVER, kind: 'mark', text: action.text });
      else if (refusal(action) === undefined) feed({ on: 'step', now: clock() });
      else emit({ from: SERVER, to: SERVER, kind: 'problem', code: 'ACTION_REFUSED', detail: refusal(action) ?? '' });
    },
    refusal,
  };
}

function endsOf({ lanes }: Script, lane: string): { from: string; to: string; link?: string } {
  const client = lanes.find(({ key }) => key === lane)?.client ?? lane;
  return { from: client, to: SERVER, ...(lane !== '' && { link: lane }) };
}

/** The given server; path and query are those of the recording where only a server, or the path's beginning, is given. */
function addressOf(url: string, lane: Lane): string {
  if (lane.url === undefined || !URL.canParse(url) || !URL.canParse(lane.url)) return url;
  const [given, recorded] = [new URL(url), new URL(lane.url)];
  const begins = `${recorded.pathname}/`.startsWith(given.pathname.replace(/\/?$/, '/'));
  return begins && given.search === '' ? new URL(recorded.pathname + recorded.search, given).href : url;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
