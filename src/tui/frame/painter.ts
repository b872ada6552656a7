/** Puts frames on the terminal: of each only the lines that are not there already. */

export interface Painter {
  /** Takes the alternate screen and hides the cursor. */
  open(): void;
  paint(frame: readonly string[]): void;
  /** What is on the terminal is not known any more: the next frame is painted whole. */
  forget(): void;
  /** While this runs, the terminal is somebody else's: frames wait, and the newest is painted whole when it is over. */
  away(use: () => Promise<void>): Promise<void>;
  /** Lines break again where they are too long. */
  release(): void;
  /** Gives the terminal back as it was, but for what `release` does. */
  close(): void;
}

const at = (row: number): string => `\u001b[${row};1H`;
/** In case the terminal counts the width of a character otherwise than we do, nothing of the old line stays. */
const ERASE_LINE = '\u001b[2K';
/** The terminal shows what stands between these at once, if it knows them (DEC mode 2026). */
const [TOGETHER, SHOW] = ['\u001b[?2026h', '\u001b[?2026l'];
/** A line stays in its row, also where the terminal takes a character for wider than we do (DECAWM). */
const [UNBROKEN, BROKEN] = ['\u001b[?7l', '\u001b[?7h'];
const [ALTERNATE, NORMAL] = ['\u001b[?1049h\u001b[?25l', '\u001b[?1049l\u001b[?25h'];

export function createPainter(stdout: NodeJS.WriteStream): Painter {
  let shown: readonly string[] = [];
  let newest: readonly string[] = [];
  let isAway = false;

  function paint(frame: readonly string[]): void {
    newest = frame;
    if (isAway) return;
    const changed = frame.flatMap((text, index) => (text === shown[index] ? [] : [at(index + 1) + ERASE_LINE + text]));
    shown = frame;
    // The cursor goes home: ink ends its own, empty frame with a line break, which must not scroll the screen.
    if (changed.length > 0) stdout.write(TOGETHER + changed.join('') + at(1) + SHOW);
  }

  return {
    open: () => void stdout.write(ALTERNATE + UNBROKEN),
    paint,
    forget() {
      shown = [];
    },
    async away(use) {
      isAway = true;
      stdout.write(BROKEN);
      try {
        await use();
      } finally {
        isAway = false;
        stdout.write(UNBROKEN);
        shown = [];
        paint(newest);
      }
    },
    release: () => void stdout.write(BROKEN),
    close: () => void stdout.write(NORMAL),
  };
}
