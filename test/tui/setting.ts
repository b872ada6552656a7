/** What the screen works with, as a test needs it. */
import type { Model } from '../../src/core/model.ts';
import { fixedFindings } from '../../src/rules/finding-store.ts';
import { UNICODE } from '../../src/tui/glyphs.ts';
import type { Setting } from '../../src/tui/state.ts';

/** A recording that can be saved and edited, with nothing found, unless it is said otherwise. */
export function settingOf(model: Model, other: Partial<Setting> = {}): Setting {
  return {
    model,
    title: 't',
    live: false,
    glyphs: UNICODE,
    findings: fixedFindings([]),
    canSave: true,
    canEdit: true,
    held: () => [],
    refusal: () => undefined,
    ...other,
  };
}
