/**
 * A session as a transcript: a line for each description, candidate, end of candidates, rollback and goodbye, and for
 * requests and responses of WHIP.
 */
import type { MessageEvent, Signal } from '../../core/event.ts';
import { createMet } from './met.ts';
import type { EventWriter } from './writer.ts';

/** What a transcript cannot hold is left out: other messages, states, calls, raw frames. */
export function transcriptWriter(): EventWriter {
  const met = createMet();
  return {
    start: () => '',
    event: (event) => met.push(event).map(linesOf).join(''),
    end: () => met.end().map(linesOf),
  };
}

function linesOf({ t, from, to, protocol, signals }: MessageEvent): string {
  const said = signals.flatMap((signal) => saidOf(signal) ?? []);
  const http = signals.flatMap((signal) => httpOf(signal) ?? [])[0];
  const [first, ...others] = said.length === 0 && http !== undefined ? [{}] : said;
  if (first === undefined) return '';
  const lines = [http === undefined ? first : { http, ...first }, ...others];
  return lines.map((line) => `${JSON.stringify({ t, from, to, protocol, ...line })}\n`).join('');
}

/** The members of a line beside time and parties; undefined for what has no line. */
function saidOf(signal: Signal): object | undefined {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return {
        ...{ type: signal.type, sdp: signal.sdp },
        ...(signal.created !== undefined && { created: signal.created }),
        ...(signal.mislabelled !== undefined && { label: signal.mislabelled }),
      };
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

/** How HTTP carried it: a request, or a response with its status. */
function httpOf(signal: Signal): object | undefined {
  if (signal.type !== 'request' && signal.type !== 'response') return undefined;
  const { type, method, status, headers } = signal;
  if (!/^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) || (type === 'response') !== (status !== undefined))
    return undefined;
  return { method, ...(status !== undefined && { status }), ...(headers !== undefined && { headers }) };
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
