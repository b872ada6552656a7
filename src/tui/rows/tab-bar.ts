/** The line with the tabs, and which tab stands where in it. */
import { TABS } from '../screens.ts';
import { type Cell, cellsWidth } from './row.ts';
import type { Tab } from './tab.ts';

/** A cell a tab, the open one marked; where there is no room, the others by three letters or by number. */
export function tabBar(open: Tab, focused: boolean, width: number): readonly Cell[] {
  const all = [99, 3, 0].map((letters) => tabCells(open, focused, letters));
  return all.find((each) => cellsWidth(each) <= width) ?? all.at(-1) ?? [];
}

function tabCells(open: Tab, focused: boolean, letters: number): Cell[] {
  return TABS.map((tab, index): Cell => {
    if (tab.id === open.id) return { text: `[${index + 1} ${tab.title}]`, tone: focused ? 'accent' : 'strong' };
    const title = tab.title.slice(0, letters);
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
