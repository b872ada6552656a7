/** How long something took, in words. */
import type { Millis } from '../../core/event.ts';

/** `7 ms`, `1.2 s`, `3 min 5 s` */
export function span(ms: Millis): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
