/** How messages name things: wire text in them is made printable and short. */
import type { Description } from '../core/model.ts';
import { visible } from '../sdp/printable.ts';
import type { MSection } from '../sdp/sdp.ts';

/** `audio '0'`; by index where the section has no mid. */
export function nameOf(section: MSection): string {
  const kind = section.kind === '' ? 'section' : visible(section.kind, 20);
  return section.mid === undefined
    ? `${kind} at index ${section.index}`
    : `${kind} '${visible(section.mid.value, 20)}'`;
}

/** `audio '0', video '1' and 3 more` */
export function namesOf(sections: readonly MSection[]): string {
  const shown = sections.slice(0, 3).map(nameOf);
  const rest = sections.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `a's offer` */
export function whose(description: Pick<Description, 'from' | 'type'>): string {
  return `${visible(description.from, 30)}'s ${description.type}`;
}
