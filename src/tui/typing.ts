/** What is typed at the foot of the screen: a filter, a search, a note; or in the palette. */
import { completed, typedFilter } from './filtering.ts';
import type { Command, Setting, Step, Typed, Ui } from './state.ts';
import { look } from './view.ts';

const LONGEST_TYPED = 200;

export function typed(ui: Ui, command: Command, setting: Setting): Step | undefined {
  const inPalette = ui.screen === 'palette';
  const field: Typed = ui.prompt?.for ?? 'filter';
  const before = inPalette ? ui.palette.text : ui[field];
  const edited = (text: string): Step => (inPalette ? { palette: { text, index: 0 } } : { [field]: text });
  switch (command.type) {
    case 'ask':
      return asked(ui, command.for);
    case 'palette':
      return { screen: 'palette', palette: { text: '', index: 0 } };
    case 'filter-by':
      return { filter: command.text };
    case 'complete':
      return { filter: completed(ui.filter, setting) };
    case 'accept':
      return accepted(ui, setting);
    case 'cancel':
      return inPalette ? { screen: 'main' } : { prompt: undefined, [field]: '' };
    case 'erase':
      return edited(command.all ? '' : [...before].slice(0, -1).join(''));
    case 'type':
      return edited((before + command.text).slice(0, LONGEST_TYPED));
    case 'paste':
      return inPalette || ui.prompt !== undefined
        ? edited((before + asLine(command.text)).slice(0, LONGEST_TYPED))
        : {
            toast: {
              text: 'pasted text is not taken for keys: begin a filter, a search or a note first',
              tone: 'warn',
            },
          };
    case 'help':
      return { screen: ui.screen === 'help' ? 'main' : 'help', helpTop: 0 };
    case 'resize':
      return { size: command.size };
    case 'say':
      return { toast: { text: command.text, tone: command.tone } };
    default:
      return undefined;
  }
}

/** In one line, without anything that a terminal would act on. */
const asLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();

/** A filter is gone on with; what is searched for and noted begins anew. */
function asked(ui: Ui, field: Typed): Partial<Ui> {
  const prompt = { for: field, before: ui[field] };
  return field === 'filter' ? { prompt } : { prompt, [field]: '' };
}

/** A filter with a name is saved; a note is taken of the selected event. */
function accepted(ui: Ui, setting: Setting): Step {
  if (ui.prompt?.for === 'note') return noted(ui, setting);
  if (ui.prompt?.for === 'find') return { prompt: undefined };
  const { name, text } = typedFilter(ui.filter);
  const kept: Partial<Ui> = { prompt: undefined, filter: text };
  return name === undefined ? kept : [kept, { type: 'save-filter', name, text }];
}

function noted(ui: Ui, setting: Setting): Step {
  const of = look(ui, setting).event?.seq;
  const kept: Partial<Ui> = { prompt: undefined, note: '' };
  if (of === undefined) return kept;
  return [
    { ...kept, unsaved: !setting.live && setting.canSave },
    { type: 'note', text: ui.note.trim(), of },
  ];
}
