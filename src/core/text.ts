/** Wire text made fit for a terminal: controls become visible, widths are counted in columns. */
import stringWidth from 'string-width';
import { isNarrow } from '../sdp/printable.ts';

export { isNarrow, printable } from '../sdp/printable.ts';

/** Terminal columns the text takes; colour codes count nothing. */
export function displayWidth(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

let segmenter: Intl.Segmenter | undefined;

/** The characters as people see them. Made when first needed: it takes longer to make than most commands need it for. */
export function graphemes(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * The text cut to at most `columns` columns, never inside a character; a cut ends with `ellipsis` (as much of it as fits).
 * The text must be printable and without colour codes.
 */
export function fit(text: string, columns: number, ellipsis = '…'): string {
  if (columns <= 0) return '';
  const narrow = isNarrow(text);
  if (text.length <= columns && (narrow || displayWidth(text) <= columns)) return text;
  const room = columns - displayWidth(ellipsis);
  if (room < 0) return ellipsis.slice(0, columns);
  if (narrow) return text.slice(0, room) + ellipsis;
  let width = 0;
  let keptAt = 0;
  for (const { segment, index } of graphemes(text)) {
    const end = width + displayWidth(segment);
    if (end > columns) return text.slice(0, keptAt) + ellipsis;
    if (end <= room) keptAt = index + segment.length;
    width = end;
  }
  return text;
}
