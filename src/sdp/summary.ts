/** Changes as the few words that fit on a ladder row: `ICE restart · +video mid 2 · hold`. */
import type { Change, ChangeClass } from './change.ts';
import { kindWord } from './diff/words.ts';
import { visible } from './printable.ts';
import type { Sdp } from './sdp.ts';

/**
 * A label for a row; '' if nothing worth a word changed (candidates, text). At most `most` items, joined by `separator`;
 * what does not fit is counted (`+3 more`).
 */
export function summarise(changes: readonly Change[], separator = ' · ', most = 4): string {
  const items = [...new Set(changes.flatMap(itemsOf))];
  if (items.length <= most) return items.join(separator);
  return [...items.slice(0, most - 1), `${items.length - most + 1} more`].join(separator);
}

/** `audio, video, data`, with numbers where there are several: what a first offer wants. */
export function summariseFirst(sdp: Sdp): string {
  const counts = new Map<string, number>();
  for (const section of sdp.media) {
    if (section.rejected) continue;
    const kind = kindWord(section.kind);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const words = [...counts].map(([kind, count]) => (count > 1 ? `${count} ${kind}` : kind));
  return words.length === 0 ? 'no media' : words.join(', ');
}

type Worder = (change: Change) => string;

const at = (change: Change): string => (change.mid === null ? '' : ` mid ${visible(change.mid, 12)}`);

const WORDS: Readonly<Partial<Record<ChangeClass, Worder>>> = {
  'ice-restart': (change) => `ICE restart${at(change)}`,
  'new-pc': () => 'new PeerConnection',
  'transport-moved': () => 'transport moved',
  dtls: (change) =>
    change.path.endsWith('fingerprint') ? 'new certificate' : change.path.endsWith('setup') ? 'DTLS role' : 'DTLS',
  'section-added': (change) => `+${kindOf(change.after)}${at(change)}`,
  'section-rejected': (change) => `-${kindOf(change.before)}${at(change)}`,
  'section-revived': (change) => `+${kindOf(change.after)}${at(change)}`,
  'section-recycled': (change) => `reuse ${kindOf(change.after)}${at(change)}`,
  direction: directionWord,
  track: (change) => `track${at(change)}`,
  'codec-set': (change) => `codecs${at(change)}`,
  'codec-order': (change) => `codec order${at(change)}`,
  'codec-pt': (change) => `payload types${at(change)}`,
  'codec-param': (change) => `codec parameters${at(change)}`,
  'header-ext': () => 'header extensions',
  simulcast: (change) => `simulcast${at(change)}`,
  bundle: () => 'bundle',
  mux: () => 'RTCP mux',
  bandwidth: (change) => `bandwidth${at(change)}`,
  data: () => 'data channel',
  candidates: (change) => /ice-(options|lite)$/.exec(change.path)?.[0] ?? '',
  order: (change) => (change.path === 'media' ? 'm-line order' : change.path.endsWith('.mid') ? 'mid renamed' : ''),
};

function itemsOf(change: Change): string[] {
  const word = WORDS[change.class]?.(change) ?? '';
  return word === '' ? [] : [word];
}

function kindOf(value: Change['before']): string {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return typeof kind === 'string' ? kindWord(kind) : 'section';
}

/** `hold`, `resume`, else `mid 1 recvonly`. */
function directionWord(change: Change): string {
  if (change.path === 'direction') return isHold(change) ? 'hold' : 'resume';
  return `${at(change).trim()} ${String(change.after)}`.trim();
}

function isHold(change: Change): boolean {
  return (
    Array.isArray(change.after) &&
    change.after.every((direction) => direction === 'sendonly' || direction === 'inactive')
  );
}
