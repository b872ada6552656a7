/** The demo: a signaling server, you, and robin, a second real peer with a short story. */
import type { Draft } from '../core/event.ts';
import type { Engine } from '../engines/engine.ts';
import { mdn } from '../protocols/mdn.ts';
import { createChosenPeer } from './chosen-peer.ts';
import { createEcho } from './echo.ts';
import { given } from './given-protocol.ts';
import { startServer } from './server.ts';
import type { Emit, Source, SourceEnd } from './source.ts';
import { ROBIN, STORY, STORY_END, STORY_OVER, type StoryStep, watchFor, YOU } from './story.ts';

export interface DemoOptions {
  readonly engine: Engine;
  /** Plays the story to its end and ends. Otherwise the call stays, and the first action by hand ends the story. */
  readonly auto: boolean;
  /** Milliseconds between two steps, for the eye. */
  readonly pause?: number;
  /** The server listens: addresses of the signaling and of the page. */
  readonly listening?: (urls: { url: string; pageUrl: string }) => void;
}

const PAUSE_MS = 350;
/** A step that does not come about within this time never will. */
const STUCK_MS = 20_000;

export function createDemo(options: DemoOptions): Source {
  let you: Source | undefined;
  let stopStory: () => void = () => {};

  async function start(emit: Emit, signal: AbortSignal): Promise<SourceEnd> {
    const server = await startServer();
    options.listening?.(server);
    const over = new AbortController();
    const abort = (): void => over.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const peers = { url: server.url, engine: options.engine, reconnect: false };
    const yours = createChosenPeer({ ...peers, as: YOU }, given(mdn));
    const robin = createEcho({ ...peers, as: ROBIN });
    you = yours;
    let end: SourceEnd = { reason: 'aborted', code: 0 };
    const story = playStory(options, { [YOU]: yours, [ROBIN]: robin }, (how) => {
      end = how;
      over.abort();
    });
    stopStory = story.stop;
    const heard: Emit = (draft) => {
      const seq = emit(draft);
      story.accept(draft);
      return seq;
    };
    try {
      const ends = await Promise.allSettled(
        [yours, robin].map((peer) => peer.start(heard, over.signal).finally(abort)),
      );
      for (const one of ends) if (one.status === 'rejected') throw one.reason;
    } finally {
      story.stop();
      signal.removeEventListener('abort', abort);
      await server.close();
    }
    return end;
  }

  return {
    start,
    dispatch(action) {
      if (action.do !== 'mark') stopStory();
      you?.dispatch(action);
    },
    refusal: (action) => (you ? you.refusal(action) : 'the demo has not started yet'),
  };
}

/** Does each step when what it waits for has happened. */
function playStory(
  options: DemoOptions,
  cast: Readonly<Record<string, Source>>,
  finish: (end: SourceEnd) => void,
): { accept(draft: Draft): void; stop(): void } {
  const steps: StoryStep[] = options.auto ? [...STORY, STORY_END] : [...STORY];
  let watch = watchFor(steps[0]?.when ?? []);
  let begun = false;
  let resting = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
  }

  function expectSoon(): void {
    clearTimeout(timer);
    if (options.auto) timer = setTimeout(() => finish({ reason: 'the story got stuck', code: 3 }), STUCK_MS);
  }

  function next(): void {
    resting = false;
    const done = steps.shift();
    const after = steps[0]?.when ?? (options.auto ? STORY_OVER : []);
    // What the step sets off may happen at once, so the watch for it starts before.
    watch = watchFor(after);
    expectSoon();
    if (after.length === 0) stop();
    if (done) cast[done.who]?.dispatch(done.action);
  }

  expectSoon();
  return {
    accept(draft) {
      if (stopped || resting || !watch.accept(draft)) return;
      if (steps.length === 0) {
        stop();
        finish({ reason: 'the story is over', code: 0 });
        return;
      }
      resting = true;
      clearTimeout(timer);
      // The first step has nothing before it to be read.
      timer = setTimeout(next, begun ? (options.pause ?? PAUSE_MS) : 0);
      begun = true;
    },
    stop,
  };
}
