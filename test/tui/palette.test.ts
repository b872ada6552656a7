import { describe, expect, it } from 'vitest';
import { BINDINGS } from '../../src/tui/bindings.ts';
import { matches } from '../../src/tui/palette.ts';
import { initialUi, type Ui } from '../../src/tui/state.ts';
import { recorded } from '../recording.ts';
import { settingOf } from './setting.ts';

const SIZE = { columns: 80, rows: 24 };
const { model } = recorded('ice-restart.ndjson');
const typing = (text: string): Ui => ({ ...initialUi(SIZE, false), screen: 'palette', palette: { text, index: 0 } });
const found = (text: string) => matches(typing(text), settingOf(model, { title: 'x' })).map(({ id }) => id);

describe('the palette', () => {
  it('has every action of both panes but itself', () => {
    const all = BINDINGS.filter(({ on }) => on.includes('ladder') || on.includes('detail')).map(({ id }) => id);
    expect(found('').toSorted()).toEqual(all.filter((id) => id !== 'palette').toSorted());
  });

  it.each([
    ['rsi', 'restart-ice'],
    ['rib', 'restart-ice'],
    ['restart', 'restart-ice'],
    ['dmt', 'compare'],
    ['diff', 'compare'],
    ['thme', 'theme'],
    ['hide', 'lane-hide'],
    ['edit', 'edit'],
    ['quit', 'quit'],
    ['nxf', 'next-finding'],
    ['tab raw', 'tab-4'],
    ['pgdn', 'page-down'],
  ])('finds by %j first %s', (text, id) => {
    expect(found(text)[0]).toBe(id);
  });

  it('has nothing for what no action is called', () => {
    expect(found('zzqx')).toEqual([]);
  });

  it('works a search out once', () => {
    const setting = settingOf(model, { title: 'x' });
    expect(matches(typing('ice'), setting)).toBe(matches(typing('ice'), setting));
  });
});
