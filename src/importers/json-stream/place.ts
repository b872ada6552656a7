/** Where something is in a text that passes piece by piece, as a reader would say it. */

export interface Place {
  /** The next piece; returns it in UTF-8, as offsets count. */
  enter(text: string): Uint8Array;
  /** The piece has been read. */
  leave(): void;
  /** Bytes so far, the present piece not counted until it is left. */
  offset(): number;
  /** `line 3, column 17` of an offset in the present piece, or of the end of the last one. */
  at(offset: number): string;
}

export function createPlace(): Place {
  const encoder = new TextEncoder();
  let piece = '';
  let bytes: Uint8Array = new Uint8Array();
  let passed = 0;
  let [line, column] = [1, 1];

  function after(text: string): readonly [number, number] {
    let [row, start] = [line, 0];
    for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', start)) {
      row += 1;
      start = next + 1;
    }
    return [row, (start === 0 ? column : 1) + text.length - start];
  }

  return {
    enter(text) {
      piece = text;
      bytes = encoder.encode(text);
      return bytes;
    },
    leave() {
      [line, column] = after(piece);
      passed += bytes.length;
      piece = '';
      bytes = new Uint8Array();
    },
    offset: () => passed,
    at(offset) {
      const [row, place] = after(new TextDecoder().decode(bytes.subarray(0, Math.max(0, offset - passed))));
      return `line ${row}, column ${place}`;
    },
  };
}
