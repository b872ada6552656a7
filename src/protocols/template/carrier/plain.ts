/** Carriers that add nothing: one message a frame. */
import { decode, encode } from '@msgpack/msgpack';
import { isObject, parseJson } from '../../json.ts';
import { textOf, utf8 } from '../bytes.ts';
import type { Carried, Carrier } from './carrier.ts';

const nothing = { send: [], ready: true } as const;
const unread = (label: string): readonly Carried[] => [{ is: 'control', label }];
const message = (value: unknown): readonly Carried[] => [{ is: 'message', value }];

/** Home Assistant sends several messages as one list. */
const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** One JSON value a frame; binary frames with JSON in them are read too. A list of objects is several messages. */
export const json: Carrier = {
  name: 'json',
  over: 'websocket',
  session: () => ({
    opened: () => nothing,
    read(payload) {
      const text = typeof payload === 'string' ? payload : textOf(payload);
      if (text === undefined) return unread('binary frame');
      const value = parseJson(text);
      if (value === undefined) return unread(text.trim() === '' ? 'an empty frame' : 'not JSON');
      return isList(value) ? value.flatMap(message) : message(value);
    },
    write: (value) => [JSON.stringify(value)],
  }),
};

/** The text as it is. */
export const text: Carrier = {
  name: 'text',
  over: 'websocket',
  session: () => ({
    opened: () => nothing,
    read: (payload) => (typeof payload === 'string' ? message(payload) : unread('binary frame')),
    write: (value) => [typeof value === 'string' ? value : JSON.stringify(value)],
  }),
};

/** One MessagePack value a binary frame. */
export const msgpack: Carrier = {
  name: 'msgpack',
  over: 'websocket',
  session: () => ({
    opened: () => nothing,
    read(payload) {
      try {
        return message(decode(typeof payload === 'string' ? utf8(payload) : payload));
      } catch {
        return unread('not MessagePack');
      }
    },
    write: (value) => [encode(value, { ignoreUndefined: true })],
  }),
};
