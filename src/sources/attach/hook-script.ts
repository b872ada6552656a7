/** The scripts for the page put together as text. */
import { watchPeers } from './hook-peers.ts';
import { readersOfPage } from './hook-readers.ts';
import { watchSockets } from './hook-sockets.ts';

/** A report longer than this is not sent. */
export const LONGEST_REPORT = 1_000_000;

/** `report` takes a text. What is left in the page is one property that nobody can list, overwrite or take away. */
function body(name: string, sockets: boolean): string {
  return `
    const { stringify } = JSON;
    const say = (members) => {
      const text = stringify(members);
      if (text.length < ${LONGEST_REPORT}) report(text);
    };
    const readers = (${readersOfPage})(page, say);
    const control = (${watchPeers})(page, readers);
    ${sockets ? `(${watchSockets})(page, readers);` : ''}
    defineProperty(page, ${JSON.stringify(name)}, { value: control, enumerable: false, writable: false, configurable: false });`;
}

/**
 * For the DevTools protocol: a binding called `name` is there already; it is taken away before the page can see it. Does
 * nothing where it has run before.
 */
export function scriptForDevTools(name: string): string {
  return `(() => {
    const page = globalThis;
    const { getOwnPropertyDescriptor, defineProperty } = Reflect;
    const found = getOwnPropertyDescriptor(page, ${JSON.stringify(name)});
    if (found === undefined || !found.configurable || typeof found.value !== 'function') return;
    const report = found.value;${body(name, false)}
  })();`;
}

/** For WebDriver BiDi: a function that gets a channel. */
export function scriptForBidi(name: string): string {
  return `(report) => {
    const page = globalThis;
    const { defineProperty } = Reflect;
    if (Object.prototype.hasOwnProperty.call(page, ${JSON.stringify(name)})) return;${body(name, true)}
  }`;
}
