/** A browser as a source of events: its pages' peer connections, WebSockets and requests. */
import { randomBytes } from 'node:crypto';
import { RenegoError } from '../../core/errors.ts';
import type { Action, Draft } from '../../core/event.ts';
import { loadProtocols } from '../../protocols/index.ts';
import type { Emit, Source, SourceEnd } from '../source.ts';
import { createBidi } from './bidi.ts';
import type { Browser } from './browser.ts';
import { type Channel, openChannel } from './channel.ts';
import { createDevTools } from './devtools.ts';
import { type Endpoint, findEndpoint } from './endpoint.ts';
import { type LaunchOptions, launch } from './launch.ts';
import type { Peer } from './peer.ts';
import { peerFor, refusalOf } from './refusal.ts';
import { createScene } from './scene.ts';
import { readStats } from './stats.ts';

export interface AttachOptions {
  /** Where the browser listens. Not looked at with `launch`. */
  readonly endpoint: string;
  /** Start one, and go to this address. */
  readonly launch?: LaunchOptions & { readonly url: string };
}

/** How long a browser may take to let go. */
const LEAVE_MS = 2000;
/** What answers a handshake but then says nothing is no browser. */
const SILENCE_MS = 30_000;
/** How long a page may take to offer after restartIce(). */
const OFFER_MS = 5000;

const METHODS = {
  'restart-ice': 'restartIce',
  hangup: 'close',
  stats: 'getStats',
  'set-configuration': 'setConfiguration',
};
type PageAction = Extract<Action, { do: keyof typeof METHODS }>;

