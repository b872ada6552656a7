/** What the ICE agents can do: `a=ice-options`, `a=ice-lite` (RFC 8839 5.3, 5.6). */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import { collapse, type SectionDraft } from './collapse.ts';
import type { DiffContext } from './context.ts';

/** Class candidates: options (as a set) and lite, in effect per section. */
export function diffIceOptions(context: DiffContext): Change[] {
  const options: SectionDraft[] = [];
  const lite: SectionDraft[] = [];
  for (const pair of context.live) {
    const before = [...new Set(pair.committed.ice.options?.value ?? [])].sort();
    const after = [...new Set(pair.after.ice.options?.value ?? [])].sort();
    const lines = { linesBefore: [pair.committed.ice.options?.line], linesAfter: [pair.after.ice.options?.line] };
    if (before.join(' ') !== after.join(' ')) {
      const sentence = `ICE options: ${visible(before.join(' ') || 'none')} → ${visible(after.join(' ') || 'none')}.`;
      options.push({ pair, class: 'candidates', before, after, sentence, ...lines, inCommitted: true });
    }
    const wasLite = pair.committed.ice.lite !== undefined;
    const isLite = pair.after.ice.lite !== undefined;
    if (wasLite !== isLite) {
      const sentence = isLite ? 'acts as an ICE lite agent now.' : 'acts as a full ICE agent now (was lite).';
      const at = { linesBefore: [pair.committed.ice.lite?.line], linesAfter: [pair.after.ice.lite?.line] };
      lite.push({ pair, class: 'candidates', before: wasLite, after: isLite, sentence, ...at, inCommitted: true });
    }
  }
  return [...collapse(context, 'ice-options', options), ...collapse(context, 'ice-lite', lite)];
}
