/** SDP files given in order as a conversation: `--as offer,answer,offer` or `--as a:offer,b:answer,b:offer`. */
import { RenegoError } from '../core/errors.ts';
import { type DescriptionType, type PartyId, pairId, type SignalEvent } from '../core/event.ts';
import { readText } from './input.ts';
import type { Io } from './io.ts';

interface Turn {
  readonly from: PartyId;
  readonly type: DescriptionType;
}

const TYPES: readonly string[] = ['offer', 'answer', 'pranswer'];

/** One event a file. The files are taken as they are, however broken. Throws RenegoError `usage`/`AS_SYNTAX`. */
export async function converse(paths: readonly string[], as: string, io: Io): Promise<readonly SignalEvent[]> {
  const turns = parseTurns(as);
  if (turns.length !== paths.length)
    throw new RenegoError(
      'usage',
      'AS_SYNTAX',
      `--as names ${turns.length} descriptions, but ${paths.length} files are given`,
    );
  const events: SignalEvent[] = [];
  for (const [i, { from, type }] of turns.entries()) {
    const sdp = await readText(paths[i] as string, io);
    const to = from === 'a' ? 'b' : 'a';
    const signals = [{ type, pc: pairId(from, to), sdp }];
    events.push({ seq: i + 1, t: i, from, to, kind: 'message', protocol: 'sdp', encoding: 'text', raw: sdp, signals });
  }
  return events;
}

/** Without names `a` offers and `b` answers. */
export function parseTurns(as: string): readonly Turn[] {
  return as.split(',').map((text) => {
    const [, name, type = ''] = /^(?:([ab]):)?(\w+)$/.exec(text.trim()) ?? [];
    if (!TYPES.includes(type))
      throw new RenegoError(
        'usage',
        'AS_SYNTAX',
        `'${text.trim()}' in --as is none of ${TYPES.join(', ')}`,
        'Write --as offer,answer,offer or --as a:offer,b:answer,b:offer,a:answer.',
      );
    return { from: name ?? (type === 'offer' ? 'a' : 'b'), type: type as DescriptionType };
  });
}
