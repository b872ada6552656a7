/** What a finished round changed for the call: the last agreement against the new one (rules C.1, "effect"). */
import { capital, expectedCodec, flowWords } from './agreement/describe.ts';
import type { AgreedSection, Agreement } from './agreement.ts';
import type { ChangeClass } from './change.ts';
import { kindWord } from './diff/words.ts';
import { sectionEffects } from './effect/section.ts';
import { transportEffects } from './effect/transport.ts';
import { visible } from './printable.ts';

/** One thing that is different for the call now. */
export interface Effect {
  readonly mid: string | null;
  readonly sentence: string;
  readonly class: ChangeClass;
}

/**
 * What changed for the call. Sides are told apart by `parties`, so the offerer may be another one than last time;
 * without `before` (the first round) everything is new. [] if nothing changed.
 */
export function effectOf(before: Agreement | undefined, after: Agreement): Effect[] {
  if (before === undefined) return after.sections.map((section) => begun(after, section));
  const old = new Map(before.sections.map((section) => [keyOf(section), section]));
  const kept = new Set(after.sections.map(keyOf));
  const gone = before.sections.filter((section) => !kept.has(keyOf(section)));
  const hold = holdEffect(before, after);
  const sections = after.sections.flatMap((section) => {
    const last = old.get(keyOf(section));
    return last === undefined ? [begun(after, section)] : sectionEffects({ before, after, old: last, section });
  });
  const told = hold.length === 0 ? sections : sections.filter((effect) => effect.class !== 'direction');
  return [...hold, ...gone.map(ended), ...told, ...transportEffects(before, after)];
}

function keyOf(section: AgreedSection): string {
  return section.mid === null ? `index ${section.index}` : `mid ${section.mid}`;
}

function isData(section: AgreedSection): boolean {
  return section.limits.toAnswerer.messageSize !== undefined;
}

function nameOf(section: AgreedSection): string {
  const place = section.mid === null ? `section ${section.index}` : `'mid ${visible(section.mid, 20)}'`;
  return `${capital(kindWord(section.kind))} ${place}`;
}

function ended(section: AgreedSection): Effect {
  return { mid: section.mid, sentence: `${nameOf(section)} ended.`, class: 'section-rejected' };
}

function begun(agreement: Agreement, section: AgreedSection): Effect {
  return { mid: section.mid, sentence: `${nameOf(section)} ${beginning(agreement, section)}.`, class: 'section-added' };
}

function beginning(agreement: Agreement, section: AgreedSection): string {
  if (isData(section)) return 'can be sent both ways';
  const codec = expectedCodec(section);
  const name = codec === undefined ? 'no common codec' : visible(codec.name, 30);
  if (!section.toAnswerer && !section.toOfferer) return `is set up (${name}), but flows neither way yet`;
  return `flows ${flowWords(agreement, section)} with ${name}`;
}

/** All media stopped or came back while the sections stayed the same. */
function holdEffect(before: Agreement, after: Agreement): Effect[] {
  const flowing = (agreement: Agreement) =>
    agreement.sections.filter((section) => !isData(section) && (section.toAnswerer || section.toOfferer));
  const was = flowing(before).length;
  const is = flowing(after).length;
  const same = before.sections.map(keyOf).join() === after.sections.map(keyOf).join();
  if (!same || was === 0 || is > 0) return [];
  return [{ mid: null, sentence: 'The call is on hold: no media flows.', class: 'direction' }];
}
