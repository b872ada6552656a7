/** The signaling state machine of one RTCPeerConnection (RFC 9429 3.2, W3C webrtc-pc 4.3.1), as one table. */
import type { DescriptionType } from './event.ts';
import type { SignalingState } from './model.ts';

export type Operation = 'local' | 'remote';
export type OperationType = DescriptionType | 'rollback';

/**
 * state → operation → where it leads. What is not here is an InvalidStateError.
 * `remote(offer)` in have-local-offer is the implicit rollback of W3C 4.4.1.5.
 */
const TRANSITIONS: Readonly<Record<SignalingState, Readonly<Record<string, SignalingState>>>> = {
  stable: {
    'local(offer)': 'have-local-offer',
    'remote(offer)': 'have-remote-offer',
  },
  'have-local-offer': {
    'local(offer)': 'have-local-offer',
    'remote(offer)': 'have-remote-offer',
    'remote(answer)': 'stable',
    'remote(pranswer)': 'have-remote-pranswer',
    'local(rollback)': 'stable',
    'remote(rollback)': 'stable',
  },
  'have-remote-offer': {
    'remote(offer)': 'have-remote-offer',
    'local(answer)': 'stable',
    'local(pranswer)': 'have-local-pranswer',
    'local(rollback)': 'stable',
    'remote(rollback)': 'stable',
  },
  'have-local-pranswer': {
    'local(pranswer)': 'have-local-pranswer',
    'local(answer)': 'stable',
  },
  'have-remote-pranswer': {
    'remote(pranswer)': 'have-remote-pranswer',
    'remote(answer)': 'stable',
  },
  closed: {},
};

/** The state after setLocalDescription or setRemoteDescription with this type; or why that is refused. */
export function next(
  state: SignalingState,
  operation: Operation,
  type: OperationType,
): SignalingState | { readonly invalid: string } {
  const to = TRANSITIONS[state][`${operation}(${type})`];
  return to ?? { invalid: `a ${operation} ${type} is not possible in ${state}` };
}
