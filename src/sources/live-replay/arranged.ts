/** What a side of a recording did to its sections before it offered or answered: what makes an engine say the same of them. */

import type { TransceiverInfo } from '../../engines/engine.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import type { Arrangement } from '../peer-options.ts';

/**
 * What the sections that are there already need, so that the next offer is like the recorded one, m-line by m-line. `own`
 * is what the engine said last, `sections` are what it has. Nothing where it would offer so by itself.
 */
export function beforeOffer(recorded: Sdp, own: Sdp, sections: readonly TransceiverInfo[]): readonly Arrangement[] {
  return own.media.flatMap((said, index): readonly Arrangement[] => {
    const offered = recorded.media[index];
    const section = liveAt(said, sections);
    if (offered === undefined || offered.rejected || said.rejected || section?.mid === undefined) return [];
    const turned = mediaOf(offered) !== undefined && section.direction !== offered.direction;
    return [...turnedTo(offered, section, turned), ...preferred(offered, section.mid, [said])];
  });
}

/**
 * What the sections of `offer` need, so that its answer is like the recorded one, m-line by m-line. `own` is what the engine
 * said last, if anything, `sections` are what it has. Nothing where it would answer so by itself.
 */
export function beforeAnswer(
  recorded: Sdp,
  offer: Sdp,
  own: Sdp | undefined,
  sections: readonly TransceiverInfo[],
): readonly Arrangement[] {
  return offer.media.flatMap((offered, index): readonly Arrangement[] => {
    const answered = recorded.media[index];
    const mid = offered.mid?.value;
    if (answered === undefined || mid === undefined || offered.rejected) return [];
    if (answered.rejected) return [{ do: 'stop', mid }];
    const section = liveAt(offered, sections);
    if (section === undefined) return [];
    const turned = naturally(section.direction, offered.direction) !== answered.direction;
    const said = own?.media[index];
    return [
      ...turnedTo(answered, section, turned),
      // What it prefers it says again, whatever is offered.
      ...preferred(answered, mid, said === undefined || said.mid?.value !== mid ? [offered] : [offered, said]),
    ];
  });
}

type Live = TransceiverInfo & { readonly mid: string };

function liveAt({ mid }: MSection, sections: readonly TransceiverInfo[]): Live | undefined {
  return sections.find((one): one is Live => one.mid !== null && one.mid === mid?.value && !one.stopped);
}

/** What is said to be sent has to be there. */
function turnedTo(recorded: MSection, { mid, sending }: Live, turned: boolean): readonly Arrangement[] {
  const media = mediaOf(recorded);
  const { direction } = recorded;
  if (media !== undefined && !sending && /^send/.test(direction)) return [{ do: 'add', media, direction, mid }];
  return turned ? [{ do: 'direction', mid, direction }] : [];
}

/** The direction that is answered without doing anything: what both want (RFC 9429 5.3.1). */
function naturally(own: string, offered: string): string {
  const sends = /^send/.test(own) && /recv/.test(offered);
  const receives = /recv/.test(own) && /^send/.test(offered);
  return sends ? (receives ? 'sendrecv' : 'sendonly') : receives ? 'recvonly' : 'inactive';
}

/** The recorded order of codecs, unless each of `otherwise` begins with the same one. */
function preferred(recorded: MSection, mid: string, otherwise: readonly MSection[]): readonly Arrangement[] {
  const media = mediaOf(recorded);
  const codecs = codecNames(recorded);
  if (media === undefined || codecs[0] === undefined) return [];
  if (otherwise.every((section) => codecNames(section)[0] === codecs[0])) return [];
  return [{ do: 'prefer', media, codecs, mid }];
}

const mediaOf = ({ kind }: MSection): 'audio' | 'video' | undefined =>
  kind === 'audio' || kind === 'video' ? kind : undefined;

/** Of media, not of what repairs or repeats it. */
export const codecNames = ({ codecs }: Pick<MSection, 'codecs'>): readonly string[] => [
  ...new Set(codecs.filter(({ role }) => role === 'media').map(({ name }) => name)),
];
