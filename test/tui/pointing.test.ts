import { describe, expect, it } from 'vitest';
import { createMouseReader } from '../../src/tui/mouse.ts';
import { type Command, initialUi, type Ui } from '../../src/tui/state.ts';
import { update } from '../../src/tui/update.ts';
import { look } from '../../src/tui/view.ts';
import { recorded } from '../recording.ts';
import { settingOf } from './setting.ts';

const { model } = recorded('ice-restart.ndjson');
const setting = settingOf(model, { canSave: false, canEdit: false, refusal: () => 'a recording' });

function done(commands: readonly Command[], size = { columns: 120, rows: 30 }): Ui {
  return commands.reduce<Ui>((ui, command) => update(ui, command, setting)[0], {
    ...initialUi(size, false),
    every: true,
  });
}
const click = (column: number, row: number): Command => ({ type: 'click', column, row });
const wheel = (column: number, row: number, by: 1 | -1): Command => ({ type: 'wheel', column, row, by });
const drag = (column: number, row: number): Command => ({ type: 'drag', column, row });

describe('reports of the mouse', () => {
  const ESC = '\u001b';
  const read = (...chunks: readonly string[]) => {
    const commands: Command[] = [];
    const reader = createMouseReader((command) => commands.push(command));
    return { rest: chunks.map(reader), commands };
  };

  it.each<[string, Command[]]>([
    ['[<0;1;1M', [{ type: 'click', column: 0, row: 0 }]],
    ['[<4;10;5M', [{ type: 'click', column: 9, row: 4 }]],
    ['[<0;10;5m', [{ type: 'release' }]],
    ['[<32;10;5M', [{ type: 'drag', column: 9, row: 4 }]],
    ['[<64;10;5M', [{ type: 'wheel', column: 9, row: 4, by: -1 }]],
    ['[<65;10;5M', [{ type: 'wheel', column: 9, row: 4, by: 1 }]],
    ['[<2;10;5M', []],
    ['[<35;10;5M', []],
  ])('%s', (report, commands) => {
    expect(read(ESC + report)).toEqual({ rest: [''], commands });
  });

  it.each([
    ['of a mouse in the older form', '[M !!'],
    ['of a colour', ']11;rgb:0000/0000/0000\u001b\\'],
    ['of a colour, ended by a bell', ']10;rgb:ffff/ffff/ffff\u0007'],
    ["of the terminal's name", 'P>|tmux 3.3a\u001b\\'],
  ])('%s are no keys', (_what, report) => {
    expect(read(`j${ESC}${report}k`)).toEqual({ rest: ['jk'], commands: [] });
  });

  it('are not waited for where Alt and a key only look like the beginning of one', () => {
    expect(read(`${ESC}]`, 'q')).toEqual({ rest: [`${ESC}]`, 'q'], commands: [] });
  });

  it('leave what is typed between them, and may come in pieces', () => {
    expect(read(`j${ESC}[<0;2;2Mk${ESC}[A`)).toEqual({
      rest: [`jk${ESC}[A`],
      commands: [{ type: 'click', column: 1, row: 1 }],
    });
    expect(read('q', `${ESC}[<0;`, '2;2', 'Mj')).toEqual({
      rest: ['q', '', '', 'j'],
      commands: [{ type: 'click', column: 1, row: 1 }],
    });
    expect(read(ESC)).toEqual({ rest: [ESC], commands: [] });
    expect(read(`${ESC}[<0;x`)).toEqual({ rest: [`${ESC}[<0;x`], commands: [] });
  });
});

