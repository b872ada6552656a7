/**
 * Perfect negotiation (W3C WebRTC, section 10.7) as a pure machine: no engine, no socket, no clock. One engine
 * operation at a time, everything else waits in order; the polite side rolls back by itself, because not every engine
 * does it when a remote offer arrives in have-local-offer.
 */
import type { PcId, Signal } from '../core/event.ts';
import { collect, spoken } from './peer-gathering.ts';
import { startDescription, stepDone, stepFailed } from './peer-jobs.ts';
import { candidateUfrag, endOfCandidates } from './peer-sdp.ts';
import {
  type Input,
  MAX_EARLY,
  MAX_UNSENT,
  MAX_WAITING,
  type Output,
  type PeerState,
  type Stepped,
  type Terms,
} from './peer-state.ts';

/** Everything is possible. */
const FREE: Terms = { trickle: true, renegotiation: true, offers: 'both' };

/** A machine for a fresh peer connection. */
export function peerMachine(config: { pc: PcId; polite: boolean; answerOnly?: boolean; terms?: Terms }): PeerState {
  return {
    pc: config.pc,
    polite: config.polite,
    answerOnly: config.answerOnly ?? false,
    terms: config.terms ?? FREE,
    signaling: 'stable',
    connection: 'new',
    job: undefined,
    waiting: [],
    needed: false,
    asked: undefined,
    halted: false,
    askable: false,
    offer: undefined,
    localSdp: '',
    remoteSdp: '',
    ufrags: [],
    described: false,
    ignoring: false,
    ignored: [],
    early: [],
    gathered: undefined,
    endTold: false,
    held: [],
    pool: [],
    pending: undefined,
    linkUp: true,
    unsent: [],
    gone: false,
    closed: false,
  };
}

/** One input: the next state, and what has to be done now, in order. */
export function step(state: PeerState, input: Input): Stepped {
  if (state.closed) return { state, outputs: [] };
  const stepped = take(state, input);
  return deliver(stepped.state.closed ? stepped : proceed(stepped));
}

function take(state: PeerState, input: Input): Stepped {
  switch (input.on) {
    case 'needed':
      return only({ ...state, needed: true });
    case 'offer':
      return only({ ...state, asked: { iceRestart: input.iceRestart }, halted: false });
    case 'ask':
      return { state, outputs: [{ do: 'ask', what: input.what }] };
    case 'allow':
      return only({ ...state, answerOnly: false, halted: false, askable: true });
    case 'rollback':
      return only({ ...state, waiting: [...state.waiting, { kind: 'rollback' }] });
    case 'description':
      return queue(state, { kind: 'description', description: input.description });
    case 'remote-candidate':
      return queue(state, { kind: 'candidate', candidate: input.candidate });
    case 'local-candidate':
      return localCandidate(state, input.signal);
    case 'done':
      return stepDone({ ...state, signaling: input.signaling }, input.sdp ?? '');
    case 'failed':
      return stepFailed({ ...state, signaling: input.signaling }, input.error);
    case 'connection': {
      const lost = state.gone && /^(disconnected|failed|closed)$/.test(input.state);
      const next = { ...state, connection: input.state };
      return lost ? close(next, 'the peer left') : only(next);
    }
    case 'link':
      return linkChanged(state, input.up);
    case 'left':
      return state.connection === 'connected' ? only({ ...state, gone: true }) : close(state, 'the peer left');
    case 'back':
      return only({ ...state, gone: false });
    case 'bye':
      return close(state, 'the peer hung up');
    case 'replaced':
      return close(state, input.reason ?? 'the peer calls anew, with another peer connection');
    case 'hangup':
      return close(state, 'hung up', [{ do: 'send', signal: { type: 'bye', pc: state.pc } }]);
  }
}

const only = (state: PeerState): Stepped => ({ state, outputs: [] });

function close(state: PeerState, reason: string, before: readonly Output[] = []): Stepped {
  return {
    state: { ...state, closed: true, job: undefined, waiting: [], signaling: 'closed' },
    outputs: [...before, { do: 'close', reason }],
  };
}

function queue(state: PeerState, one: PeerState['waiting'][number]): Stepped {
  if (state.waiting.length >= MAX_WAITING) {
    const detail = `more than ${MAX_WAITING} messages wait for the engine; one was dropped`;
    return { state, outputs: [{ do: 'problem', code: 'FLOODED', detail }] };
  }
  return only({ ...state, waiting: [...state.waiting, one] });
}

