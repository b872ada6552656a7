/** Server-Sent Events, read from a copy as they come (HTML standard, 9.2.6). */

const MAX_EVENT = 1024 * 1024;

/** Calls `event` with the data of each event. What grows too long without an end is left out. */
export function createEventStream(event: (data: string) => void): (chunk: Buffer) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  let size = 0;

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) event(data.join('\n'));
      data = [];
      size = 0;
      return;
    }
    const value = /^data(?:: ?(.*))?$/s.exec(text);
    size += text.length;
    if (value !== null && size <= MAX_EVENT) data.push(value[1] ?? '');
  }

  return (chunk) => {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?=.)/s);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_EVENT) rest = '';
    for (const text of lines) line(text);
  };
}
