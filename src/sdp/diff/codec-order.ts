/** Order of preference on the m= line: of media codecs, and of the formats that only help them (RFC 3264 5.1). */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { Codec } from '../sdp.ts';
import type { CodecMatch } from './codec-match.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { sectionChange } from './context.ts';

/** Classes codec-order, and order for payload types which are not media codecs. */
export function orderChange(context: DiffContext, pair: SectionPair, match: CodecMatch): Change[] {
  if (pair.fromAnswer) return [];
  const media = match.pairs.filter((codecs) => isPreference(pair, codecs.before) && isPreference(pair, codecs.after));
  const sentence = preferenceSentence(pair, match, isReordered(pair, media));
  const lines = { linesBefore: [pair.before.line], linesAfter: [pair.after.line] };
  if (sentence !== undefined) {
    const before = preferences(pair, pair.before.codecs, match);
    const after = preferences(pair, pair.after.codecs, match);
    return [sectionChange(context, pair, 'codecs.order', { class: 'codec-order', before, after, sentence, ...lines })];
  }
  const twice =
    pair.before.formats.length - pair.before.codecs.length !== pair.after.formats.length - pair.after.codecs.length;
  if (!twice && !isReordered(pair, match.pairs)) return [];
  const draft = {
    class: 'order' as const,
    before: [...pair.before.formats],
    after: [...pair.after.formats],
    sentence: twice
      ? 'lists a payload type more than once, or no longer does.'
      : 'lists rtx, RED, FEC or DTMF payload types in another order; the preferred codecs stay as they were.',
    ...lines,
  };
  return [sectionChange(context, pair, 'formats', draft)];
}

/** True if codecs both sides have stand in another order. */
function isReordered(pair: SectionPair, common: CodecMatch['pairs']): boolean {
  const places = new Map(pair.before.codecs.map((codec, place) => [codec, place]));
  let last = -1;
  return common.some((codecs) => {
    const place = places.get(codecs.before) ?? 0;
    const back = place < last;
    last = place;
    return back;
  });
}

function preferences(pair: SectionPair, codecs: readonly Codec[], match: CodecMatch): string[] {
  return codecs.filter((codec) => isPreference(pair, codec)).map((codec) => match.label(codec));
}

/** Its place on the m= line says which is preferred: media codecs, and for audio RED, which wraps the codec behind it. */
function isPreference(pair: SectionPair, codec: Codec): boolean {
  return codec.role === 'media' || (codec.role === 'red' && pair.after.kind === 'audio');
}

function preferenceSentence(pair: SectionPair, match: CodecMatch, reordered: boolean): string | undefined {
  const before = pair.before.codecs.find((codec) => isPreference(pair, codec));
  const after = pair.after.codecs.find((codec) => isPreference(pair, codec));
  if (before === undefined || after === undefined) return undefined;
  const sameFirst = match.pairs.some((codecs) => codecs.before === before && codecs.after === after);
  if (sameFirst && !reordered) return undefined;
  // Another codec of the same name needs its profile to be told apart.
  const alike = before.name.toLowerCase() === after.name.toLowerCase();
  const name = (codec: Codec) => visible(alike ? match.label(codec) : codec.name || match.label(codec), 50);
  if (sameFirst) return behindFirst(pair, match, visible(after.name || match.label(after), 50));
  if (match.removed.includes(before)) return `Codec order: ${name(after)} is first now, ${name(before)} is gone.`;
  return `Codec order: now prefers ${name(after)} over ${name(before)}.`;
}

function behindFirst(pair: SectionPair, match: CodecMatch, first: string): string {
  const gone = new Set(match.removed);
  const fresh = new Set(match.added);
  const before = preferences(
    pair,
    pair.before.codecs.filter((codec) => !gone.has(codec)),
    match,
  );
  const after = preferences(
    pair,
    pair.after.codecs.filter((codec) => !fresh.has(codec)),
    match,
  );
  const place = after.findIndex((label, index) => label !== before[index]);
  const moved = place < 0 ? [] : [after[place] ?? '', before[place] ?? ''];
  const detail =
    moved.length === 0
      ? 'others changed places'
      : `${visible(moved[0] ?? '', 40)} now stands before ${visible(moved[1] ?? '', 40)}`;
  return `Codec order: ${first} stays first; ${detail}.`;
}
