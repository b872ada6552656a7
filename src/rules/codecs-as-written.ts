/**
 * Sections whose codecs are written in the same words: an SFU's offer has hundreds of them, and what has been found in order
 * in one is in order in all.
 */
import type { Attribute, MSection, Sdp } from '../sdp/sdp.ts';

/** All that a judgement of a section's codecs can depend on. */
export interface Written {
  readonly kind: string;
  readonly formats: readonly string[];
  readonly lines: readonly string[];
}

/** The m= line and the attributes of these names, as they stand in the text. */
export function codecsAsWritten(sdp: Sdp, section: MSection, names: { has(name: string): boolean }): Written {
  const { kind, formats, attributes } = section;
  const lines: string[] = [];
  for (const attribute of attributes) if (names.has(attribute.name)) lines.push(textOf(sdp, attribute));
  return { kind, formats, lines };
}

/** The line of an attribute. */
export function textOf(sdp: Sdp, attribute: Attribute): string {
  return sdp.lines[attribute.line - 1]?.text ?? '';
}

/** More ways to write codecs than descriptions have; a hostile one must not make every section look at every other. */
const MOST = 4;

const CLEAN = new WeakMap<Sdp, readonly Written[]>();

/** A section of this description that is written like this has been found without fault. */
export function isKnownClean(sdp: Sdp, written: Written): boolean {
  return (CLEAN.get(sdp) ?? []).some((one) => isSame(one, written));
}

export function noteClean(sdp: Sdp, written: Written): void {
  const clean = CLEAN.get(sdp) ?? [];
  if (clean.length < MOST) CLEAN.set(sdp, [...clean, written]);
}

function isSame(one: Written, other: Written): boolean {
  return one.kind === other.kind && sameTexts(one.formats, other.formats) && sameTexts(one.lines, other.lines);
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, i) => text === other[i]);
}
