/** The semantic diff of two descriptions of one side (rules part C): one change per meaning, causes first. */
import type { Change } from './change.ts';
import { diffBandwidth } from './diff/bandwidth.ts';
import { diffBundle } from './diff/bundle.ts';
import { diffCandidates } from './diff/candidates.ts';
import { diffCodecParameters } from './diff/codec-parameters.ts';
import { diffCodecs } from './diff/codecs.ts';
import type { Differ, DiffOptions } from './diff/context.ts';
import { diffData } from './diff/data.ts';
import { diffDirection } from './diff/direction.ts';
import { diffDtls } from './diff/dtls.ts';
import { foldCauses } from './diff/fold.ts';
import { diffFormat, diffNoise } from './diff/format.ts';
import { diffHeaderExtensions } from './diff/header-extensions.ts';
import { diffCredentials } from './diff/ice.ts';
import { diffIceOptions } from './diff/ice-options.ts';
import { matchSections } from './diff/match.ts';
import { diffMediaAddress } from './diff/media-address.ts';
import { diffMux } from './diff/mux.ts';
import { diffOrder, diffSections } from './diff/sections.ts';
import { diffSimulcast } from './diff/simulcast.ts';
import { diffTracks } from './diff/track.ts';
import type { Sdp } from './sdp.ts';
import { finished, type Steps } from './steps.ts';

export type { DiffOptions } from './diff/context.ts';

/** In the order in which changes are told: what others follow from stands first. */
const DIFFERS: readonly Differ[] = [
  diffSections,
  diffOrder,
  diffCredentials,
  diffMediaAddress,
  diffDtls,
  diffDirection,
  diffTracks,
  diffSimulcast,
  diffCodecs,
  diffCodecParameters,
  diffHeaderExtensions,
  diffBandwidth,
  diffData,
  diffMux,
  diffBundle,
  diffIceOptions,
  diffCandidates,
  diffFormat,
];

/**
 * What changed in meaning from `before` to `after`, two descriptions of one side. [] means equal but for noise: o=
 * version, s=, default addresses, attribute order, order of mids behind a bundle's tag. Consequences are in the
 * `folded` of their cause. Never throws; linear in the size of the texts.
 */
export function diffSdp(before: Sdp, after: Sdp, options: DiffOptions = {}): Change[] {
  return finished(diffing(before, after, options));
}

/** The same in steps. */
export function* diffing(before: Sdp, after: Sdp, options: DiffOptions = {}): Steps<Change[]> {
  const context = matchSections(before, after, options);
  const all: Change[][] = [];
  for (const differ of DIFFERS) {
    yield;
    all.push(differ(context));
  }
  yield;
  const changes = foldCauses(context, all.flat());
  return options.verbose === true ? [...changes, ...diffNoise(context)] : changes;
}

/** True for the change that `verbose` adds: text without meaning. Descriptions with no other change are equal. */
export function isNoise(change: Change): boolean {
  return change.class === 'format' && change.path === 'text';
}
