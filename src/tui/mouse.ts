/** What a terminal says of its mouse (xterm's SGR reports, mode 1006), as commands; what else it says by itself is left out. */
import type { Command } from './state.ts';

const REPORT = /\u001b\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/g;
/**
 * What is no key either: reports of a mouse in the older form, and what the terminal answers (OSC, DCS, APC, PM) to a
 * program that has gone meanwhile.
 */
const OTHER = /\u001b(?:\[M[\s\S]{3}|[\]P_^][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
/** A report whose end has not come yet. */
const BEGUN = /\u001b\[<[\d;]{0,18}$/;

const MOTION = 32;
const WHEEL = 64;

/** Takes what the terminal reports out of what is typed: gives back the rest of a chunk, and hands on what the mouse did. */
export function createMouseReader(send: (command: Command) => void): (chunk: string) => string {
  let begun = '';
  return (chunk) => {
    const text = begun + chunk;
    begun = BEGUN.exec(text)?.[0] ?? '';
    const whole = begun === '' ? text : text.slice(0, -begun.length);
    return whole.replace(OTHER, '').replace(REPORT, (_report, code: string, x: string, y: string, end: string) => {
      const command = meaning(Number(code), { column: Number(x) - 1, row: Number(y) - 1 }, end === 'm');
      if (command !== undefined) send(command);
      return '';
    });
  };
}

/** Undefined for other buttons, and for what moves without one. */
function meaning(code: number, at: { column: number; row: number }, letGo: boolean): Command | undefined {
  // Shift, Meta and Ctrl add 4, 8 and 16.
  const plain = code & ~(4 | 8 | 16);
  if (plain === WHEEL || plain === WHEEL + 1) return { type: 'wheel', ...at, by: plain === WHEEL ? -1 : 1 };
  if (letGo) return { type: 'release' };
  if (plain === 0) return { type: 'click', ...at };
  return plain === MOTION ? { type: 'drag', ...at } : undefined;
}

/**
 * Reads the reports that come by this keyboard. ink, which reads it by `read`, drops them; so they are taken out before.
 * Returns the way back.
 */
export function tapMouse(stdin: NodeJS.ReadStream, send: (command: Command) => void): () => void {
  const reader = createMouseReader(send);
  const own = stdin.read;
  stdin.read = (size?: number) => {
    const chunk = own.call(stdin, size) as unknown;
    return typeof chunk === 'string' ? reader(chunk) : (chunk as never);
  };
  return () => {
    stdin.read = own;
  };
}
