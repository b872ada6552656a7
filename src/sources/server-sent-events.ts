/** Server-Sent Events (HTML, section 9.2.6) out of text that comes in pieces. Only `data` counts in signaling. */

/** Characters of one event; more than any description needs. */
const MAX_EVENT = 1024 * 1024;

export interface EventStream {
  /** The data of all events that this piece completes. Throws where an event is too long to be one. */
  push(piece: string): readonly string[];
}

export function createEventStream(): EventStream {
  let rest = '';
  let data: string[] = [];
  let first = true;

  /** The data of the event this line ends, if it ends one. */
  function line(text: string): readonly string[] {
    if (text !== '') {
      const [, field, value = ''] = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(text) ?? [];
      if (field === 'data') data.push(value);
      return [];
    }
    const complete = data.length > 0 ? [data.join('\n')] : [];
    data = [];
    return complete;
  }

  return {
    push(piece) {
      rest += first ? piece.replace(/^\ufeff/, '') : piece;
      first &&= piece === '';
      if (rest.length + data.reduce((sum, one) => sum + one.length, 0) > MAX_EVENT) {
        throw new Error('an event of the stream is longer than 1 MB');
      }
      // A carriage return at the end may be half of a line end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      return lines.flatMap(line);
    },
  };
}
