/** Simulcast and restriction ids: layers by rid, their order, pauses and limits (RFC 8851, RFC 8853). */
import type { Change, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Rid } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { list } from './words.ts';

/** Class simulcast. */
export function diffSimulcast(context: DiffContext): Change[] {
  return context.live
    .filter((pair) => !pair.sameText && isRtp(pair.after))
    .flatMap((pair) => [...layersChange(context, pair), ...ridsChange(context, pair)]);
}

function layersChange(context: DiffContext, pair: SectionPair): Change[] {
  const before = layersOf(pair.before);
  const after = layersOf(pair.after);
  const directions = [...new Set([...before.keys(), ...after.keys()])].filter(
    (direction) => written(before.get(direction)) !== written(after.get(direction)),
  );
  return directions.map((direction) => {
    const old = before.get(direction);
    const fresh = after.get(direction);
    return sectionChange(context, pair, `simulcast.${visible(direction, 12)}`, {
      class: 'simulcast',
      before: old === undefined ? null : written(old),
      after: fresh === undefined ? null : written(fresh),
      sentence: layersSentence(visible(direction, 12), old, fresh),
      linesBefore: pair.before.simulcast.map((line) => line.line),
      linesAfter: pair.after.simulcast.map((line) => line.line),
    });
  });
}

/** Direction → streams as written (`h`, `~f`, `a,b` for alternatives); a line that does not parse counts as its text. */
function layersOf(section: MSection): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of section.simulcast) {
    if (line.lists.length === 0) found.set('?', [...(found.get('?') ?? []), line.text]);
    for (const { direction, streams } of line.lists) {
      const texts = streams.map((stream) => stream.map((each) => `${each.paused ? '~' : ''}${each.rid}`).join(','));
      found.set(direction, [...(found.get(direction) ?? []), ...texts]);
    }
  }
  return found;
}

function written(layers: readonly string[] | undefined): string {
  return layers === undefined ? '' : layers.join(';');
}

function layersSentence(
  direction: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): string {
  if (before === undefined) return `adds simulcast (${direction}): ${layers(after ?? [])} ${shown(after ?? [])}.`;
  if (after === undefined) return `drops simulcast (${direction}): was ${layers(before)} ${shown(before)}.`;
  if (before.length !== after.length)
    return `Simulcast (${direction}): ${before.length} → ${layers(after)} (${shown(after)}; was ${shown(before)}).`;
  const paused = pausedOnly(after, new Set(before));
  const resumed = pausedOnly(before, new Set(after));
  const bare = (texts: readonly string[]) => texts.map((text) => text.replaceAll('~', '')).join(';');
  if (bare(before) !== bare(after)) return `Simulcast layers (${direction}): ${shown(before)} → ${shown(after)}.`;
  const names = (texts: readonly string[]) => list(texts.map((text) => visible(text.slice(1), 16)));
  const parts = [
    paused.length > 0 ? `pauses ${plural(paused)} ${names(paused)}` : '',
    resumed.length > 0 ? `resumes ${plural(resumed)} ${names(resumed)}` : '',
  ];
  return `${parts.filter((part) => part !== '').join(' and ') || 'changes paused layers'} (simulcast ${direction}).`;
}

function plural(layers: readonly string[]): string {
  return layers.length > 1 ? 'layers' : 'layer';
}

function pausedOnly(layers: readonly string[], others: ReadonlySet<string>): string[] {
  return layers.filter((layer) => layer.startsWith('~') && others.has(layer.slice(1)));
}

function layers(texts: readonly string[]): string {
  return texts.length === 1 ? '1 layer' : `${texts.length} layers`;
}

function shown(texts: readonly string[]): string {
  return list(
    texts.map((text) => visible(text, 24)),
    6,
  );
}

/** `a=rid` lines; limits are compared one by one. Rids that came or went with a change of the layers say nothing more. */
function ridsChange(context: DiffContext, pair: SectionPair): Change[] {
  const before = ridsOf(pair.before);
  const after = ridsOf(pair.after);
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => limits(before.get(key)) !== limits(after.get(key)),
  );
  if (keys.length === 0) return [];
  const picked = (side: ReadonlyMap<string, Rid>): ChangeValue =>
    Object.fromEntries([...keys].sort().flatMap((key) => (side.has(key) ? [[key, limits(side.get(key)) ?? '']] : [])));
  const draft = {
    class: 'simulcast' as const,
    before: picked(before),
    after: picked(after),
    sentence: `Layer ids (rid): ${list(keys.map((key) => ridWords(key, before.get(key), after.get(key))))}.`,
    linesBefore: keys.map((key) => before.get(key)?.line),
    linesAfter: keys.map((key) => after.get(key)?.line),
  };
  return [sectionChange(context, pair, 'rid', draft)];
}

function ridsOf(section: MSection): Map<string, Rid> {
  const found = new Map<string, Rid>();
  const counts = new Map<string, number>();
  for (const rid of section.rids) {
    const key = `${rid.id} ${rid.direction}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    found.set(count === 1 ? key : `${key} (${count})`, rid);
  }
  return found;
}

function limits(rid: Rid | undefined): string | undefined {
  return rid?.parameters
    .map(({ key, value }) => (value === '' ? key : `${key}=${value}`))
    .sort()
    .join(';');
}

function ridWords(key: string, before: Rid | undefined, after: Rid | undefined): string {
  const name = visible(key, 24);
  const old = limits(before);
  const fresh = limits(after);
  if (old === undefined) return `${name} added${fresh === '' ? '' : ` (${visible(fresh ?? '', 40)})`}`;
  if (fresh === undefined) return `${name} removed`;
  return `${name} limited to ${visible(fresh || 'nothing', 40)} (was ${visible(old || 'unlimited', 40)})`;
}
