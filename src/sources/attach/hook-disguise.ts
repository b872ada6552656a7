/**
 * Puts functions in the place of a page's native ones so that the page cannot tell: they are proxies of these, and show the
 * same text. Runs in the page, as text.
 */
import type { PageClass, PageFunction, PageObject, PageScope } from './hook-scope.ts';

export interface Disguise {
  /** Something to be called instead of `native`, or made by it, that looks like it. */
  likeness<T extends object>(native: T, handler: ProxyHandler<T>): T;
  /** In place of a method: `handle` must call `native` itself. Gives what now stands there. */
  method(owner: PageObject, name: string, handle: Handle): PageFunction | undefined;
  /** In place of what a property is set by. */
  setter(owner: PageObject, name: string, handle: Handle): void;
  /** What a getter reads that the page cannot have changed since; undefined where there is none. */
  reader(owner: PageObject, name: string): (self: object) => unknown;
  /** What the page gets for `promise`, which stays unhandled if nobody handles it; `settled` is told first. */
  heard(promise: unknown, settled: (ok: boolean, value: unknown) => void): unknown;
}

export type Handle = (native: PageFunction, self: unknown, args: unknown[]) => unknown;

export function disguiseFor(page: PageScope): Disguise {
  const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { then } = Promise.prototype;
  const natives = new WeakMap<object, object>();

  function likeness<T extends object>(native: T, handler: ProxyHandler<T>): T {
    const made = new Proxy(native, handler);
    apply(keep, natives, [made, native]);
    return made;
  }

  function stand(native: PageFunction, handle: Handle): PageFunction {
    return likeness(native, { apply: (_target, self: unknown, args: unknown[]) => handle(native, self, args) });
  }

  function method(owner: PageObject, name: string, handle: Handle): PageFunction | undefined {
    const found = getOwnPropertyDescriptor(owner, name);
    if (found?.configurable !== true || typeof found.value !== 'function') return undefined;
    const value = stand(found.value as PageFunction, handle);
    defineProperty(owner, name, { ...found, value });
    return value;
  }

  const functions = (page.Function as PageClass).prototype;
  method(functions, 'toString', (toText, self, args) => apply(toText, apply(lookUp, natives, [self]) ?? self, args));

  return {
    likeness,
    method,
    setter(owner, name, handle) {
      const found = getOwnPropertyDescriptor(owner, name);
      if (found?.configurable !== true || typeof found.set !== 'function') return;
      defineProperty(owner, name, { ...found, set: stand(found.set as PageFunction, handle) });
    },
    reader(owner, name) {
      const get = getOwnPropertyDescriptor(owner, name)?.get as PageFunction | undefined;
      return (self) => (get === undefined ? undefined : apply(get, self, []));
    },
    heard(promise, settled) {
      const fulfilled = (value: unknown) => {
        settled(true, value);
        return value;
      };
      const rejected = (error: unknown) => {
        settled(false, error);
        throw error;
      };
      try {
        return apply(then, promise as object, [fulfilled, rejected]);
      } catch {
        // The page has made its promises into something else.
        return promise;
      }
    },
  };
}
