/** What the screen is about and can ask for, from the options it was started with. */
import { fixedFindings } from '../rules/finding-store.ts';
import { glyphsOf } from './glyphs.ts';
import { createKeymap } from './keymap.ts';
import type { TuiOptions } from './start.ts';
import type { Setting } from './state.ts';
import { THEME_NAMES, type ThemeName } from './theme.ts';

const NONE = fixedFindings([]);

export interface SettingInUse {
  readonly setting: Setting;
  /** Takes the next theme, and says its name. */
  nextTheme(): ThemeName;
}

/** `again` asks for another frame soon. */
export function createSetting(options: TuiOptions, again: () => void): SettingInUse {
  const { model, title, live, ascii, findings, dispatch, refusal, save, filters, saveFilter, editor, held } = options;
  let theme = options.theme ?? 'auto';
  let glyphs = glyphsOf(ascii, theme);
  const setting: Setting = {
    model,
    title,
    ...(options.waiting !== undefined && { waiting: options.waiting }),
    live,
    findings: findings ?? NONE,
    get glyphs() {
      return glyphs;
    },
    keymap: createKeymap(options.keys),
    canSave: save !== undefined,
    canEdit: editor !== undefined,
    canNote: options.note !== undefined,
    canPage: options.pager !== undefined,
    canSuspend: options.suspendProcess !== undefined,
    ...(options.stays !== undefined && { stays: options.stays }),
    canSaveFilter: saveFilter !== undefined,
    ...(filters !== undefined && { filters }),
    again,
    ...(options.clock !== undefined && { clock: options.clock }),
    work: options.work?.now ?? (() => undefined),
    held: held ?? (() => []),
    refusal(action) {
      if (dispatch === undefined) return live ? 'this session is only watched' : 'a recording cannot be acted on';
      return refusal?.(action);
    },
  };
  return {
    setting,
    nextTheme() {
      theme = THEME_NAMES[(THEME_NAMES.indexOf(theme) + 1) % THEME_NAMES.length] ?? 'auto';
      glyphs = glyphsOf(ascii, theme);
      return theme;
    },
  };
}
