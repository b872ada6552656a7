/** What a round changed for one section that both agreements have. */
import { capital, expectedCodec, names, partyFirst, sizeWords } from '../agreement/describe.ts';
import type { AgreedSection } from '../agreement/section.ts';
import type { Party } from '../agreement/transport.ts';
import type { Agreement } from '../agreement.ts';
import { kindWord, list, rateWords } from '../diff/words.ts';
import type { Effect } from '../effect.ts';
import { visible } from '../printable.ts';
import { formerSide, PARTIES } from './parties.ts';

/** Two agreements and the same section in both. */
export interface Kept {
  readonly before: Agreement;
  readonly after: Agreement;
  readonly old: AgreedSection;
  readonly section: AgreedSection;
}

type SectionEffect = Omit<Effect, 'mid'>;

/** Flows, codec in use, layers, limits. */
export function sectionEffects(kept: Kept): Effect[] {
  const found = [flowEffect, codecEffect, layerEffects, bandwidthEffects, messageEffects].flatMap((look) => look(kept));
  return found.map((effect) => ({ mid: kept.section.mid, ...effect }));
}

interface Turn {
  readonly who: string;
  readonly was: boolean;
  readonly is: boolean;
}

/** `a stops sending video; b keeps sending.` */
function flowEffect({ before, after, old, section }: Kept): SectionEffect[] {
  const sending = (from: AgreedSection, side: Party) => (side === 'offerer' ? from.toAnswerer : from.toOfferer);
  const turns: Turn[] = PARTIES.map((side) => ({
    who: names(after)[side],
    was: sending(old, formerSide(before, after, side)),
    is: sending(section, side),
  }));
  const kind = kindWord(section.kind);
  const starts = verb(
    turns.filter((turn) => !turn.was && turn.is),
    'start',
    ` ${kind}`,
  );
  const stops = verb(
    turns.filter((turn) => turn.was && !turn.is),
    'stop',
    ` ${kind}`,
  );
  if (starts.length + stops.length === 0) return [];
  const keeps = verb(
    turns.filter((turn) => turn.was && turn.is),
    'keep',
    '',
  );
  return [{ sentence: partyFirst(`${[...starts, ...stops, ...keeps].join('; ')}.`), class: 'direction' }];
}

function verb(turns: readonly Turn[], word: string, what: string): string[] {
  const who = turns.map((turn) => turn.who);
  return who.length === 0 ? [] : [`${list(who)} ${word}${who.length === 1 ? 's' : ''} sending${what}`];
}

function codecEffect({ old, section }: Kept): SectionEffect[] {
  const was = expectedCodec(old);
  const is = expectedCodec(section);
  if (was?.identity === is?.identity) return [];
  const kind = capital(kindWord(section.kind));
  if (is === undefined) return [{ sentence: `${kind} has no common codec any more.`, class: 'codec-set' }];
  const name = visible(is.name, 30);
  const how = was?.name === is.name ? `another profile of ${name} now` : `${name} now`;
  const instead = was === undefined || was.name === is.name ? '' : ` instead of ${visible(was.name, 30)}`;
  return [{ sentence: `${kind} uses ${how}${instead}.`, class: 'codec-order' }];
}

function layerEffects({ before, after, old, section }: Kept): SectionEffect[] {
  return PARTIES.flatMap((side) => {
    const was = old.layers[formerSide(before, after, side)].join(', ');
    const is = section.layers[side].join(', ');
    if (was === is) return [];
    const sentence = `Simulcast layers from ${names(after)[side]}: ${visible(was || 'none')} → ${visible(is || 'none')}.`;
    return [{ sentence, class: 'simulcast' as const }];
  });
}

function limitsOf(section: AgreedSection, receiver: Party): AgreedSection['limits']['toAnswerer'] {
  return section.limits[receiver === 'offerer' ? 'toOfferer' : 'toAnswerer'];
}

function bandwidthEffects({ before, after, old, section }: Kept): SectionEffect[] {
  return PARTIES.flatMap((side) => {
    const words = (from: AgreedSection, receiver: Party) => {
      const all = Object.entries(limitsOf(from, receiver).bandwidth);
      return list(all.map(([modifier, value]) => `${rateWords(modifier, value)} (${visible(modifier, 16)})`));
    };
    const was = words(old, formerSide(before, after, side));
    const is = words(section, side);
    if (was === is) return [];
    const sentence = `Bandwidth limit set by ${names(after)[side]}: ${was || 'none'} → ${is || 'none'}.`;
    return [{ sentence, class: 'bandwidth' as const }];
  });
}

function messageEffects({ before, after, old, section }: Kept): SectionEffect[] {
  return PARTIES.flatMap((side) => {
    const was = limitsOf(old, formerSide(before, after, side)).messageSize;
    const is = limitsOf(section, side).messageSize;
    if (was === is || is === undefined) return [];
    return [{ sentence: `Messages to ${names(after)[side]} may be ${sizeWords(is)} now.`, class: 'data' as const }];
  });
}
