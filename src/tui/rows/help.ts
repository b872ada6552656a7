/** The help: every key, what it does, and why it cannot do it now; what acts stands last in a recording. */
import { ACTING } from '../binding.ts';
import { type KeyRow, keymapOf, keyTable } from '../keymap.ts';
import type { Setting, Ui } from '../state.ts';
import { type Cell, cell, folded, type Row, row } from './row.ts';

const GROUPS: Readonly<Record<KeyRow['group'], string>> = {
  Act: 'Act as a peer',
  'Step in': 'Step in between (proxy)',
  Look: 'Look',
  Take: 'Take away',
  Move: 'Move',
  Leave: 'Help and leave',
  Filter: 'While typing a filter or a command',
  Palette: 'Among the commands',
};

interface Group {
  readonly name: KeyRow['group'];
  readonly entries: readonly { readonly key: KeyRow; readonly reason: string | undefined }[];
  /** Why none of it can be done now, where it is the same for all. */
  readonly reason: string | undefined;
}

export function helpRows(ui: Ui, setting: Setting): readonly Row[] {
  const table = keyTable(keymapOf(setting));
  const width = Math.max(...table.map(({ keys }) => keys.length));
  const groups = (Object.keys(GROUPS) as KeyRow['group'][]).map((name) => groupOf(name, table, ui, setting));
  const isLate = ({ name }: Group) => !setting.live && ACTING.has(name);
  const ordered = [...groups.filter((group) => !isLate(group)), ...groups.filter(isLate)];
  return ordered.flatMap((group) => groupRows(group, width, ui, setting));
}

function groupOf(name: KeyRow['group'], table: readonly KeyRow[], ui: Ui, setting: Setting): Group {
  const entries = table
    .filter(({ group }) => group === name)
    .map((key) => ({ key, reason: key.binding.disabled?.(ui, setting) }));
  const [first, ...others] = new Set(entries.map(({ reason }) => reason));
  return { name, entries, reason: others.length === 0 ? first : undefined };
}

function groupRows({ name, entries, reason }: Group, width: number, ui: Ui, { glyphs }: Setting): readonly Row[] {
  const why = reason === undefined ? [] : [cell(`  (${reason})`, 'muted', glyphs)];
  return [
    row(name, cell(GROUPS[name], 'accent', glyphs), ...why),
    ...entries.flatMap((entry) => {
      const { keys, help, binding } = entry.key;
      const isUsable = entry.reason === undefined;
      const text = isUsable || reason !== undefined ? help : `${help}  (${entry.reason})`;
      const lines = folded(cell(text, 'plain', glyphs).text, Math.max(20, ui.size.columns - width - GAPS));
      return lines.map((line, index): Row => {
        const key: Cell = {
          text: `  ${(index === 0 ? keys : '').padEnd(width)}  `,
          tone: isUsable ? 'strong' : 'muted',
        };
        return row(`${binding.id} ${index}`, key, { text: line, tone: isUsable ? 'plain' : 'muted' });
      });
    }),
    row(`${name} end`),
  ];
}

/** Before and behind the keys, and at the right edge. */
const GAPS = 5;
