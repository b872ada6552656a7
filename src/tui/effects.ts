/** Does for the screen what only the outside can: actions, clipboard, files, the editor. */
import type { Instance } from 'ink';
import type { PcId } from '../core/event.ts';
import { configuring } from './configure.ts';
import type { TuiOptions } from './start.ts';
import type { Command, Effect, Rewriting } from './state.ts';
import type { Store } from './store.ts';

/** What effects need of the running screen. */
export interface Run {
  instance?: Instance;
  store?: Store;
  /** Hands the terminal to another program, and takes it back. */
  suspend?: (during: () => Promise<void>) => Promise<void>;
  gone?: boolean;
  readonly nextTheme: () => string;
}

/** What comes of it is told by the store. */
export function performEffect(effect: Effect, options: TuiOptions, run: Run): void {
  const { instance, store } = run;
  switch (effect.type) {
    case 'quit':
      options.onQuit?.();
      instance?.unmount();
      return;
    case 'dispatch':
      options.dispatch?.(effect.action);
      return;
    case 'copy':
      copy(effect.text, options.stdout);
      options.clipboard?.(effect.text);
      store?.send({
        type: 'say',
        text: `${effect.what}: ${effect.text.length} characters sent to the clipboard`,
        tone: 'good',
      });
      return;
    case 'save':
      store?.send({ type: 'say', text: saved(() => options.save?.() ?? ''), tone: 'good' });
      return;
    case 'save-listed':
      store?.send({ type: 'say', text: saved(() => options.save?.(effect.seqs) ?? ''), tone: 'good' });
      return;
    case 'note':
      options.note?.(effect.text, effect.of);
      store?.send({ type: 'say', text: `noted on event ${effect.of}${options.live ? '' : LATER}`, tone: 'good' });
      return;
    case 'page-out':
      void edit(effect.text, effect.what, options.pager === undefined ? {} : { editor: options.pager }, run);
      return;
    case 'save-filter':
      store?.send(filterSaved(effect.name, effect.text, options));
      return;
    case 'theme':
      store?.send({
        type: 'say',
        text: `theme: ${run.nextTheme()} (set "theme" in a config file to keep it)`,
        tone: 'good',
      });
      return;
    case 'suspend':
      void suspended(effect.by, options, run);
      return;
    case 'edit':
      void edit(effect.text, effect.what, options, run);
      return;
    case 'rewrite':
      void rewrite(effect, options, run);
      return;
    case 'configure':
      void configure(effect.pc, options, run);
  }
}

const LATER = '; w saves the session with its notes';

/** The terminal is the shell's until it lets this program go on. */
async function suspended(by: 'key' | 'signal', { suspendProcess }: TuiOptions, { suspend, store }: Run): Promise<void> {
  if (suspendProcess === undefined) store?.send({ type: 'say', text: 'nothing to go back to here', tone: 'warn' });
  else await suspend?.(() => suspendProcess(by));
}

/** OSC 52: the terminal puts the text on the clipboard of whoever sits in front of it, over ssh too. */
function copy(text: string, stdout: NodeJS.WriteStream): void {
  stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
}

async function edit(
  text: string,
  what: string,
  { editor }: Pick<TuiOptions, 'editor'>,
  { suspend, store }: Run,
): Promise<void> {
  try {
    await suspend?.(async () => {
      await editor?.(text, what);
    });
  } catch (error) {
    store?.send({ type: 'say', text: `no editor: ${reason(error)}`, tone: 'warn' });
  }
}

/** What comes back from the editor is done; an empty text, or for a held message an unchanged one, is a change of mind. */
async function rewrite(
  { text, what, held, use }: Rewriting,
  options: TuiOptions,
  { suspend, store }: Run,
): Promise<void> {
  let next = text;
  const done = held === undefined ? undefined : options.attend?.(held);
  try {
    await suspend?.(async () => {
      next = (await options.editor?.(text, what)) ?? text;
    });
  } catch (error) {
    store?.send({ type: 'say', text: `no editor: ${reason(error)}`, tone: 'warn' });
    return;
  } finally {
    done?.();
  }
  const action = next.trim() === '' ? undefined : use(next);
  const same = next === text && (typeof action === 'string' || action?.do !== 'inject');
  if (action === undefined || same) store?.send({ type: 'say', text: 'nothing was changed', tone: 'warn' });
  else if (typeof action === 'string') store?.send({ type: 'say', text: action, tone: 'warn' });
  else options.dispatch?.(action);
}

async function configure(pc: PcId | undefined, options: TuiOptions, run: Run): Promise<void> {
  try {
    const text = (await options.configuration?.(pc)) ?? '{}';
    await rewrite(configuring(text, pc), options, run);
  } catch (error) {
    run.store?.send({ type: 'say', text: `the configuration cannot be read: ${reason(error)}`, tone: 'warn' });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function filterSaved(name: string, text: string, { saveFilter }: TuiOptions): Command {
  try {
    return { type: 'say', text: saveFilter?.(name, text) ?? '', tone: 'good' };
  } catch (error) {
    return { type: 'say', text: `not saved: ${reason(error)}`, tone: 'warn' };
  }
}

function saved(save: () => string): string {
  try {
    return save();
  } catch (error) {
    return `not saved: ${reason(error)}`;
  }
}
