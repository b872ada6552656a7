/** What the answering side of a recording did before it answered: what makes an engine answer as it did. */

import type { TransceiverInfo } from '../../engines/engine.ts';
import type { Sdp } from '../../sdp/sdp.ts';
import type { Arrangement } from '../peer-options.ts';

/**
 * What the sections of `offer` need, so that its answer is like the recorded one, m-line by m-line. `sections` are the
 * engine's. Nothing where it would answer so by itself.
 */
export function arrangementsFor(
  recorded: Sdp,
  offer: Sdp,
  sections: readonly TransceiverInfo[],
): readonly Arrangement[] {
  return offer.media.flatMap((offered, index): readonly Arrangement[] => {
    const answered = recorded.media[index];
    const mid = offered.mid?.value;
    if (answered === undefined || mid === undefined || offered.rejected) return [];
    if (answered.rejected) return [{ do: 'stop', mid }];
    const section = sections.find((one) => one.mid === mid && !one.stopped);
    if (section === undefined) return [];
    const turned = naturally(section.direction, offered.direction) !== answered.direction;
    const names = namesIn(answered);
    const media = answered.kind === 'audio' || answered.kind === 'video' ? answered.kind : undefined;
    const preferred = media !== undefined && names[0] !== undefined && names[0] !== namesIn(offered)[0];
    return [
      ...(turned ? [{ do: 'direction', mid, direction: answered.direction } as const] : []),
      ...(preferred ? [{ do: 'prefer', media, codecs: names, mid } as const] : []),
    ];
  });
}

/** The direction that is answered without doing anything: what both want (RFC 9429 5.3.1). */
function naturally(own: string, offered: string): string {
  const sends = /^send/.test(own) && /recv/.test(offered);
  const receives = /recv/.test(own) && /^send/.test(offered);
  return sends ? (receives ? 'sendrecv' : 'sendonly') : receives ? 'recvonly' : 'inactive';
}

type Codecs = Pick<Sdp['media'][number], 'codecs'>;

const namesIn = ({ codecs }: Codecs): readonly string[] => [
  ...new Set(codecs.filter(({ role }) => role === 'media').map(({ name }) => name)),
];