/** Candidates may be there before their description is sent; the other side must see the description first. */
function localCandidate(state: PeerState, candidate: Extract<Input, { on: 'local-candidate' }>['signal']): Stepped {
  // Engines may say again that gathering is complete, when the next round of it has been asked for already.
  if (candidate === null && state.endTold) return only(state);
  const gathered = (candidate && candidateUfrag(candidate)) ?? state.gathered;
  const next = { ...state, gathered, endTold: candidate === null };
  if (!state.terms.trickle) return collect(next, candidate);
  const described = describing(state.job);
  const signal: Signal = candidate ?? endOfCandidates(state.pc, described ?? state.localSdp, gathered);
  if (described !== undefined) return only({ ...next, held: [...state.held, signal] });
  return { state: next, outputs: [{ do: 'send', signal }] };
}

/** The description that is just being applied, but not sent yet. */
function describing(job: PeerState['job']): string | undefined {
  if (job?.kind === 'offer' && job.step === 'apply') return job.offer.sdp;
  return job?.kind === 'answer' && job.step === 'apply' ? job.sdp : undefined;
}

/** After a reconnection nobody knows what got lost: an offer without answer is sent again. */
function linkChanged(state: PeerState, up: boolean): Stepped {
  const next = { ...state, linkUp: up };
  if (!up || state.linkUp) return only(next);
  const open = state.pending === undefined ? state.offer : undefined;
  const offer: Signal[] = open ? [spoken(state, { type: 'offer', pc: state.pc, sdp: open.sdp })] : [];
  const again = state.unsent.some((signal) => signal.type === 'offer') ? [] : offer;
  const outputs = [...again, ...state.unsent].map((signal): Output => ({ do: 'send', signal }));
  return { state: { ...next, unsent: [] }, outputs };
}

/** Starts the next piece of work if nothing is under way: what waits first, an offer of our own last. */
function proceed({ state, outputs }: Stepped): Stepped {
  let now = state;
  const all = [...outputs];
  while (now.job === undefined) {
    const [first, ...rest] = now.waiting;
    if (first === undefined) break;
    const started = start({ ...now, waiting: rest }, first);
    now = started.state;
    all.push(...started.outputs);
  }
  if (now.job !== undefined || now.signaling !== 'stable') return { state: now, outputs: all };
  const byItself = now.needed && !now.answerOnly && !now.halted;
  if (now.terms.offers === 'them') return ask(now, all);
  const mayOffer = now.terms.renegotiation || now.localSdp === '';
  if (!now.asked && !(byItself && mayOffer)) return { state: now, outputs: all };
  const iceRestart = now.asked?.iceRestart ?? false;
  const job = { kind: 'offer', step: 'create', iceRestart, asked: now.asked !== undefined } as const;
  return {
    state: { ...now, job, asked: undefined, needed: false },
    outputs: [...all, { do: 'engine', op: { op: 'createOffer', iceRestart } }],
  };
}

/** Where the other side offers, we can but ask. What it leaves out of its offer is not asked for again and again. */
function ask(state: PeerState, outputs: readonly Output[]): Stepped {
  const { asked, needed, askable, halted } = state;
  const wish = asked ?? (needed && askable && !halted ? { iceRestart: false } : undefined);
  if (wish === undefined) return { state, outputs };
  return {
    state: { ...state, asked: undefined, needed: false, askable: false },
    outputs: [...outputs, { do: 'ask', what: wish.iceRestart ? 'restart-ice' : 'offer' }],
  };
}

function start(state: PeerState, waiting: PeerState['waiting'][number]): Stepped {
  switch (waiting.kind) {
    case 'description':
      return startDescription(state, waiting.description);
    case 'candidate':
      return startCandidate(state, waiting.candidate);
    case 'rollback':
      return {
        state: { ...state, job: { kind: 'rollback' }, halted: state.halted || state.signaling !== 'stable' },
        outputs: [{ do: 'engine', op: { op: 'setLocal', type: 'rollback', sdp: '' } }],
      };
  }
}

function startCandidate(state: PeerState, candidate: Extract<Input, { on: 'remote-candidate' }>['candidate']): Stepped {
  const ufrag = candidateUfrag(candidate);
  const ofIgnored = ufrag === undefined ? state.ignoring : state.ignored.includes(ufrag);
  if (ofIgnored && state.described) return only(state);
  const early = !state.described || (ufrag !== undefined && !state.ufrags.includes(ufrag));
  if (early) return only({ ...state, early: [...state.early, candidate].slice(-MAX_EARLY) });
  return {
    state: { ...state, job: { kind: 'candidate' } },
    outputs: [{ do: 'engine', op: { op: 'addCandidate', candidate } }],
  };
}

/** Keeps back what would be sent into a link that is down. */
function deliver({ state, outputs }: Stepped): Stepped {
  if (state.linkUp) return { state, outputs };
  const unsent = outputs.flatMap((output) => (output.do === 'send' ? [output.signal] : []));
  return {
    state: { ...state, unsent: [...state.unsent, ...unsent].slice(-MAX_UNSENT) },
    outputs: outputs.filter((output) => output.do !== 'send'),
  };
}
