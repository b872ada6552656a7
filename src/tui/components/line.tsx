/** One line of the screen: cells cut to a width. The selected one is drawn inverse. */
import { Box, Text } from 'ink';
import { memo } from 'react';
import { type Cell, crop } from '../rows/row.ts';
import type { Glyphs } from '../theme.ts';

export interface LineProps {
  readonly cells: readonly Cell[];
  /** Columns cut off at the left. */
  readonly from?: number;
  readonly width: number;
  readonly selected?: boolean;
  readonly glyphs: Glyphs;
}

/** Cells are separate texts: ASCII ones are measured the fast way, whatever glyphs stand beside them. */
function PlainLine({ cells, from = 0, width, selected = false, glyphs }: LineProps) {
  return (
    <Box width={width} height={1} flexShrink={0} overflow="hidden">
      {crop(cells, from, width, glyphs).map(({ text, tone }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
        <Box key={index} flexShrink={0}>
          <Text wrap="truncate" {...glyphs.styles[tone]} inverse={selected}>
            {text}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function sameCells(a: readonly Cell[], b: readonly Cell[]): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every((cell, index) => cell.text === b[index]?.text && cell.tone === b[index]?.tone))
  );
}

export const Line = memo(
  PlainLine,
  (before, after) =>
    before.width === after.width &&
    before.from === after.from &&
    before.selected === after.selected &&
    before.glyphs === after.glyphs &&
    sameCells(before.cells, after.cells),
);
