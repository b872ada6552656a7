/** What a description asks for, without what depends on the stack that wrote it: codecs it has, extensions it knows. */
import { changesOf } from '../../core/changes.ts';
import type { Description } from '../../core/model.ts';
import { keepsCredentials, keptOpen } from '../../core/unruly.ts';
import type { MSection } from '../../sdp/sdp.ts';
import type { Step } from './align.ts';
import { effectDifferences } from './descriptions.ts';

/** Codecs that the engine lacks, in lower case: what comes behind them is the first then. */
export type Lacking = ReadonlySet<string>;

/** `audio sendrecv opus`, `video stopped`, `data`; without a codec where the engine has none of them. */
function sectionShape(section: MSection, lacking: Lacking): string {
  const kind = section.kind === 'application' ? 'data' : section.kind;
  if (section.rejected) return `${kind} stopped`;
  if (kind === 'data') return kind;
  const codecs = section.codecs.filter(({ role }) => role === 'media').map(({ name }) => name.toLowerCase());
  const codec = codecs.find((name) => !lacking.has(name)) ?? (codecs.length > 0 ? '' : 'no codec');
  return `${kind} ${section.direction} ${codec}`.trimEnd();
}

/** In the order of the m-lines. */
export function shapeOf({ sdp }: Description, lacking: Lacking = new Set()): readonly string[] {
  return sdp.media.map((section) => sectionShape(section, lacking));
}

/** How two descriptions that stand for each other differ in shape, in sentences. */
export function shapeDifferences(
  { description: before }: Step,
  { description: after }: Step,
  lacking: Lacking,
): readonly string[] {
  const [then, now] = [shapeOf(before, lacking), shapeOf(after)];
  const round = before.round?.answer === before ? before.round : undefined;
  const open = round === undefined ? [] : keptOpen(round);
  const sections = Array.from({ length: Math.max(then.length, now.length) }, (_, index) => {
    const [was, is] = [then[index], now[index]];
    if (was === is || (was !== undefined && is !== undefined && isWithoutCodec(was) && is.startsWith(`${was} `)))
      return [];
    if (open.includes(index) && is?.endsWith(' stopped')) return [];
    if (is === undefined) return [`m-line ${index} (${was}) is missing`];
    return [
      was === undefined
        ? `m-line ${index} (${is}) is not in the recording`
        : `m-line ${index} is ${is}, in the recording ${was}`,
    ];
  }).flat();
  // A side that begins anew in the middle of a call cannot be had; what that does to ICE is then another thing.
  if (isRenewed(before) || (round !== undefined && keepsCredentials(round))) return sections;
  return [...sections, ...effectDifferences(before, after).map(({ sentence }) => sentence)];
}

const isWithoutCodec = (shape: string): boolean =>
  /^(?:audio|video) (?:sendrecv|sendonly|recvonly|inactive)$/.test(shape);

/** A PeerConnection of this round takes the place of another one. */
function isRenewed({ round }: Description): boolean {
  const both = [round?.offer, round?.answer].filter((one) => one !== undefined);
  return both.some((one) => changesOf(one).some((change) => change.class === 'new-pc'));
}
