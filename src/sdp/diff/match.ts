/** Which m-section of one description is which of the other (rules C.2): by mid, else by place; a freed slot is recycled. */
import type { MSection, Sdp } from '../sdp.ts';
import type { DiffContext, DiffOptions, RecycledSlot, SectionPair } from './context.ts';

/** Matches the sections of `after` with those the side had before. Linear in the number of sections. */
export function matchSections(before: Sdp, after: Sdp, options: DiffOptions): DiffContext {
  const committed = options.transport ?? before;
  const contents = byKey(before.media);
  const places = byKey(committed.media);
  const keys = keysOf(after.media);
  const matched: [MSection, MSection][] = [];
  const free = new Set(committed.media);
  const rest: MSection[] = [];
  after.media.forEach((section, place) => {
    const partner = places.get(keys[place] ?? '');
    if (partner === undefined || section.mid === undefined) rest.push(section);
    else {
      matched.push([partner, section]);
      free.delete(partner);
    }
  });
  const added: MSection[] = [];
  const recycled: RecycledSlot[] = [];
  for (const section of rest) {
    const slot = committed.media[section.index];
    if (slot === undefined || !free.delete(slot)) added.push(section);
    else matched.push([slot, section]);
  }
  const committedKeys = keyMap(committed.media);
  const pairs: SectionPair[] = [];
  for (const [slot, section] of matched) {
    if (isRecycled(slot, section, options)) recycled.push({ before: slot, after: section });
    else
      pairs.push(
        pairUp([before, committed, after], slot, section, contents.get(committedKeys.get(slot) ?? ''), options),
      );
  }
  pairs.sort((left, right) => left.after.index - right.after.index);
  const live = pairs.filter((pair) => !pair.committed.rejected && !pair.after.rejected);
  return { before, after, committed, options, pairs, live, added, dropped: [...free], recycled };
}

function pairUp(
  [before, committed, after]: readonly [Sdp, Sdp, Sdp],
  slot: MSection,
  section: MSection,
  own: MSection | undefined,
  options: DiffOptions,
): SectionPair {
  const content = own !== undefined && own.kind === slot.kind && !own.rejected ? own : slot;
  const fromSlot = content !== own;
  return {
    before: content,
    after: section,
    committed: slot,
    fromAnswer: fromSlot || options.answerToOffer === true,
    beforeIsCommitted: fromSlot,
    sameText: sameLines(fromSlot ? committed : before, content, after, section),
    sameMid: slot.mid !== undefined && slot.mid.value === section.mid?.value,
  };
}

function sameLines(before: Sdp, old: MSection, after: Sdp, section: MSection): boolean {
  if (old.lastLine - old.line !== section.lastLine - section.line) return false;
  for (let number = section.line; number <= section.lastLine; number++) {
    if (after.lines[number - 1]?.text !== before.lines[number - section.line + old.line - 1]?.text) return false;
  }
  return true;
}

/** Another kind of media, or another mid where the slot was free on either side. */
function isRecycled(slot: MSection, section: MSection, options: DiffOptions): boolean {
  if (slot.kind !== section.kind) return true;
  if (slot.mid === undefined || section.mid === undefined || slot.mid.value === section.mid.value) return false;
  return slot.rejected || section.rejected || options.recyclable?.has(section.index) === true;
}

/** The n-th section of one mid has a key of its own, so that a mid used twice loses nothing. */
function keysOf(media: readonly MSection[]): string[] {
  const seen = new Map<string, number>();
  return media.map((section) => {
    const name = section.mid === undefined ? `index ${section.index}` : `mid ${section.mid.value}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${count} ${name}`;
  });
}

function byKey(media: readonly MSection[]): Map<string, MSection> {
  const keys = keysOf(media);
  return new Map(media.map((section, place) => [keys[place] ?? '', section]));
}

function keyMap(media: readonly MSection[]): Map<MSection, string> {
  const keys = keysOf(media);
  return new Map(media.map((section, place) => [section, keys[place] ?? '']));
}
