/** Messages as they are told: listed as far as the meter allows, the rest counted in the list once a second. */
import type { Draft } from '../../core/event.ts';
import type { Telling } from '../source.ts';
import type { MessageDraft } from './intervention.ts';
import { createMeter } from './meter.ts';
import { epochNow } from './relay/records.ts';

export interface Listing {
  /** `size` in bytes; `at` in milliseconds since 1970, if it did not come just now. */
  list(draft: MessageDraft, size: number, at?: number): void;
  /** What has not been counted in the list yet is, now. */
  report(): void;
}

const COUNT_MS = 1000;

/** `busy` gets what is told instead of the messages. */
export function createListing(
  tell: (draft: Draft, telling?: Telling) => unknown,
  busy: (detail: string, telling: Telling) => void,
): Listing {
  const meter = createMeter();
  let counting: NodeJS.Timeout | undefined;
  let last: Telling = {};

  function report(): void {
    clearTimeout(counting);
    counting = undefined;
    const { messages, bytes } = meter.take();
    if (messages > 0) busy(`${messages} more messages (${bytes} bytes) are not listed; a recording has them`, last);
  }

  return {
    list(draft, size, at) {
      last = at === undefined ? {} : { at };
      const telling = draft.signals.some(({ type }) => type !== 'other');
      const listed = meter.admit(size, at ?? epochNow(), telling);
      tell(draft, { ...last, ...(!listed && { aside: true }) });
      if (!listed) counting ??= setTimeout(report, COUNT_MS).unref();
    },
    report,
  };
}
