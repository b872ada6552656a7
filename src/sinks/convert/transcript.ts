/** A session as a transcript: a line for each description, candidate, end of candidates, rollback and goodbye. */
import type { Signal } from '../../core/event.ts';
import type { EventWriter } from './writer.ts';

/** What a transcript cannot hold is left out: other messages, states, calls, raw frames. */
export function transcriptWriter(): EventWriter {
  return {
    start: () => '',
    event(event) {
      if (event.kind !== 'message') return '';
      const { t, from, to, protocol } = event;
      const lines = event.signals.flatMap((signal) => {
        const said = saidOf(signal);
        return said === undefined ? [] : [`${JSON.stringify({ t, from, to, protocol, ...said })}\n`];
      });
      return lines.join('');
    },
    end: () => [],
  };
}

/** The members of a line beside time and parties; undefined for what has no line. */
function saidOf(signal: Signal): object | undefined {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return { type: signal.type, sdp: signal.sdp };
    case 'rollback':
      return { type: 'rollback' };
    case 'candidate':
    case 'end-of-candidates':
      return { candidate: candidateOf(signal) };
    case 'bye':
      return { bye: true };
    default:
      return undefined;
  }
}

type CandidateLike = Extract<Signal, { type: 'candidate' | 'end-of-candidates' }>;

/** RTCIceCandidateInit; null where no section is named at the end of candidates. */
function candidateOf(signal: CandidateLike): object | null {
  const end = signal.type === 'end-of-candidates';
  if (end && signal.mid === undefined && signal.ufrag === undefined) return null;
  return {
    candidate: end ? '' : signal.candidate,
    ...(signal.mid !== undefined && { sdpMid: signal.mid }),
    ...(!end && signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
    ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
  };
}
