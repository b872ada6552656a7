/** The WebRTC stacks renego can drive. The first is the default. */
import type { Engine } from './engine.ts';
import { wrtc } from './wrtc.ts';

export const engines: readonly Engine[] = [wrtc];

/** The engine of that name; undefined if there is none. Without a name, the default. */
export function engineNamed(name?: string): Engine | undefined {
  return name === undefined ? engines[0] : engines.find((engine) => engine.name === name);
}
