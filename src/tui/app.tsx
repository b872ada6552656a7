/** The whole screen for one size: bars above and below, the panes or the help between them. */
import { Box, type SuspendTerminal, useApp, useInput } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { Foot } from './components/bars.tsx';
import { Line } from './components/line.tsx';
import { List } from './components/list.tsx';
import { DetailPane, LadderPane, type PaneProps, Parting } from './components/panes.tsx';
import { commandFor } from './keymap.ts';
import { keyNames } from './keys.ts';
import { helpHeight, listStart, SMALLEST } from './layout.ts';
import { helpRows } from './rows/help.ts';
import { paletteRows } from './rows/palette.ts';
import { cell } from './rows/row.ts';
import { statusCells, titleCells } from './rows/status.ts';
import type { Store } from './store.ts';
import { look } from './view.ts';

/** `onReady` gets what hands the terminal to another program and takes it back. */
export function App({ store, onReady }: { store: Store; onReady: (suspend: SuspendTerminal) => void }) {
  const { suspendTerminal, exit } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const { ui, now } = useSyncExternalStore(store.subscribe, store.snapshot);
  useInput((input, key) => {
    // What breaks here is outside of React's reach; it must end the screen like what breaks in drawing.
    try {
      press(store, keyNames(input, key));
    } catch (error) {
      exit(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const { setting } = store;
  const view = look(ui, setting);
  const { columns, rows } = ui.size;
  if (!view.layout.enough) return <TooSmall columns={columns} rows={rows} setting={setting} />;
  const panes = { ui, setting, view };
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Line cells={titleCells(ui, setting, view)} width={columns} glyphs={setting.glyphs} />
      {ui.screen === 'help' ? (
        <Help {...panes} />
      ) : ui.screen === 'palette' ? (
        <Palette {...panes} />
      ) : (
        <Main {...panes} />
      )}
      {ui.screen === 'main' ? (
        <Line cells={statusCells(setting, now, view.listing.hidden)} width={columns} glyphs={setting.glyphs} />
      ) : null}
      <Foot ui={ui} setting={setting} />
    </Box>
  );
}

function press(store: Store, keys: readonly string[]): void {
  for (const key of keys) {
    const command = commandFor(key, store.snapshot().ui, store.setting);
    if (command !== undefined) store.send(command);
  }
}

function Main(props: PaneProps) {
  const { arrangement, ladder } = props.view.layout;
  if (arrangement === 'detail-only') return <DetailPane {...props} />;
  return (
    <Box flexDirection={arrangement === 'beside' ? 'row' : 'column'} flexShrink={0} overflow="hidden">
      <LadderPane {...props} />
      {arrangement === 'beside' ? <Parting rows={ladder.rows} setting={props.setting} /> : null}
      <DetailPane {...props} />
    </Box>
  );
}

function Help({ ui, setting }: PaneProps) {
  const height = helpHeight(ui.size);
  const rows = helpRows(ui, setting).slice(ui.helpTop, ui.helpTop + height);
  return <List rows={rows} width={ui.size.columns} height={height} glyphs={setting.glyphs} />;
}

function Palette({ ui, setting }: PaneProps) {
  const height = helpHeight(ui.size);
  const rows = paletteRows(ui, setting);
  const start = listStart(rows.length, height, ui.palette.index, 0);
  const { columns } = ui.size;
  const cursor = rows[ui.palette.index]?.key;
  const shown = rows.slice(start, start + height);
  return <List rows={shown} cursor={cursor} width={columns} height={height} glyphs={setting.glyphs} />;
}

function TooSmall({ columns, rows, setting }: { columns: number; rows: number } & Pick<PaneProps, 'setting'>) {
  const text = `renego needs ${SMALLEST.columns}x${SMALLEST.rows}, this is ${columns}x${rows}`;
  return <Line cells={[cell(text, 'plain', setting.glyphs)]} width={columns} glyphs={setting.glyphs} />;
}
