/** How a description differs in meaning from the one that stands for it in another recording of the same conversation. */
import { changesOf } from '../../core/changes.ts';
import type { Description } from '../../core/model.ts';
import type { Change, ChangeClass } from '../../sdp/change.ts';
import { diffSdp } from '../../sdp/diff.ts';

/** What is new in every run: certificates, credentials, candidates, names of tracks, estimates. */
const VOLATILE: ReadonlySet<ChangeClass> = new Set([
  'new-pc',
  'ice-restart',
  'transport-moved',
  'candidates',
  'track',
  'bandwidth',
]);

/** Differences that do not come from running again. A DTLS role counts, a fingerprint does not. */
export function meaningfulChanges(before: Description, after: Description): readonly Change[] {
  return diffSdp(before.sdp, after.sdp).filter(
    ({ class: kind, path }) =>
      !VOLATILE.has(kind) &&
      !(kind === 'dtls' && /fingerprint|tls-id/.test(path)) &&
      // Servers that keep their certificate have nothing but this to tell one session from another.
      !(kind === 'format' && path === 'origin'),
  );
}

/** What a description does to the transports, compared with what went before in its own recording. */
const EFFECTS: Readonly<Partial<Record<ChangeClass, string>>> = {
  'ice-restart': 'restarts ICE',
  'new-pc': 'comes from a new PeerConnection',
};

export interface EffectDifference {
  readonly mid: string | null;
  /** `restarts ICE in the recording, but not now` */
  readonly sentence: string;
}

/** Effects that only one of the two has. */
export function effectDifferences(before: Description, after: Description): readonly EffectDifference[] {
  return Object.entries(EFFECTS).flatMap(([kind, words]) => {
    const [then, now] = [before, after].map((one) => changesOf(one).some((change) => change.class === kind));
    if (then === now) return [];
    return [
      {
        mid: null,
        sentence: then ? `${words} in the recording, but not now` : `${words}, which it does not in the recording`,
      },
    ];
  });
}
