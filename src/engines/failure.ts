/** Stacks reject with DOMExceptions, plain Errors, strings or nothing at all: one shape for all of them. */
import { EngineFailure } from './engine.ts';

/** Whatever was thrown, as an EngineFailure with a name and a sentence. `call` names the API call for the empty cases. */
export function asFailure(thrown: unknown, call: string): EngineFailure {
  if (thrown instanceof EngineFailure) return thrown;
  if (typeof thrown === 'object' && thrown !== null) {
    const { name, message } = thrown as { name?: unknown; message?: unknown };
    return new EngineFailure({
      name: typeof name === 'string' && name !== 'Error' ? name : 'OperationError',
      message: typeof message === 'string' && message !== '' ? message : `${call} failed`,
    });
  }
  if (typeof thrown === 'string' && thrown !== '')
    return new EngineFailure({ name: 'OperationError', message: thrown });
  return new EngineFailure({ name: 'OperationError', message: `${call} failed; the engine gave no reason` });
}

/**
 * The stack reads SDP before libwebrtc does and throws a TypeError for text that is none; a browser rejects with an
 * OperationError then (W3C WebRTC, section 4.4.1.5: sdp-syntax-error), in these words.
 */
export function asSyntaxFailure(thrown: unknown, call: string): EngineFailure {
  const failure = asFailure(thrown, call);
  if (failure.name !== 'TypeError') return failure;
  return new EngineFailure({
    name: 'OperationError',
    message: `Failed to parse SessionDescription. ${failure.message}`,
  });
}

/** What a closed connection answers to every call. */
export function closedFailure(call: string): EngineFailure {
  return new EngineFailure({
    name: 'InvalidStateError',
    message: `Failed to execute '${call}': the RTCPeerConnection's signalingState is 'closed'.`,
  });
}
