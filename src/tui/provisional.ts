/** Stand-ins until core words events and caches changes. */
import type { SignalEvent } from '../core/event.ts';
import type { Description, Model } from '../core/model.ts';
import type { Change } from '../sdp/change.ts';
import { diffSdp } from '../sdp/diff.ts';

const cache = new WeakMap<Description, Change[]>();

export function changesOf(description: Description): readonly Change[] {
  let changes = cache.get(description);
  if (changes === undefined) {
    const { base, sdp } = description;
    changes = base === undefined ? [] : diffSdp(base.media.sdp, sdp, { transport: base.transport.sdp });
    cache.set(description, changes);
  }
  return changes;
}

export function label(model: Model, event: SignalEvent): string {
  const [description] = model.described.get(event.seq) ?? [];
  if (description !== undefined)
    return `${description.type} #${description.number} · ${description.round?.cause ?? ''}`;
  const [record] = model.gathered.get(event.seq) ?? [];
  if (record?.candidate !== undefined)
    return `candidate ${record.candidate.type} ${record.candidate.transport} mid ${record.mid}`;
  return event.kind === 'message' ? event.signals.map(({ type }) => type).join(' ') : event.kind;
}
