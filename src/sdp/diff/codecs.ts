/** Codecs of an RTP section: which there are and under which payload types; their order is in codec-order.ts. */
import type { Change, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { Codec } from '../sdp.ts';
import { type CodecMatch, matchCodecs, sameCodecs } from './codec-match.ts';
import { orderChange } from './codec-order.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { countWords, list } from './words.ts';

/** Classes codec-set, codec-order, codec-pt, and order for payload types which are not media codecs. */
export function diffCodecs(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => {
    if (pair.sameText) return [];
    if ((!isRtp(pair.after) && !isRtp(pair.before)) || sameCodecs(pair)) return [];
    const match = matchCodecs(pair);
    return [
      ...setChange(context, pair, match),
      ...orderChange(context, pair, match),
      ...numberChange(context, pair, match),
    ];
  });
}

function setChange(context: DiffContext, pair: SectionPair, match: CodecMatch): Change[] {
  // An answer lists only what both can do, so the next offer of that side naturally says more (rules C.1).
  const added = pair.fromAnswer ? [] : match.added;
  const { removed } = match;
  if (added.length === 0 && removed.length === 0) return [];
  const parts = [];
  if (removed.length > 0) parts.push(`drops ${codecNames(removed, match)}`);
  if (added.length > 0) parts.push(`adds ${codecNames(added, match)}`);
  const draft = {
    class: 'codec-set' as const,
    before: removed.map((codec) => plain(codec, match)),
    after: added.map((codec) => plain(codec, match)),
    sentence: `${parts.join('; ')}.`,
    linesBefore: removed.map((codec) => codec.rtpmapLine ?? pair.before.line),
    linesAfter: added.map((codec) => codec.rtpmapLine ?? pair.after.line),
  };
  return [sectionChange(context, pair, 'codecs', draft)];
}

function plain(codec: Codec, match: CodecMatch): ChangeValue {
  return { name: match.label(codec), payloadType: codec.payloadType };
}

/** `AV1 (+rtx)`: repair and redundancy formats are said along with their codecs, or alone where there is no codec. */
function codecNames(codecs: readonly Codec[], match: CodecMatch): string {
  const media = codecs.filter((codec) => codec.role === 'media');
  const others = codecs.filter((codec) => codec.role !== 'media');
  const alone = media.length === 0;
  const names = countWords(
    (alone ? others : media).map((codec) => (alone ? match.label(codec) : codec.name || match.label(codec))),
  );
  if (alone) return list(names);
  const extras = [...new Set(others.map((codec) => codec.name.toLowerCase()))].map((name) => visible(name, 20));
  const plus = extras.length === 0 ? '' : ` (+${extras.slice(0, 4).join(', +')})`;
  const count = media.length > 5 ? `${media.length} codecs: ` : '';
  return `${count}${list(names)}${plus}`;
}

function numberChange(context: DiffContext, pair: SectionPair, match: CodecMatch): Change[] {
  const moved = match.pairs.filter((codecs) => codecs.before.payloadType !== codecs.after.payloadType);
  if (moved.length === 0) return [];
  const media = moved.filter((codecs) => codecs.after.role === 'media');
  const shown = (media.length > 0 ? media : moved).map(
    (codecs) => `${codecs.label} ${visible(codecs.before.payloadType, 8)} → ${visible(codecs.after.payloadType, 8)}`,
  );
  const rest = moved.length - shown.length;
  const values = (side: 'before' | 'after') =>
    [...moved].sort(byLabel).map((codecs) => ({ name: codecs.label, payloadType: codecs[side].payloadType }));
  const draft = {
    class: 'codec-pt' as const,
    before: values('before'),
    after: values('after'),
    sentence: `${moved.length === 1 ? 'Payload type' : 'Payload types'} moved: ${list(shown)}${rest > 0 ? ` (and ${rest} of rtx, RED or FEC)` : ''}.`,
    linesBefore: moved.map((codecs) => codecs.before.rtpmapLine ?? pair.before.line),
    linesAfter: moved.map((codecs) => codecs.after.rtpmapLine ?? pair.after.line),
  };
  return [sectionChange(context, pair, 'codecs.payload-types', draft)];
}

function byLabel(left: { readonly label: string }, right: { readonly label: string }): number {
  return left.label < right.label ? -1 : left.label > right.label ? 1 : 0;
}
