/** One call: a peer connection of the engine, driven by the negotiating machine, told as events. */
import type { EventBody, Failure, PartyId, PcId, Signal } from '../core/event.ts';
import type { EngineConfig, EngineEvent, EngineFactory, PeerConnection } from '../engines/engine.ts';
import { arrange } from './arrange.ts';
import { peerMachine, step } from './peer-machine.ts';
import type { PeerOptions } from './peer-options.ts';
import { rejecting } from './peer-sdp.ts';
import type { Asked, EngineOp, Input, Output, PeerState, RemoteCandidate, Terms } from './peer-state.ts';

export interface CallOptions {
  readonly pc: PcId;
  readonly remote: PartyId;
  readonly polite: boolean;
  readonly answerOnly: boolean;
  readonly terms: Terms;
  readonly factory: EngineFactory;
  readonly config: EngineConfig;
  readonly describing: PeerOptions['describing'];
  /** Something happened at our end. */
  tell(body: EventBody): void;
  send(signal: Signal): void;
  ask(what: Asked): void;
  ended(reason: string): void;
}

export interface Call {
  readonly pc: PcId;
  readonly remote: PartyId;
  readonly engine: PeerConnection;
  readonly state: PeerState;
  feed(input: Input): void;
}

/** How often the transport is looked at: no event of an engine tells that another pair of candidates is in use. */
const LOOK_MS = 500;

const NOTHING: ReadonlySet<string> = new Set();

const HEARTBEAT = /^renego heartbeat \d+$/;

export function createCall(options: CallOptions): Call {
  const { pc, tell } = options;
  let state = peerMachine(options);
  const told = new Map<string, string>([['signaling', 'stable']]);
  let busy = false;
  const inputs: Input[] = [];

  /** Inputs that come while one is worked on wait for it, so that outputs keep their order. */
  function feed(input: Input): void {
    inputs.push(input);
    if (busy) return;
    busy = true;
    for (let next = inputs.shift(); next; next = inputs.shift()) {
      const stepped = step(state, next);
      state = stepped.state;
      for (const output of stepped.outputs) act(output);
    }
    busy = false;
  }

  function act(output: Output): void {
    switch (output.do) {
      case 'engine':
        void run(output.op);
        break;
      case 'send':
        options.send(output.signal);
        break;
      case 'ask':
        options.ask(output.what);
        break;
      case 'problem':
        tell({ kind: 'problem', code: output.code, detail: output.detail });
        break;
      case 'close':
        clearInterval(looking);
        engine.close();
        changed('signaling', 'closed');
        changed('connection', 'closed');
        options.ended(output.reason);
    }
  }

  function changed(of: Extract<EventBody, { kind: 'state' }>['of'], value: string): void {
    if (told.get(of) === value) return;
    told.set(of, value);
    tell({ kind: 'state', pc, of, value });
  }

  async function run(op: EngineOp): Promise<void> {
    let sdp: string | undefined;
    let error: Failure | undefined;
    try {
      const rejected = op.op === 'createOffer' || op.op === 'createAnswer' ? arrangeFor(op.op) : NOTHING;
      sdp = await perform(engine, op);
      if (sdp !== undefined) sdp = rejecting(sdp, rejected);
    } catch (thrown) {
      error = { name: (thrown as Error).name, message: (thrown as Error).message };
    }
    if (state.closed) return;
    tell(outcome(pc, op, error));
    const signaling = engine.signalingState;
    changed('signaling', signaling);
    if (error) feed({ on: 'failed', signaling, error });
    else feed({ on: 'done', signaling, ...(sdp !== undefined && { sdp }) });
  }

  /** Makes the sections what they are to be in the description; gives the mids of those that an answer rejects. */
  function arrangeFor(op: 'createOffer' | 'createAnswer'): ReadonlySet<string> {
    const rejected = new Set<string>();
    const type = op === 'createOffer' ? 'offer' : 'answer';
    for (const action of options.describing?.(type, engine.transceivers()) ?? []) {
      tell({ kind: 'action', action });
      if (type === 'answer' && action.do === 'stop') rejected.add(action.mid ?? '');
      else arrange(engine, action);
    }
    return rejected;
  }

  async function lookAtTransport(): Promise<void> {
    const stats = await engine.stats();
    if (state.closed) return;
    if (stats.dtlsState !== undefined) changed('dtls', stats.dtlsState);
    if (stats.localCandidate === undefined || stats.remoteCandidate === undefined) return;
    const pair = `${stats.localCandidate} ${stats.remoteCandidate}`;
    if (told.get('pair') === pair) return;
    told.set('pair', pair);
    const args = { local: stats.localCandidate, remote: stats.remoteCandidate };
    tell({ kind: 'call', pc, name: 'selectedcandidatepair', args });
  }

  function heard(event: EngineEvent): void {
    const body = asBody(pc, event);
    if (body) tell(body);
    switch (event.on) {
      case 'negotiationneeded':
        feed({ on: 'needed' });
        break;
      case 'candidate':
        feed({ on: 'local-candidate', signal: event.candidate && localCandidate(pc, event.candidate) });
        break;
      case 'signaling':
      case 'gathering':
      case 'ice':
        changed(event.on, event.state);
        break;
      case 'connection':
        changed('connection', event.state);
        void lookAtTransport();
        feed({ on: 'connection', state: event.state });
        break;
      case 'channel':
        changed('data', event.state);
    }
  }

  const engine = options.factory.create(options.config, heard);
  const looking = setInterval(() => {
    if (engine.connectionState === 'connected') void lookAtTransport();
  }, LOOK_MS).unref();
  return {
    pc,
    remote: options.remote,
    engine,
    get state() {
      return state;
    },
    feed,
  };
}