describe('the mouse', () => {
  it('selects the row that is clicked, in either pane', () => {
    const ui = done([click(10, 6)]);
    expect(ui).toMatchObject({ focus: 'ladder', selected: 5 });
    const { detail } = look(ui, setting).layout;
    expect(done([click(detail.left + 5, detail.top + 3)])).toMatchObject({ focus: 'detail', detail: { row: 2 } });
    expect(done([click(10, 1), click(10, 0), click(10, 29)]).selected).toBe(1);
  });

  it('opens the tab that is clicked', () => {
    const { detail } = look(done([]), setting).layout;
    expect(done([click(detail.left + 1, detail.top)]).tab).toBe('changes');
    expect(done([click(detail.left + 13, detail.top)]).tab).toBe('agreement');
  });

  it('folds by a second click', () => {
    const { detail } = look(done([]), setting).layout;
    const tab = { type: 'tab-to', number: 3 } as const;
    const place = click(detail.left + 5, detail.top + 1);
    expect(look(done([tab, place, place]), setting).rows.length).not.toBe(
      look(done([tab, place]), setting).rows.length,
    );
  });

  it('scrolls what is under it', () => {
    expect(done([wheel(5, 5, 1)]).selected).toBe(4);
    expect(done([wheel(5, 5, 1), wheel(5, 5, -1), wheel(5, 5, -1)]).selected).toBe(1);
    const { detail } = look(done([]), setting).layout;
    expect(done([{ type: 'tab-to', number: 3 }, wheel(detail.left + 2, detail.top + 2, 1)]).detail.row).toBe(3);
    expect(done([{ type: 'help' }, wheel(5, 5, 1)]).helpTop).toBe(3);
    expect(done([{ type: 'palette' }, wheel(5, 5, 1), click(5, 1)]).palette.index).toBe(0);
    expect(done([{ type: 'palette' }, click(5, 4)]).palette.index).toBe(3);
  });

  it.each([
    [{ columns: 120, rows: 30 }, 'beside'],
    [{ columns: 80, rows: 24 }, 'below'],
  ] as const)('drags the line between the panes of %j, as far as both keep room', (size, arrangement) => {
    const { layout } = look(done([], size), setting);
    expect(layout.arrangement).toBe(arrangement);
    const beside = arrangement === 'beside';
    const at = beside ? click(layout.ladder.columns, 10) : click(30, layout.detail.top);
    const lengthAfter = (...commands: readonly Command[]) => {
      const { ladder } = look(done([at, ...commands], size), setting).layout;
      return beside ? ladder.columns : ladder.rows;
    };
    expect(lengthAfter(drag(40, 10))).toBe(beside ? 40 : 9);
    expect(lengthAfter(drag(0, 0))).toBe(beside ? 33 : 4);
    expect(lengthAfter(drag(500, 500))).toBe(beside ? 86 : 17);
    expect(lengthAfter({ type: 'release' }, drag(40, 10))).toBe(lengthAfter());
  });

  it.each([
    [{ columns: 120, rows: 30 }, 4, [33, 86]],
    [{ columns: 101, rows: 30 }, 4, [33, 67]],
    [{ columns: 80, rows: 24 }, 1, [4, 17]],
    [{ columns: 61, rows: 15 }, 1, [4, 8]],
  ] as const)('a key moves that line in %j, as far as both keep room, and back by the next one', (size, step, ends) => {
    const lengthAfter = (...by: readonly (1 | -1)[]) => {
      const moves = by.map((one): Command => ({ type: 'divide', by: one }));
      const { ladder, arrangement } = look(done(moves, size), setting).layout;
      return arrangement === 'beside' ? ladder.columns : ladder.rows;
    };
    const usual = lengthAfter();
    const inside = (length: number) => Math.max(ends[0], Math.min(ends[1], length));
    expect([lengthAfter(-1), lengthAfter(1)]).toEqual([inside(usual - step), inside(usual + step)]);
    expect([lengthAfter(-1, 1), lengthAfter(-1, 1, -1, -1)]).toEqual([usual, inside(usual - 2 * step)]);
    const all = (by: 1 | -1) => lengthAfter(...Array.from({ length: 40 }, () => by));
    expect([all(-1), all(1)]).toEqual(ends);
    expect(lengthAfter(...Array.from({ length: 40 }, () => 1 as const), -1)).toBe(ends[1] - step);
  });
});
