/** Simulcast as browsers understand it: which rids are left when those without a fitting a=rid are dropped (RFC 8853 5.2). */
import type { MSection, Rid } from '../sdp/sdp.ts';

export type Way = 'send' | 'recv';

/** The rids of the a=simulcast line in one direction, alternatives included, as written. */
export function listedRids(section: MSection, way: Way): readonly string[] {
  return (section.simulcast[0]?.lists ?? []).flatMap(({ direction, streams }) =>
    direction === way ? streams.flat().map(({ rid }) => rid) : [],
  );
}

/** The rids that count: with exactly one a=rid line, of this direction, and not in the other list as well. */
export function usableRids(section: MSection, way: Way): readonly string[] {
  const lines = ridLines(section);
  const other = new Set(listedRids(section, way === 'send' ? 'recv' : 'send'));
  return listedRids(section, way).filter((rid) => {
    const [line, again] = lines.get(rid) ?? [];
    return line?.direction === way && again === undefined && !other.has(rid);
  });
}

/** The a=rid lines of each id. */
export function ridLines({ rids }: MSection): ReadonlyMap<string, readonly Rid[]> {
  const lines = new Map<string, Rid[]>();
  for (const rid of rids) {
    const list = lines.get(rid.id);
    if (list === undefined) lines.set(rid.id, [rid]);
    else list.push(rid);
  }
  return lines;
}

/** Whether anything of it is left for Chromium. */
export function negotiatesSimulcast(section: MSection): boolean {
  return usableRids(section, 'send').length > 0 || usableRids(section, 'recv').length > 0;
}
