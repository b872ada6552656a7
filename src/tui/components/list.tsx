/** A list: the shown rows of it, and nothing else. */
import { Box } from 'ink';
import type { Row } from '../rows/row.ts';
import type { Glyphs } from '../theme.ts';
import { Line } from './line.tsx';

export interface ListProps {
  /** The shown rows only. */
  readonly rows: readonly Row[];
  /** Key of the row under the cursor. */
  readonly cursor?: string | undefined;
  readonly from?: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
}

export function List({ rows, cursor, from = 0, width, height, glyphs }: ListProps) {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
      {rows.map((row) => (
        <Line key={row.key} cells={row.cells} from={from} width={width} selected={row.key === cursor} glyphs={glyphs} />
      ))}
    </Box>
  );
}
