/** Runs a source and waits for what it tells, instead of sleeping. */
import type { Draft } from '../../src/core/event.ts';
import type { Source, SourceEnd } from '../../src/sources/source.ts';

export interface Running {
  readonly source: Source;
  readonly drafts: Draft[];
  /** The first event that matches, counted from the `after`th. */
  until(match: (draft: Draft) => boolean, after?: number): Promise<Draft>;
  readonly ended: Promise<SourceEnd>;
  stop(): Promise<SourceEnd>;
}

export function runSource(source: Source): Running {
  const drafts: Draft[] = [];
  const waits = new Set<() => void>();
  const controller = new AbortController();
  const ended = source.start((draft) => {
    const seq = drafts.push(draft);
    for (const wait of [...waits]) wait();
    return seq;
  }, controller.signal);
  ended.catch(() => {});
  return {
    source,
    drafts,
    ended,
    until(match, after = 0) {
      return new Promise((resolve) => {
        const look = (): void => {
          const found = drafts.slice(after).find(match);
          if (!found) return;
          waits.delete(look);
          resolve(found);
        };
        waits.add(look);
        look();
      });
    },
    stop() {
      controller.abort();
      return ended;
    },
  };
}

export const state =
  (of: string, value: string, who?: string) =>
  (draft: Draft): boolean =>
    draft.kind === 'state' && draft.of === of && draft.value === value && (who === undefined || draft.from === who);

export const problem =
  (code: string) =>
  (draft: Draft): boolean =>
    draft.kind === 'problem' && draft.code === code;

export const sent =
  (type: string, from?: string) =>
  (draft: Draft): boolean =>
    draft.kind === 'message' &&
    draft.signals.some((signal) => signal.type === type) &&
    (from === undefined || draft.from === from);

/** What happened, a short word an event, for comparing whole runs. */
export function words(drafts: readonly Draft[]): string[] {
  return drafts.flatMap((draft) => {
    switch (draft.kind) {
      case 'message':
        return draft.signals.map(
          (signal) => `${draft.from}>${draft.to} ${'label' in signal ? signal.label : signal.type}`,
        );
      case 'apply':
        return [`${draft.from} ${draft.op} ${draft.type ?? ''} ${draft.ok ? 'ok' : draft.error?.message}`.trim()];
      case 'state':
        return [`${draft.from} ${draft.of}=${draft.value}`];
      case 'call':
        return [`${draft.from} ${draft.name}`];
      case 'link':
        return [`link ${draft.change}`];
      case 'action':
        return [`${draft.from} does ${draft.action.do}`];
      case 'problem':
        return [`problem ${draft.code}: ${draft.detail}`];
      default:
        return [draft.kind];
    }
  });
}
