/**
 * Puts functions in the place of a page's native ones so that the page cannot tell: they are proxies of these, show the same
 * text, and leave nothing in the stacks of errors. Runs in the page, as text.
 */
import type { PageClass, PageFunction, PageObject, PageScope } from './hook-scope.ts';

export interface Disguise {
  /** A class in the place of `native`: `made` is told what was made, or why not. */
  maker(native: PageClass, made: (ok: boolean, value: unknown, args: unknown[]) => void): PageClass;
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

/**
 * `source` is the name that the script has in stacks; `natives` what stands for what, shared by a page and its frames: each
 * can show the text of the other's functions.
 */
export function disguiseFor(page: PageScope, source: string, natives: WeakMap<object, object>): Disguise {
  const { apply, construct, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { then } = Promise.prototype;
  const { setPrototypeOf } = Object;
  const errors = page.Error as PageClass & { prepareStackTrace?: unknown };

  /** The error without the calls in between. What the page makes of stacks itself is left alone. */
  function bare(error: unknown): unknown {
    try {
      const { stack } = error as { stack?: unknown };
      if (typeof errors.prepareStackTrace === 'function' || typeof stack !== 'string') return error;
      const value = stack
        .split('\n')
        .filter((line) => !line.includes(source))
        .join('\n');
      const rest = getOwnPropertyDescriptor(error as object, 'stack') ?? { enumerable: false, configurable: true };
      if (value === stack) return error;
      if ('set' in rest) (error as { stack: string }).stack = value;
      else defineProperty(error as object, 'stack', { writable: true, ...rest, value });
    } catch {
      // It is none, or one that cannot be changed.
    }
    return error;
  }

  function likeness<T extends object>(native: T, handler: ProxyHandler<T>): T {
    const made = new Proxy(native, {
      ...handler,
      // It must not become its own ancestor.
      setPrototypeOf: (target, to) => !!setPrototypeOf(target, apply(lookUp, natives, [to]) === native ? native : to),
    });
    apply(keep, natives, [made, native]);
    return made;
  }

  function stand(native: PageFunction, handle: Handle): PageFunction {
    return likeness(native, {
      apply(_target, self: unknown, args: unknown[]) {
        try {
          return handle(native, self, args);
        } catch (error) {
          throw bare(error);
        }
      },
    });
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
    maker: (native, made) =>
      likeness(native, {
        construct(_target, args: unknown[], newTarget) {
          try {
            const value = construct(native, args, newTarget) as object;
            made(true, value, args);
            return value;
          } catch (error) {
            made(false, error, args);
            throw bare(error);
          }
        },
      }),
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
        throw bare(error);
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