export function createAttach(options: AttachOptions): Source {
  let emit: Emit = () => undefined;
  let browser: Browser | undefined;
  let over = false;
  const timers = new Set<NodeJS.Timeout>();
  const scene = createScene({
    tell: (draft: Draft, at) => emit(draft, at === undefined ? {} : { at }),
    now: () => performance.timeOrigin + performance.now(),
  });

  /** About the browser as a whole: in no lane. */
  const outside = { from: '', to: '' };
  const problem = (peer: Peer | undefined, code: string, detail: string) =>
    emit({ from: peer?.pc ?? '', to: peer?.pc ?? '', kind: 'problem', code, detail });

  function dispatch(action: Action): void {
    const why = refusalOf(action, scene.peers, over);
    if (why !== undefined) problem(undefined, 'ACTION_REFUSED', `${action.do}: ${why}`);
    else if (action.do === 'mark') emit({ ...outside, kind: 'mark', text: action.text });
    else {
      const wanted = action as PageAction;
      const peer = peerFor(wanted, scene.peers);
      if (peer) act(peer, wanted);
    }
  }

  function act(peer: Peer, action: PageAction): void {
    const { pc, began } = peer;
    const argument = action.do === 'set-configuration' ? action.configuration : undefined;
    emit({ from: pc, to: pc, kind: 'action', action: { ...withoutSecrets(action), pc } });
    browser?.act(peer, METHODS[action.do], argument, (answer) => {
      if (answer !== 'ok' && !answer.startsWith('ok ')) {
        problem(peer, 'ACTION_FAILED', `${METHODS[action.do]}: ${answer.split('\n')[0] ?? ''}`);
      } else if (action.do === 'set-configuration') {
        const text = `${pc} is configured: it counts from the next ICE restart on (r)`;
        emit({ from: pc, to: pc, kind: 'mark', text });
      } else if (action.do === 'stats') tellStats(peer, answer.slice(3));
      else if (action.do === 'restart-ice') later(OFFER_MS, () => noticeSilence(peer, began));
    });
  }

  function noticeSilence(peer: Peer, began: number): void {
    if (!peer.open || peer.began > began || peer.signaling !== 'stable') return;
    const detail = `restartIce() was called, but the page has made no offer within ${OFFER_MS / 1000} s: it seems not to handle negotiationneeded`;
    problem(peer, 'ACTION_WITHOUT_EFFECT', detail);
  }

  function tellStats(peer: Peer, json: string): void {
    const { pc } = peer;
    const stats = readStats(json);
    if (stats === undefined) {
      problem(peer, 'ACTION_FAILED', 'getStats: no statistics came');
      return;
    }
    emit({ from: pc, to: pc, kind: 'call', pc, name: 'getStats', ok: true, args: stats.reports });
    emit({ from: pc, to: pc, kind: 'mark', text: `${pc} ${stats.text}` });
  }

  function later(time: number, what: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      what();
    }, time);
    timers.add(timer);
  }

  /** Until the browser is gone or `signal` aborts. */
  async function watch(endpoint: Endpoint, signal: AbortSignal): Promise<SourceEnd> {
    const { url, speaks } = endpoint;
    let refusal: string | undefined;
    let heard = false;
    const channel: Channel = await openChannel(endpoint, (text) => {
      heard = true;
      browser?.received(text);
    });
    const ports = {
      send: channel.send,
      ready: () => void emit({ ...outside, link: 'browser', kind: 'link', change: 'open', url }),
      refused(why: string) {
        refusal = why;
        channel.close();
      },
    };
    // A name nobody else has: pages cannot know it, and another renego has another.
    const name = `_${randomBytes(12).toString('hex')}`;
    browser = speaks === 'devtools' ? createDevTools(scene, name, ports) : createBidi(scene, name, ports);
    browser.begin(options.launch?.url);
    later(SILENCE_MS, () => {
      if (!heard)
        ports.refused(`nothing was answered within ${SILENCE_MS / 1000} s: is it a browser that listens at ${url}?`);
    });
    const leave = () => {
      setTimeout(channel.close, LEAVE_MS).unref();
      browser?.leave(channel.close);
    };
    const abort = () => (options.launch === undefined ? leave() : browser?.quit());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    await channel.closed;
    signal.removeEventListener('abort', abort);
    if (refusal !== undefined) {
      const hint = /active sessions/.test(refusal)
        ? 'Firefox takes one debugger at a time: end the other one, or restart Firefox if that was killed.'
        : undefined;
      throw new RenegoError('connect', 'BROWSER_REFUSED', `the browser will not be watched: ${refusal}`, hint);
    }
    if (signal.aborted) return { reason: 'aborted', code: 0 };
    const reason = 'the browser quit';
    for (const { page } of scene.peers.open()) scene.left(page);
    emit({ ...outside, link: 'browser', kind: 'link', change: 'close', reason });
    return { reason, code: 0 };
  }

  return {
    async start(sink, signal) {
      emit = sink;
      await loadProtocols();
      const launched = options.launch && (await launch(options.launch, signal));
      try {
        return await watch(launched?.endpoint ?? (await findEndpoint(options.endpoint)), signal);
      } finally {
        over = true;
        for (const timer of timers) clearTimeout(timer);
        await launched?.close();
        emit = () => undefined;
      }
    },
    dispatch,
    configuration: (pc) =>
      new Promise((resolve, reject) => {
        const action: Action = { do: 'set-configuration', configuration: {}, ...(pc !== undefined && { pc }) };
        const [why, peer] = [refusalOf(action, scene.peers, over), peerFor(action, scene.peers)];
        if (why !== undefined || peer === undefined) reject(new Error(why));
        else
          browser?.act(peer, 'getConfiguration', undefined, (answer) => {
            if (answer.startsWith('ok ')) resolve(answer.slice(3));
            else reject(new Error(answer.split('\n')[0]));
          });
      }),
    refusal: (action) => refusalOf(action, scene.peers, over),
  };
}

const SECRET = /^(?:credential|username)$/;

/** What is logged: a configuration may hold what opens a TURN server. */
function withoutSecrets(action: PageAction): PageAction {
  if (action.do !== 'set-configuration') return action;
  const text = JSON.stringify(action.configuration, (key, value: unknown) => (SECRET.test(key) ? undefined : value));
  return { ...action, configuration: JSON.parse(text) as unknown };
}
