/**
 * JSON documents of any size, piece by piece: only what is wanted is built. What stands before a cut or a damage is read
 * all the same, also of the value in which it is.
 */
import { Tokenizer, TokenType } from '@streamparser/json';
import type { Draft } from '../core/event.ts';
import { createPlace } from './json-stream/place.ts';

export type Path = readonly (string | number)[];

export interface JsonWants {
  /** What to do with a value before it is read: look at its members one by one, build it whole, or pass over it. */
  want(path: Path): 'enter' | 'take' | 'skip';
  /** A wanted value; of the one in which the document breaks off, what is there. */
  take(path: Path, value: unknown): void;
}

export interface JsonReading {
  write(text: string): void;
  /** What is wrong with the document, as an event; undefined if it is whole. */
  end(): Draft | undefined;
}

/** Bytes of one string. A longer one is as good as damage: V8 could not hold twice that anyway. */
export const LONGEST_STRING = 256 * 1024 * 1024;

/** An object or array that is open. */
interface Level {
  readonly path: (string | number)[];
  readonly array: boolean;
  /** What it becomes; undefined while its members are entered or passed over. */
  readonly value: Record<string, unknown> | unknown[] | undefined;
  readonly skipped: boolean;
  /** To be handed over when it is closed. */
  readonly wanted: boolean;
  awaits: 'first' | 'key' | 'colon' | 'value' | 'comma';
  key: string | number;
}

class Fault extends Error {
  readonly offset: number | undefined;
  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}

/** `longest` bounds a string, in bytes. Never throws but what `take` throws. */
export function createJsonReader({ want, take }: JsonWants, longest = LONGEST_STRING): JsonReading {
  const levels: Level[] = [];
  const place = createPlace();
  const tokenizer = new Tokenizer({ stringBufferSize: 64 * 1024 });
  let done = false;
  let lastToken = 0;
  let lastPlace = 'the beginning';
  let fault: { readonly what: string; readonly at: string } | undefined;

  function open(array: boolean, parent: Level | undefined): void {
    const path = parent === undefined ? [] : [...parent.path, parent.key];
    const inside = parent !== undefined && (parent.skipped || parent.value !== undefined);
    const wish = inside ? undefined : want(path);
    const skipped = parent?.skipped === true || wish === 'skip';
    const value = skipped || wish === 'enter' ? undefined : array ? [] : {};
    if (parent?.value !== undefined && value !== undefined) set(parent, value);
    levels.push({ path: inside ? [] : path, array, value, skipped, wanted: wish === 'take', awaits: 'first', key: 0 });
  }

  function close(array: boolean): void {
    const level = levels.at(-1);
    if (level?.array !== array || (level.awaits !== 'first' && level.awaits !== 'comma')) throw new Fault('bracket');
    levels.pop();
    if (level.wanted) take(level.path, level.value);
    const parent = levels.at(-1);
    if (parent !== undefined) after(parent);
    else done = true;
  }

  function scalar(value: unknown, parent: Level | undefined): void {
    if (parent === undefined) done = true;
    else if (parent.value !== undefined) set(parent, value);
    else if (!parent.skipped) {
      const path = [...parent.path, parent.key];
      if (want(path) === 'take') take(path, value);
    }
    if (parent !== undefined) after(parent);
  }

  function value(token: TokenType, content: unknown): void {
    const parent = levels.at(-1);
    const allowed = parent?.awaits === 'value' || (parent?.array === true && parent.awaits === 'first');
    if (parent === undefined ? done : !allowed) throw new Fault('value');
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET)
      open(token === TokenType.LEFT_BRACKET, parent);
    else scalar(content, parent);
  }

  function accept(token: TokenType, content: unknown): void {
    const top = levels.at(-1);
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) close(token === TokenType.RIGHT_BRACKET);
    else if (token === TokenType.COMMA) {
      if (top?.awaits !== 'comma') throw new Fault('comma');
      top.awaits = top.array ? 'value' : 'key';
    } else if (token === TokenType.COLON) {
      if (top?.awaits !== 'colon') throw new Fault('colon');
      top.awaits = 'value';
    } else if (top !== undefined && !top.array && (top.awaits === 'first' || top.awaits === 'key')) {
      if (token !== TokenType.STRING) throw new Fault('key');
      top.key = content as string;
      top.awaits = 'colon';
    } else value(token, content);
  }

  /** An error of `take` is not one of the document. */
  let thrown: { readonly error: unknown } | undefined;
  tokenizer.onToken = ({ token, value: content, offset }) => {
    if (fault !== undefined || thrown !== undefined) return;
    lastToken = offset;
    try {
      accept(token, content);
    } catch (error) {
      if (error instanceof Fault) fault = { what: 'damaged', at: place.at(offset) };
      else thrown = { error };
    }
  };
  tokenizer.onError = (error) => {
    fault ??= { what: 'damaged', at: place.at(Number(/position "(\d+)"/.exec(error.message)?.[1] ?? lastToken)) };
  };

  function write(text: string): void {
    if (fault !== undefined || text === '') return;
    const bytes = place.enter(text);
    if (done) {
      if (text.trim() !== '') fault = { what: 'damaged', at: place.at(place.offset()) };
    } else if (!tokenizer.isEnded) tokenizer.write(bytes);
    if (thrown !== undefined) throw thrown.error;
    if (lastToken >= place.offset()) lastPlace = place.at(lastToken);
    place.leave();
    if (fault === undefined && !done && place.offset() - lastToken > longest)
      fault = { what: 'endless', at: lastPlace };
  }

  return {
    write,
    end() {
      fault ??= done ? undefined : { what: 'cut', at: place.at(place.offset()) };
      if (fault === undefined) return undefined;
      const level = levels.find(({ wanted }) => wanted);
      if (level !== undefined) take(level.path, level.value);
      const code = fault.what === 'cut' ? 'INPUT_CUT' : 'INPUT_DAMAGED';
      return { from: '', to: '', kind: 'problem', code, detail: SENTENCES[fault.what]?.(fault.at) ?? '' };
    },
  };
}

const SENTENCES: Readonly<Record<string, (at: string) => string>> = {
  cut: (at) => `the file breaks off at ${at}; what stands before was read`,
  damaged: (at) => `the file is damaged at ${at}: it is not JSON there; what stands before was read`,
  endless: (at) =>
    `the text behind ${at} is longer than ${LONGEST_STRING / 1024 / 1024} MB; what stands before was read`,
};

function set(level: Level, value: unknown): void {
  if (Array.isArray(level.value)) level.value.push(value);
  // As JSON.parse does it: an own member, whatever it is called.
  else if (level.key === '__proto__')
    Object.defineProperty(level.value, level.key, { value, enumerable: true, configurable: true, writable: true });
  else if (level.value !== undefined) level.value[level.key as string] = value;
}

function after(level: Level): void {
  level.awaits = 'comma';
  if (level.array) level.key = (level.key as number) + 1;
}
