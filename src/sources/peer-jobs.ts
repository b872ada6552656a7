/** The jobs of the negotiating machine: which engine operation follows which, and what to do when one fails. */
import type { Failure } from '../core/event.ts';
import { gatheredFor, spoken } from './peer-gathering.ts';
import { ufragsOf } from './peer-sdp.ts';
import {
  type EngineOp,
  type Job,
  MAX_UFRAGS,
  type Output,
  type PeerState,
  type RemoteDescription,
  type Spoken,
  type Stepped,
} from './peer-state.ts';

const ROLLBACK: EngineOp = { op: 'setLocal', type: 'rollback', sdp: '' };

const run = (state: PeerState, job: Job, op: EngineOp): Stepped => ({
  state: { ...state, job },
  outputs: [{ do: 'engine', op }],
});

const end = (state: PeerState, outputs: readonly Output[] = []): Stepped => ({
  state: { ...state, job: undefined },
  outputs,
});

/** A remote description's turn has come. */
export function startDescription(state: PeerState, description: RemoteDescription): Stepped {
  if (description.type !== 'offer') {
    // What completes the round makes the engine look again whether more is needed; older news is out of date then.
    const next = { ...state, ignoring: false, ...(description.type === 'answer' && { needed: false }) };
    return run(next, { kind: 'remote', description }, { op: 'setRemote', ...description });
  }
  const collides = state.signaling !== 'stable' && state.signaling !== 'have-remote-offer';
  if (!collides) return applyOffer({ ...state, ignoring: false }, description);
  if (state.polite) return run(state, { kind: 'answer', step: 'rollback', offer: description }, ROLLBACK);
  const detail = 'glare: both sides offered; as the impolite side renego keeps its own offer and ignores the other one';
  return {
    state: {
      ...state,
      ignoring: true,
      ignored: ufragsOf(description.sdp).filter((one) => !state.ufrags.includes(one)),
    },
    outputs: [{ do: 'problem', code: 'OFFER_IGNORED', detail }],
  };
}

function applyOffer(state: PeerState, offer: RemoteDescription): Stepped {
  return run(state, { kind: 'answer', step: 'remote', offer }, { op: 'setRemote', ...offer });
}

/** The operation under way succeeded. */
export function stepDone(state: PeerState, sdp: string): Stepped {
  const { job } = state;
  switch (job?.kind) {
    case 'offer':
      if (job.step === 'create') {
        const offer = { sdp, iceRestart: job.iceRestart, asked: job.asked };
        return run(state, { kind: 'offer', step: 'apply', offer }, { op: 'setLocal', type: 'offer', sdp });
      }
      return described({ ...state, offer: job.offer }, { type: 'offer', pc: state.pc, sdp: job.offer.sdp });
    case 'answer':
      return answerStep(state, job, sdp);
    case 'remote': {
      const settled = state.signaling === 'stable' ? { ...state, offer: undefined } : state;
      return end(job.description.type === 'rollback' ? settled : heardOf(settled, job.description.sdp));
    }
    case 'rollback':
      return end({ ...state, offer: undefined, pending: undefined });
    default:
      return end(state);
  }
}

function answerStep(state: PeerState, job: Extract<Job, { kind: 'answer' }>, sdp: string): Stepped {
  switch (job.step) {
    case 'rollback': {
      // What was asked for by hand has to be asked again; everything else the engine still knows and says so.
      const lost = state.offer;
      const asked = state.asked ?? (lost?.asked ? { iceRestart: lost.iceRestart } : undefined);
      return applyOffer({ ...state, offer: undefined, pending: undefined, asked, ignoring: false }, job.offer);
    }
    case 'remote':
      return run(heardOf(state, job.offer.sdp), { ...job, step: 'create' }, { op: 'createAnswer' });
    case 'create':
      return run({ ...state, needed: false }, { ...job, step: 'apply', sdp }, { op: 'setLocal', type: 'answer', sdp });
    case 'apply':
      return described({ ...state, halted: false }, { type: 'answer', pc: state.pc, sdp: job.sdp });
  }
}

/** A local description is applied: it goes out, and its candidates behind it. */
function described(state: PeerState, signal: Spoken): Stepped {
  if (!state.terms.trickle) {
    const next = { ...state, localSdp: signal.sdp };
    if (!gatheredFor(state, signal.sdp)) return end({ ...next, pending: signal });
    return end({ ...next, pending: undefined }, [{ do: 'send', signal: spoken(state, signal) }]);
  }
  const outputs = [signal, ...state.held].map((one): Output => ({ do: 'send', signal: one }));
  return end({ ...state, held: [], localSdp: signal.sdp }, outputs);
}

/** A remote description is applied: its user fragments are known now, and candidates that waited for them can go. */
function heardOf(state: PeerState, sdp: string): PeerState {
  const fresh = ufragsOf(sdp);
  const ufrags = [...state.ufrags.filter((one) => !fresh.includes(one)), ...fresh].slice(-MAX_UFRAGS);
  const ready = state.early.map((candidate) => ({ kind: 'candidate', candidate }) as const);
  return { ...state, described: true, remoteSdp: sdp, ufrags, early: [], waiting: [...ready, ...state.waiting] };
}

/** The operation under way failed: back to a state from which negotiation can go on. */
export function stepFailed(state: PeerState, error: Failure): Stepped {
  const { job } = state;
  const dropped = { ...state, held: [] };
  if (job?.kind === 'remote') return remoteFailed(dropped, job.description, error);
  if (job?.kind === 'answer' && (job.step === 'create' || job.step === 'apply')) {
    const detail = `the offer cannot be answered and is rolled back: ${error.message}`;
    const undone = run(dropped, { kind: 'rollback' }, { op: 'setRemote', type: 'rollback', sdp: '' });
    return { ...undone, outputs: [{ do: 'problem', code: 'OFFER_NOT_ANSWERED', detail }, ...undone.outputs] };
  }
  return end(dropped);
}

function remoteFailed(state: PeerState, description: RemoteDescription, error: Failure): Stepped {
  const open = state.signaling === 'have-local-offer' || state.signaling === 'have-remote-pranswer';
  if (!open || description.type === 'rollback') return end(state);
  const detail = `the answer was refused (${error.message}); the offer is rolled back, ask for an offer to try again`;
  const undone = run({ ...state, halted: true }, { kind: 'rollback' }, ROLLBACK);
  return { ...undone, outputs: [{ do: 'problem', code: 'ANSWER_REFUSED', detail }, ...undone.outputs] };
}
