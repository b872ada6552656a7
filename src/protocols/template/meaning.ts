/** What the values of a message mean as signals. */
import { type PartyId, type PcId, pairId, type Signal } from '../../core/event.ts';
import { isObject, readCandidateInit, readDescriptionInit } from '../json.ts';
import type { Memory, Values } from './memory.ts';
import type { Kind } from './template.ts';

/** Between whom a message goes, as far as it says. */
export interface Ends {
  readonly from: PartyId;
  readonly to: PartyId;
  /** The one that is not renego. */
  readonly peer: PartyId;
}

/**
 * Sender and addressee. `{{from}}` and `{{to}}` say it; `{{peer}}` and `{{self}}` say it too, and where a server passes on
 * unchanged what a client wrote, the peer of the one is the other.
 */
export function endsOf(values: Values, direction: 'in' | 'out', memory: Memory, fallback: PartyId): Ends {
  const party = (name: string): PartyId | undefined => memory.party(values.get(name));
  const other = (name: string): PartyId | undefined => {
    const found = party(name);
    return found === memory.self ? undefined : found;
  };
  const guess = (): PartyId => memory.peerOf(values) ?? memory.talker ?? soleOther(memory) ?? fallback;
  if (direction === 'out') {
    const peer = party('to') ?? other('peer') ?? guess();
    return { from: memory.self, to: peer, peer };
  }
  const from = party('from') ?? other('self') ?? other('peer') ?? guess();
  return { from, to: party('to') ?? memory.self, peer: from };
}

function soleOther({ peers }: Memory): PartyId | undefined {
  const [only] = peers;
  return peers.size === 1 ? only : undefined;
}

/** The signals of a message of that kind; undefined if its content is of another kind. Presence is not among them. */
export function signalsOf(kind: Kind, values: Values, ends: Ends, defaults: Values): readonly Signal[] | undefined {
  const pc = pairId(ends.from, ends.to);
  switch (kind) {
    case 'offer':
    case 'reoffer':
      return description(values, 'offer', pc);
    case 'answer':
    case 'reanswer':
      return description(values, 'answer', pc);
    case 'candidate': {
      const init = values.has('ice') ? values.get('ice') : candidateInit(values, defaults);
      const signal = readCandidateInit(init, 'candidate', pc);
      return signal.type === 'other' ? undefined : [signal];
    }
    case 'eoc': {
      const { mid, ufrag } = targetOf(values);
      const whose = { ...(mid !== undefined && { mid }), ...(ufrag !== undefined && { ufrag }) };
      return [{ type: 'end-of-candidates', pc, ...whose }];
    }
    case 'bye':
      return [{ type: 'bye', pc }];
    case 'request':
      return [{ type: 'request', method: 'offer', pc }];
    case 'restart':
      return [{ type: 'request', method: 'restart-ice', pc }];
    default:
      return [];
  }
}

/** A description that says itself what it is may be a rollback or a provisional answer; of another kind it is not meant. */
function description(values: Values, type: 'offer' | 'answer', pc: PcId): readonly Signal[] | undefined {
  const [desc, sdp] = [values.get('desc'), values.get('sdp')];
  if (values.has('desc') ? !isObject(desc) : typeof sdp !== 'string') return undefined;
  const signal = readDescriptionInit(desc ?? sdp, type, pc, type);
  const fits = signal.type === type || signal.type === (type === 'answer' ? 'pranswer' : 'rollback');
  return fits ? [signal] : undefined;
}

function targetOf(values: Values): { mid?: string; ufrag?: string } {
  const mid = values.get('mid');
  const ufrag = values.get('ufrag');
  return {
    ...((typeof mid === 'string' || typeof mid === 'number') && { mid: String(mid) }),
    ...(typeof ufrag === 'string' && { ufrag }),
  };
}

/** A candidate in pieces. Where a message never says for which section it is, the template's `values` do. */
function candidateInit(values: Values, defaults: Values): unknown {
  const given = values.has('mid') || values.has('index') ? values : defaults;
  const index = Number(given.get('index') ?? Number.NaN);
  const { mid } = targetOf(given);
  const { ufrag } = targetOf(values);
  return {
    candidate: values.get('candidate'),
    ...(mid !== undefined && { sdpMid: mid }),
    ...(Number.isInteger(index) && { sdpMLineIndex: index }),
    ...(ufrag !== undefined && { usernameFragment: ufrag }),
  };
}
