/** What a description asks for, without what depends on the stack that wrote it: codecs it has, extensions it knows. */
import type { Description } from '../../core/model.ts';
import type { MSection } from '../../sdp/sdp.ts';
import type { Step } from './align.ts';
import { effectDifferences } from './descriptions.ts';

/** `audio sendrecv opus`, `video stopped`, `data`. */
function sectionShape(section: MSection): string {
  const kind = section.kind === 'application' ? 'data' : section.kind;
  if (section.rejected) return `${kind} stopped`;
  if (kind === 'data') return kind;
  const codec = section.codecs.find(({ role }) => role === 'media')?.name ?? 'no codec';
  return `${kind} ${section.direction} ${codec.toLowerCase()}`;
}

/** In the order of the m-lines. */
export function shapeOf({ sdp }: Description): readonly string[] {
  return sdp.media.map(sectionShape);
}

/** How two descriptions that stand for each other differ in shape, in sentences. */
export function shapeDifferences({ description: before }: Step, { description: after }: Step): readonly string[] {
  const [then, now] = [shapeOf(before), shapeOf(after)];
  const sections = Array.from({ length: Math.max(then.length, now.length) }, (_, index) => {
    const [was, is] = [then[index], now[index]];
    if (was === is) return [];
    if (is === undefined) return [`m-line ${index} (${was}) is missing`];
    return [
      was === undefined
        ? `m-line ${index} (${is}) is not in the recording`
        : `m-line ${index} is ${is}, in the recording ${was}`,
    ];
  }).flat();
  return [...sections, ...effectDifferences(before, after).map(({ sentence }) => sentence)];
}
