/** A stream of Server-Sent Events in pieces that can be passed on one by one (HTML, section 9.2.6). */

/** What stands between two blank lines: an event, or a comment that keeps the connection alive. */
export interface EventBlock {
  /** As it came, with the blank line behind it. */
  readonly raw: Buffer;
  /** How much of it has been passed on before it was whole. */
  readonly sent: number;
  /** Undefined: no event, or one that is too long to be negotiation. */
  readonly data: string | undefined;
}

export interface EventBlocks {
  /** The blocks that this piece completes. `passed`: it has been sent on already. */
  push(chunk: Buffer, passed: boolean): readonly EventBlock[];
  /** What is not whole yet and has not been sent on; from now on it has. */
  take(): Buffer;
  /** More waits than an event has. */
  readonly full: boolean;
}

/** Longer events are passed on as they come. */
const MAX_EVENT = 1024 * 1024;
const END = /\r\n\r\n|\n\n|\r\r/g;

export function createEventBlocks(): EventBlocks {
  let rest: Buffer = Buffer.alloc(0);
  let sent = 0;
  /** The event was too long: its end is looked for, and no more. */
  let over = false;

  function push(chunk: Buffer, passed: boolean): readonly EventBlock[] {
    const before = rest.length;
    rest = before === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (passed) sent = rest.length;
    // Bytes as characters, so that places in the text are places in the buffer.
    const text = rest.toString('latin1');
    const blocks: EventBlock[] = [];
    let at = 0;
    END.lastIndex = Math.max(0, before - 3);
    for (let end = END.exec(text); end !== null; end = END.exec(text)) {
      const raw = rest.subarray(at, END.lastIndex);
      blocks.push({ raw, sent: Math.min(raw.length, Math.max(0, sent - at)), data: over ? undefined : dataOf(raw) });
      over = false;
      at = END.lastIndex;
    }
    rest = rest.subarray(at);
    sent = Math.max(0, sent - at);
    return blocks;
  }

  return {
    push(chunk, passed) {
      const blocks = push(chunk, passed);
      // What has gone and is too long is forgotten, but for what may be half of its end.
      if (rest.length > MAX_EVENT && sent === rest.length) {
        over = true;
        rest = rest.subarray(-3);
        sent = rest.length;
      }
      return blocks;
    },
    take() {
      const waiting = rest.subarray(sent);
      sent = rest.length;
      return waiting;
    },
    get full() {
      return rest.length > MAX_EVENT;
    },
  };
}

const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/);
const DATA = /^data(?:: ?|$)/;

function dataOf(raw: Buffer): string | undefined {
  const lines = linesOf(raw.toString().replace(/^\ufeff/, '')).filter((line) => DATA.test(line));
  return lines.length === 0 ? undefined : lines.map((line) => line.replace(DATA, '')).join('\n');
}

/** The event with other data; its name and id stay. */
export function withData(raw: Buffer, data: string): Buffer {
  const lines = linesOf(raw.toString()).filter((line) => line !== '' && !DATA.test(line));
  return Buffer.from(`${[...lines, ...linesOf(data).map((line) => `data: ${line}`)].join('\n')}\n\n`);
}
