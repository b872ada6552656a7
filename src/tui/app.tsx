/** The screen as an ink program: keys become commands, and each new state a frame. ink itself draws nothing. */
import { type SuspendTerminal, useApp, useInput, usePaste } from 'ink';
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { frameOf } from './frame/frame.ts';
import type { Painter } from './frame/painter.ts';
import { commandFor } from './keymap.ts';
import { keyNames } from './keys.ts';
import type { Store } from './store.ts';

export interface AppProps {
  readonly store: Store;
  readonly painter: Painter;
  /** Gets what hands the terminal to another program and takes it back. */
  readonly onReady: (suspend: SuspendTerminal) => void;
}

export function App({ store, painter, onReady }: AppProps): null {
  const { suspendTerminal, exit } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  // What breaks here is outside of React's reach; it must end the screen like what breaks in drawing.
  const guarded = (act: () => void) => {
    try {
      act();
    } catch (error) {
      exit(error instanceof Error ? error : new Error(String(error)));
    }
  };
  useInput((input, key) => {
    guarded(() => press(store, keyNames(input, key)));
  });
  usePaste((text) => guarded(() => store.send({ type: 'paste', text })));
  const began = performance.now();
  const frame = frameOf(snapshot, store.setting);
  store.took(performance.now() - began);
  useLayoutEffect(() => painter.paint(frame));
  return null;
}

function press(store: Store, keys: readonly string[]): void {
  for (const key of keys) {
    const command = commandFor(key, store.snapshot().ui, store.setting);
    if (command !== undefined) store.send(command);
  }
}
