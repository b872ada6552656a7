/** The scripts for the page put together as text. */
import { watchCalls } from './hook-calls.ts';
import { readConfigurations } from './hook-configuration.ts';
import { disguiseFor } from './hook-disguise.ts';
import { watchMedia } from './hook-media.ts';
import { watchPeers } from './hook-peers.ts';
import { readersOfPage } from './hook-readers.ts';
import type { PageFunction, PageObject, PageScope } from './hook-scope.ts';
import { watchSockets } from './hook-sockets.ts';

/** A report longer than this is not sent. */
export const LONGEST_REPORT = 1_000_000;

/**
 * `report` takes a text. Nothing is left in the page that it could list: what renego asks for later is answered to an event
 * of a name that nobody else has, at an object whose listeners nothing takes away.
 */
function body(name: string, sockets: boolean): string {
  // What shows in the stacks of errors says who it is, and nothing that would open the way to it.
  const source = `renego-${name.slice(1, 7)}`;
  return `
    const { stringify } = JSON;
    const say = (members) => {
      const text = stringify(members);
      if (text.length < ${LONGEST_REPORT}) report(text);
    };
    const readers = (${readersOfPage})(page, say);
    const natives = (${nativesOfParent})(page, ${JSON.stringify(name)}) ?? new WeakMap();
    const disguise = (${disguiseFor})(page, ${JSON.stringify(source)}, natives);
    const parts = { calls: ${watchCalls}, media: ${watchMedia}, configurations: ${readConfigurations} };
    const control = (${watchPeers})(page, readers, disguise, parts) ?? {};
    ${sockets ? `(${watchSockets})(page, readers, disguise);` : ''}
    const { addEventListener } = page.EventTarget.prototype;
    Reflect.apply(addEventListener, page.performance, [${JSON.stringify(name)}, ({ take }) => take(control, natives)]);
//# sourceURL=${source}
`;
}

/** What the script in the document around this one has, where that is of the same origin. Runs in the page, as text. */
function nativesOfParent(page: PageScope, name: string): WeakMap<object, object> | undefined {
  let found: WeakMap<object, object> | undefined;
  try {
    const take = (_control: unknown, natives: WeakMap<object, object>) => {
      found = natives;
    };
    const asking = Object.assign(new Event(name), { take });
    const { parent } = page as { parent?: PageObject };
    if (parent !== page)
      Reflect.apply(page.EventTarget?.prototype.dispatchEvent as PageFunction, parent?.performance, [asking]);
  } catch {
    // It is of another.
  }
  return found;
}

/** An expression for a page: the `Control` of the script there, undefined where it has not run. */
export function controlIn(name: string): string {
  return `(() => {
    let control;
    const take = (given) => { control = given; };
    performance.dispatchEvent(Object.assign(new Event(${JSON.stringify(name)}), { take }));
    return control;
  })()`;
}

/**
 * For the DevTools protocol: a binding called `name` is there already; it is taken away before the page can see it. Does
 * nothing where it has run before.
 */
export function scriptForDevTools(name: string): string {
  return `(() => {
    const page = globalThis;
    const { getOwnPropertyDescriptor, deleteProperty } = Reflect;
    const found = getOwnPropertyDescriptor(page, ${JSON.stringify(name)});
    if (found === undefined || typeof found.value !== 'function') return;
    deleteProperty(page, ${JSON.stringify(name)});
    if (${controlIn(name)} !== undefined) return;
    const report = found.value;${body(name, false)}
  })();`;
}

/** For WebDriver BiDi: a function that gets a channel. */
export function scriptForBidi(name: string): string {
  return `(report) => {
    const page = globalThis;
    if (${controlIn(name)} !== undefined) return;${body(name, true)}
  }`;
}
