/** The frames of one connection in order, each as what is recognised in it: with the pieces that earlier frames brought. */
import { hashOf } from '../../core/hash.ts';
import { remember } from '../bounded.ts';
import { isLivekit, leaveIn } from './livekit-leave.ts';
import type { FoundSignal, Recognised } from './recognise.ts';
import { judged } from './recognise.ts';
import { createStitcher, type Piece } from './stitch.ts';

export interface Reader {
  read(piece: Piece): Recognised;
}

/** More candidates than any real connection carries. */
const MOST = 20_000;
/** Descriptions that can be said again. */
const MOST_DESCRIBED = 10;

const NOTHING: Recognised = { found: [], aside: [], carriers: [], name: undefined };

export function createReader(): Reader {
  const stitcher = createStitcher();
  /** The offers that went each way and have no answer yet: what comes the other way may be one. */
  const open = new Map<Piece['direction'], string>();
  const seen = new Set<number>();
  /** The descriptions that came by, the newest last. */
  const described = new Map<number, true>();
  let livekit = false;

  function follow(signal: FoundSignal, direction: Piece['direction']): void {
    if (!('sdp' in signal)) return;
    remember(described, hashOf(signal.sdp), true, MOST_DESCRIBED);
    if (signal.type === 'offer') open.set(direction, signal.sdp);
    else if (signal.type === 'answer') open.delete(opposite(direction));
  }

  /** Some systems send all candidates again with each new one (Twilio, SIP's INFO): only the new ones count. */
  function withoutRepeated(recognised: Recognised, direction: Piece['direction']): Recognised {
    const many = recognised.found.filter(({ signal }) => signal.type === 'candidate').length > 1;
    const found = recognised.found.filter(({ signal }) => {
      if (signal.type !== 'candidate') return true;
      const key = hashOf(`${direction} ${JSON.stringify(signal)}`);
      const known = seen.has(key);
      if (seen.size < MOST) seen.add(key);
      return !(known && many);
    });
    if (found.length === recognised.found.length) return recognised;
    const name = found.length === 0 ? 'candidates sent before, again' : recognised.name;
    return { ...recognised, found, name };
  }

  return {
    read(piece) {
      const leave = livekit ? leaveIn(piece) : undefined;
      if (leave !== undefined) return leave;
      const peeled = stitcher.add(piece);
      if (typeof peeled === 'string') return { ...NOTHING, name: peeled };
      const awaited = open.get(opposite(piece.direction));
      const recognised = withoutRepeated(
        judged(peeled, awaited === undefined ? {} : { open: awaited }),
        piece.direction,
      );
      if (isRepeated(recognised, described))
        return { ...recognised, found: [], name: 'descriptions sent before, again' };
      livekit ||= isLivekit(recognised, piece.direction);
      for (const { signal } of recognised.found) follow(signal, piece.direction);
      if (piece.encoding === 'text') return recognised;
      return { ...recognised, name: recognised.name ?? 'binary frame' };
    },
  };
}

/** An offer and an answer in one message are a report of what was sent before, as of a client that connects again. */
function isRepeated({ found }: Recognised, sent: ReadonlyMap<number, true>): boolean {
  const descriptions = found.flatMap(({ signal }) => ('sdp' in signal ? [signal] : []));
  const types = new Set(descriptions.map(({ type }) => type));
  return types.has('offer') && types.has('answer') && descriptions.every(({ sdp }) => sent.has(hashOf(sdp)));
}

const opposite = (direction: Piece['direction']): Piece['direction'] => (direction === 'in' ? 'out' : 'in');
