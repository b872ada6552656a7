/** Two watched connections that are the ends of one call: one session, each the far side of the other. */
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import type { Step } from './adopted.ts';
import type { Knowledge, Known } from './known.ts';
import { type Peer, REMOTE, signalOf } from './peer.ts';
import type { PageDescription } from './report.ts';

export interface Ends {
  /** What a watched connection has made and this one is now given; undefined for what comes from somewhere else. */
  madeBy(peer: Peer, signal: FoundSignal): Knowledge | undefined;
  /**
   * Where what a connection was found with is what another had made and was given: gives the event of each of these.
   * undefined if that is not so.
   */
  meet(peer: Peer, steps: readonly Step[]): ((description: PageDescription) => number | undefined) | undefined;
  /** Before it negotiates anew: if its other end is gone, it has one that is not known yet. */
  part(peer: Peer): void;
}

export function createEnds(known: Known, named: (pc: string) => Peer | undefined): Ends {
  /** Neither was given anything by anybody else in its session; each may have made offers. */
  function canMeet(from: Peer, to: Peer): boolean {
    return from.far === REMOTE && to.far === REMOTE && !from.given && !to.given;
  }

  function join(first: Peer, second: Peer): void {
    second.session = first.session;
    [second.far, first.far] = [first.pc, second.pc];
  }

  const find = (content: PageDescription, pc: string) => known.find(signalOf(content, pc) as FoundSignal);

  return {
    meet(peer, steps) {
      const found = steps.map(({ content }) => find(content, peer.pc));
      const other = named(found[0]?.pc ?? '');
      const same = steps.every(({ out }, at) => found[at]?.pc === other?.pc && found[at]?.local === !out);
      if (other === undefined || other === peer || other.far !== REMOTE || peer.far !== REMOTE || !same)
        return undefined;
      join(other, peer);
      const seqs = new Map(steps.map(({ content }, at) => [content, found[at]?.seq]));
      for (const { out, content } of steps) {
        const signal = signalOf(content, peer.pc) as FoundSignal;
        if (out) known.learn(signal, { pc: peer.pc, local: true, seq: seqs.get(content) });
      }
      return (description) => seqs.get(description);
    },
    madeBy(peer, signal) {
      const knowledge = known.find(signal);
      const other = knowledge?.local === true && knowledge.pc !== peer.pc ? named(knowledge.pc) : undefined;
      if (other === undefined) return undefined;
      if ('sdp' in signal && other.open && canMeet(other, peer)) {
        join(other, peer);
      }
      return peer.far === other.pc ? knowledge : undefined;
    },
    part(peer) {
      if (peer.far === REMOTE || named(peer.far)?.open === true) return;
      Object.assign(peer, { far: REMOTE, session: peer.pc, given: false });
    },
  };
}
