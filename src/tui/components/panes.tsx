/** The two panes of the main screen. */
import { Box, Text } from 'ink';
import { ladderHead, ladderRows } from '../rows/ladder.ts';
import { type Cell, cell, type Row } from '../rows/row.ts';
import type { Setting, Ui } from '../state.ts';
import type { View } from '../view.ts';
import { Tabs } from './bars.tsx';
import { Line } from './line.tsx';
import { List } from './list.tsx';

export interface PaneProps {
  readonly ui: Ui;
  readonly setting: Setting;
  readonly view: View;
}

export function LadderPane({ ui, setting, view }: PaneProps) {
  const { columns, rows } = view.layout.ladder;
  const { glyphs } = setting;
  const shown = ladderRows(ui, setting, view);
  const cursor = ui.focus === 'ladder' ? String(view.event?.seq) : undefined;
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Line cells={ladderHead(setting, columns)} width={columns} glyphs={glyphs} />
      <List rows={shown} cursor={cursor} width={columns} height={view.ladder.height} glyphs={glyphs} />
    </Box>
  );
}

export function DetailPane({ ui, setting, view }: PaneProps) {
  const { columns, rows } = view.layout.detail;
  const { glyphs } = setting;
  const { row, start, height, notes } = view.detail;
  const focused = ui.focus === 'detail';
  const current = view.rows[row];
  const pointer: Cell = { text: glyphs.cursor, tone: 'accent' };
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Tabs open={view.tab} focused={focused} width={columns} glyphs={glyphs} />
      <List
        rows={view.rows
          .slice(start, start + height)
          .map((one) => indented(one, focused && one === current ? pointer : AIR))}
        cursor={focused ? current?.key : undefined}
        from={ui.column}
        width={columns}
        height={height}
        glyphs={glyphs}
      />
      {notes.map((note) => (
        <Line key={note} cells={[AIR, cell(note, 'accent', glyphs)]} width={columns} glyphs={glyphs} />
      ))}
    </Box>
  );
}

/** The column at the left: where colours are off, only the pointer in it tells the current row. */
const AIR: Cell = { text: ' ', tone: 'plain' };

function indented(row: Row, first: Cell): Row {
  return { ...row, cells: [first, ...row.cells] };
}

/** The line between panes that stand side by side. */
export function Parting({ rows, setting }: { rows: number; setting: Setting }) {
  return (
    <Box width={1} height={rows} flexShrink={0} overflow="hidden">
      <Text {...setting.glyphs.styles.muted}>{`${setting.glyphs.lane}\n`.repeat(rows).trimEnd()}</Text>
    </Box>
  );
}
