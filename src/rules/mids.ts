/** Which mid a section has in the eyes of Chromium, which fills in missing ones before it looks at groups. */
import type { Description } from '../core/model.ts';
import { bundleGroups } from '../sdp/bundle.ts';
import type { MSection, Sdp } from '../sdp/sdp.ts';
import { chromeRefuses, firefoxRefuses } from './browser.ts';
import type { Refusal } from './rule.ts';

/** The mid of each section: its own, else that of the section it answers or continues, else the next free number. */
export function effectiveMids(description: Description): readonly string[] {
  let next = 0;
  const before = description.type === 'offer' ? description.base?.transport : description.round?.offer;
  const taken = new Set(before?.sdp.media.map(({ mid }) => mid?.value));
  return description.sdp.media.map((section) => {
    const own = section.mid?.value;
    if (own !== undefined && own !== '') return own;
    const known = before?.sdp.media[section.index]?.mid?.value;
    if (known !== undefined) return known;
    while (taken.has(String(next))) next += 1;
    next += 1;
    return String(next - 1);
  });
}

/** The first mid a BUNDLE group names that no section has. */
export function unknownMid(
  description: Description,
): { readonly mid: string; readonly line: number; readonly tag: boolean } | undefined {
  const known = new Set(effectiveMids(description));
  for (const { line } of bundleGroups(description.sdp)) {
    // A blank too many names an empty mid.
    const mids = description.sdp.lines[line - 1]?.text.split(' ').slice(1) ?? [];
    const index = mids.findIndex((mid) => !known.has(mid));
    const mid = mids[index];
    if (mid !== undefined) return { mid, line, tag: index === 0 && mid !== '' };
  }
  return undefined;
}

/** The mid as Firefox reads it: the first word of the first a=mid line; undefined if there is none. */
export function firefoxMid({ attributes }: Pick<MSection, 'attributes'>): string | undefined {
  const value = attributes.find(({ name }) => name.toLowerCase() === 'mid')?.value?.trim();
  return value === undefined || value === '' ? undefined : value.split(/[ \t]/)[0];
}

/** What Firefox says where it does not find the section that the group's transport belongs to. */
export function firefoxOnTag(sdp: Sdp): Refusal {
  const tag = bundleGroups(sdp)[0]?.mids[0];
  if (tag === undefined || sdp.media.some((section) => firefoxMid(section) === tag)) return {};
  const reason = `mid specified for bundle transport in group attribute does not exist in the SDP. (mid=${tag})`;
  return { firefox: firefoxRefuses(reason) };
}

/** The first mid two sections share. */
export function repeatedMid(sdpMids: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const mid of sdpMids) {
    if (seen.has(mid)) return mid;
    seen.add(mid);
  }
  return undefined;
}

/** Chromium's sentence about sections whose number, order, kind or mid is wrong; groups are looked at before. */
export function chromeOnOrder(description: Description): string {
  const unknown = unknownMid(description);
  if (unknown) return chromeUnknownMid(description, unknown.mid);
  return chromeRefuses(
    description,
    description.type === 'offer'
      ? "The order of m-lines in subsequent offer doesn't match order from previous offer/answer."
      : "The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
  );
}

export function chromeUnknownMid(description: Description, mid: string): string {
  return chromeRefuses(description, `A BUNDLE group contains a MID='${mid}' matching no m= section.`);
}

/** The two are not the same section: another kind or another mid. */
export function differs(one: MSection, other: MSection): boolean {
  // An empty mid counts as none.
  const [a, b] = [one.mid?.value ?? '', other.mid?.value ?? ''];
  return one.kind !== other.kind || (a !== '' && b !== '' && a !== b);
}
