/** What a frame or body carries of the negotiation, said in words: the connections' own events tell it already. */
import { editOf, editWords } from '../../core/edited.ts';
import type { PcId, Signal } from '../../core/event.ts';
import { type FoundSignal, signalsIn } from '../../protocols/recogniser/recognise.ts';
import type { Knowledge, Known } from './known.ts';
import type { PageRef } from './peer.ts';
import type { Peers } from './peers.ts';

/** Signals beyond these are only counted. */
const MOST = 20;

export interface Carried {
  readonly signals: readonly Signal[];
  /** The connection all of it is about, where there is one. */
  readonly pc: PcId | undefined;
}

/** `out`: from the page. */
export function carriedBy(
  found: readonly FoundSignal[],
  out: boolean,
  page: PageRef,
  known: Known,
  peers: Peers,
): Carried {
  const named = found.slice(0, MOST).map((signal) => {
    const knowledge = known.find(signal);
    const pc = whose(signal, out, page, knowledge, peers);
    const label = wordsFor(signal, out, knowledge, known.bringerOf(signal) !== undefined);
    const { seq: of } = knowledge ?? {};
    const rest = { ...(pc !== undefined && { pc }), ...(of !== undefined && { of }) };
    return { type: 'other' as const, label, carries: signal.type, ...rest };
  });
  const pcs = new Set(named.map(({ pc }) => pc));
  const [pc] = pcs.size === 1 ? pcs : [];
  const more = found.length > MOST ? [{ type: 'other' as const, label: `${found.length - MOST} more` }] : [];
  return {
    signals: [...named, ...more],
    pc: pc !== undefined && peers.named(pc)?.page.place === page.place ? pc : undefined,
  };
}

/** What another page's connection has made is for the one here that it is given to. */
function whose(
  signal: FoundSignal,
  out: boolean,
  page: PageRef,
  knowledge: Knowledge | undefined,
  peers: Peers,
): PcId | undefined {
  const maker = knowledge === undefined ? undefined : peers.named(knowledge.pc);
  if (out || maker === undefined || maker.page.place === page.place)
    return knowledge?.pc ?? likelyPc(signal, page, peers);
  const far = peers.named(maker.far);
  return far?.page.place === page.place ? far.pc : (likelyPc(signal, page, peers) ?? maker.pc);
}

/** What is of no connection that is known is for the only one of the page, or for the only one that waits for an answer. */
function likelyPc(signal: FoundSignal, page: PageRef, peers: Peers): PcId | undefined {
  const here = peers.open().filter((peer) => peer.page.place === page.place);
  if (here.length === 1) return here[0]?.pc;
  if (signal.type !== 'answer' && signal.type !== 'pranswer') return undefined;
  const waiting = here.filter(({ signaling }) => signaling === 'have-local-offer');
  return waiting.length === 1 ? waiting[0]?.pc : undefined;
}

/** `before`: something has brought it already. */
function wordsFor(signal: FoundSignal, out: boolean, knowledge: Knowledge | undefined, before: boolean): string {
  const what = signal.type.replaceAll('-', ' ');
  const verb = out ? 'carries' : 'brings';
  if (knowledge === undefined) {
    return `${verb} ${what.startsWith('end') ? 'the' : /^[ao]/.test(what) ? 'an' : 'a'} ${what}`;
  }
  const { pc, seq, local, text } = knowledge;
  const where = seq === undefined ? (local ? ', not set yet' : '') : ` (event ${seq})`;
  const again = !local && !out && before ? ' again' : '';
  return `${verb} ${what} ${local ? 'of' : 'given to'} ${pc}${where}${again}${changedWords(signal, local, text)}`;
}

/** What is of a connection was changed on its way; what is given to one was changed by the page. */
function changedWords(signal: FoundSignal, local: boolean, text: string): string {
  if (!('sdp' in signal)) return '';
  const edit = local ? editOf(text, signal.sdp) : editOf(signal.sdp, text);
  if (edit === undefined) return '';
  return `, ${local ? 'changed' : 'which the page had changed'}: ${editWords(edit)}`;
}

const CARRIED: ReadonlySet<string> = new Set([
  ...['offer', 'answer', 'pranswer', 'rollback', 'candidate', 'end-of-candidates'],
]);

/** Descriptions and candidates, however they are packed: all that a connection's own events tell too. Never throws. */
export function findCarried(payload: string | Uint8Array): FoundSignal[] {
  return signalsIn(payload).filter(({ type }) => CARRIED.has(type));
}