/** What an engine event is in the log; states are told apart from it, because only their changes count. */
function asBody(pc: PcId, event: EngineEvent): EventBody | undefined {
  switch (event.on) {
    case 'negotiationneeded':
      return { kind: 'call', pc, name: 'negotiationneeded' };
    case 'candidate-error':
      return { kind: 'problem', code: 'ICE_CANDIDATE_ERROR', detail: `${event.url}: ${event.code} ${event.text}` };
    case 'track':
      return { kind: 'call', pc, name: 'track', args: { kind: event.kind, mid: event.mid } };
    case 'media':
      return { kind: 'state', pc, of: 'media', value: `${event.kind} ${event.mid} flows` };
    case 'datachannel':
      return { kind: 'call', pc, name: 'datachannel', args: { label: event.label } };
    case 'data':
      if (HEARTBEAT.test(event.text)) return undefined;
      return { kind: 'call', pc, name: 'message', args: { label: event.label, text: event.text } };
    default:
      return undefined;
  }
}

/** Runs one operation; createOffer and createAnswer give the SDP they made. */
async function perform(engine: PeerConnection, op: EngineOp): Promise<string | undefined> {
  switch (op.op) {
    case 'createOffer':
      return (await engine.createOffer(op.iceRestart ? { iceRestart: true } : {})).sdp;
    case 'createAnswer':
      return (await engine.createAnswer()).sdp;
    case 'setLocal':
      await engine.setLocalDescription({ type: op.type, sdp: op.sdp });
      return undefined;
    case 'setRemote':
      await engine.setRemoteDescription({ type: op.type, sdp: op.sdp });
      return undefined;
    case 'addCandidate':
      await engine.addIceCandidate(candidateInit(op.candidate));
      return undefined;
  }
}

function outcome(pc: PcId, op: EngineOp, error: Failure | undefined): EventBody {
  const result = { ok: error === undefined, ...(error && { error }) };
  switch (op.op) {
    case 'createOffer':
      return { kind: 'call', pc, name: op.op, ...(op.iceRestart && { args: { iceRestart: true } }), ...result };
    case 'createAnswer':
      return { kind: 'call', pc, name: op.op, ...result };
    case 'setLocal':
      return { kind: 'apply', pc, op: 'local', type: op.type, ...result };
    case 'setRemote':
      return { kind: 'apply', pc, op: 'remote', type: op.type, ...result, ...carriedBy(op) };
    case 'addCandidate':
      return { kind: 'apply', pc, op: 'candidate', ...result, ...carriedBy(op.candidate) };
  }
}

const carriedBy = ({ of }: { of?: number }): { of?: number } => (of === undefined ? {} : { of });

type Init = NonNullable<Parameters<PeerConnection['addIceCandidate']>[0]>;

function candidateInit(signal: RemoteCandidate): Init {
  return {
    candidate: signal.type === 'candidate' ? signal.candidate : '',
    ...(signal.mid !== undefined && { sdpMid: signal.mid }),
    ...(signal.type === 'candidate' && signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
    ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
  };
}

function localCandidate(pc: PcId, init: Init): Extract<Signal, { type: 'candidate' }> {
  return {
    type: 'candidate',
    pc,
    candidate: init.candidate,
    ...(typeof init.sdpMid === 'string' && { mid: init.sdpMid }),
    ...(typeof init.sdpMLineIndex === 'number' && { mLine: init.sdpMLineIndex }),
    ...(typeof init.usernameFragment === 'string' && { ufrag: init.usernameFragment }),
  };
}
