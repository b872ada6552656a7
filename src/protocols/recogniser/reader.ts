/** The frames of one connection in order, each as what is recognised in it: with the pieces that earlier frames brought. */
import type { FoundSignal, Recognised } from './recognise.ts';
import { judged } from './recognise.ts';
import { createStitcher, type Piece } from './stitch.ts';

export interface Reader {
  read(piece: Piece): Recognised;
}

const NOTHING: Recognised = { found: [], aside: [], carriers: [], name: undefined };

export function createReader(): Reader {
  const stitcher = createStitcher();
  /** The offers that went each way and have no answer yet: what comes the other way may be one. */
  const open = new Map<Piece['direction'], string>();

  function follow(signal: FoundSignal, direction: Piece['direction']): void {
    if (!('sdp' in signal)) return;
    if (signal.type === 'offer') open.set(direction, signal.sdp);
    else if (signal.type === 'answer') open.delete(opposite(direction));
  }

  return {
    read(piece) {
      const peeled = stitcher.add(piece);
      if (typeof peeled === 'string') return { ...NOTHING, name: peeled };
      const awaited = open.get(opposite(piece.direction));
      const recognised = judged(peeled, awaited === undefined ? {} : { open: awaited });
      for (const { signal } of recognised.found) follow(signal, piece.direction);
      if (piece.encoding === 'text') return recognised;
      return { ...recognised, name: recognised.name ?? 'binary frame' };
    },
  };
}

const opposite = (direction: Piece['direction']): Piece['direction'] => (direction === 'in' ? 'out' : 'in');
