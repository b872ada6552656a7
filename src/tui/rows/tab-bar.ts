/** The line with the tabs, and which tab stands where in it. */
import { TABS } from '../screens.ts';
import { type Cell, cellsWidth } from './row.ts';
import type { Tab } from './tab.ts';

/** A cell a tab, the open one marked; where there is no room, the others by three letters, and the last ones by number. */
export function tabBar(open: Tab, focused: boolean, width: number): readonly Cell[] {
  const whole = tabCells(open, focused, TABS.length, 99);
  if (cellsWidth(whole) <= width) return whole;
  for (let named = TABS.length; named > 0; named -= 1) {
    const cells = tabCells(open, focused, named, 3);
    if (cellsWidth(cells) <= width) return cells;
  }
  return tabCells(open, focused, 0, 0);
}

/** The first `named` tabs by that many letters, the others by number. */
function tabCells(open: Tab, focused: boolean, named: number, letters: number): Cell[] {
  return TABS.map((tab, index): Cell => {
    if (tab.id === open.id) return { text: `[${index + 1} ${tab.title}]`, tone: focused ? 'accent' : 'strong' };
    const title = index < named ? tab.title.slice(0, letters) : '';
    return { text: title === '' ? ` ${index + 1} ` : ` ${index + 1} ${title} `, tone: 'muted' };
  });
}

/** The tab at a column of the line. */
export function tabAt(column: number, open: Tab, focused: boolean, width: number): Tab | undefined {
  let end = 0;
  const index = tabBar(open, focused, width).findIndex((cell) => {
    end += cellsWidth([cell]);
    return column < end;
  });
  return TABS[index];
}
