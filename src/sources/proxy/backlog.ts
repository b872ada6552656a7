/**
 * What HTTP has said and is still to be read: so many bytes of it at most, because WebSockets may be far behind. What is more
 * has passed like everything else, and is left out of the log; that, and how much it was, is told where it is missing.
 */
import type { Draft } from '../../core/event.ts';
import type { Later } from './later.ts';
import { SERVER } from './reader.ts';

export interface Backlog {
  /** Work in its turn, unless there is no room for what it keeps in memory: so many bytes. */
  add(bytes: number, work: () => void): void;
}

interface Gap {
  messages: number;
  bytes: number;
}

/** The same as the tape of what WebSockets carry may have in memory. */
const MOST = 16 * 1024 * 1024;
/** What a few objects cost, however little is in them. */
const LEAST = 1024;

export function createBacklog(later: Pick<Later, 'add'>, tell: (draft: Draft) => unknown, most = MOST): Backlog {
  let waiting = 0;
  /** Open until half of what waits has been read: a gap now and then, instead of one after the other. */
  let gap: Gap | undefined;

  function report({ messages, bytes }: Gap): void {
    const detail = `HTTP: ${messages} messages (${bytes} bytes) have passed unread here: too much waited to be read`;
    tell({ from: SERVER, to: SERVER, kind: 'problem', code: 'PROXY_BLIND', detail });
  }

  function leaveOut(bytes: number): void {
    if (gap === undefined) {
      const opened = { messages: 0, bytes: 0 };
      gap = opened;
      later.add(() => {
        if (gap === opened) gap = undefined;
        report(opened);
      });
    }
    gap.messages += 1;
    gap.bytes += bytes;
  }

  return {
    add(bytes, work) {
      const size = bytes + LEAST;
      if (gap !== undefined || waiting + size > most) {
        leaveOut(bytes);
        return;
      }
      waiting += size;
      later.add(() => {
        waiting -= size;
        if (waiting <= most / 2) gap = undefined;
        work();
      });
    },
  };
}
