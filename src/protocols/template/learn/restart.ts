/** How a recording restarts ICE: by another offer, by asking the other side for one, or not at all. */
import { senseOf } from '../../recogniser/senses.ts';
import { discriminatorOf } from './generalise.ts';
import type { Marked } from './names.ts';

export type Restart = 'offer' | { readonly asked: Marked } | undefined;

/** `messages`: of one client, in order. Undefined if ICE was not restarted. */
export function restartOf(messages: readonly Marked[]): Restart {
  const ufrags = new Map<boolean, string>();
  let asked: Marked | undefined;
  for (const one of messages) {
    const word = one.kind === undefined ? discriminatorOf(one.tree) : undefined;
    if (word !== undefined && senseOf(word) === 'ask') asked = one;
    const ufrag = /a=ice-ufrag:([^\s\\"]{1,256})/.exec(JSON.stringify(one.value) ?? '')?.[1];
    if ((one.kind !== 'offer' && one.kind !== 'answer') || ufrag === undefined) continue;
    const before = ufrags.get(one.out);
    if (one.kind === 'offer' && before !== undefined && before !== ufrag) {
      return asked !== undefined && asked.out !== one.out ? { asked } : 'offer';
    }
    ufrags.set(one.out, ufrag);
  }
  return undefined;
}
