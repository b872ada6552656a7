/**
 * STOMP 1.2. A message is an object: `command` (SEND if it has none), `body` (JSON where it is some), and the headers under
 * their own names.
 */
import { isObject, parseJson } from '../../json.ts';
import { textOf } from '../bytes.ts';
import type { Carried, Carrier, CarrierOptions } from './carrier.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\c': ':', '\\\\': '\\' };
const unescaped = (text: string): string => text.replace(/\\[nrc\\]/g, (one) => ESCAPES[one] ?? one);
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll(':', '\\c');

/** `CONNECT`, which knows no escapes. */
function connectFrame({ auth }: CarrierOptions): string {
  const headers = { 'accept-version': '1.2', host: '/', 'heart-beat': '0,0', ...(isObject(auth) && auth) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${String(value)}`);
  return `CONNECT\n${lines.join('\n')}\n\n\0`;
}

function write(value: unknown): string {
  const { command = 'SEND', body, ...headers } = isObject(value) ? value : { body: value };
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const typed =
    typeof body === 'object' && body !== null ? { 'content-type': 'application/json', ...headers } : headers;
  const lines = Object.entries(typed).map(([name, one]) => `${escaped(name)}:${escaped(String(one))}\n`);
  return `${String(command)}\n${lines.join('')}\n${text}\0`;
}

/** Undefined for what is no frame. */
function readFrame(text: string): Record<string, unknown> | undefined {
  const [, command, head = '', body = ''] =
    /^\s*([A-Z]+)\r?\n((?:[^\n]*[^\r\n]\r?\n)*)\r?\n([\s\S]*)$/.exec(text) ?? [];
  if (command === undefined) return undefined;
  const headers = head.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[unescaped(line.slice(0, colon)), unescaped(line.slice(colon + 1))] as const];
  });
  const plain = body.replace(/\0\s*$/, '');
  // The first of a repeated header counts.
  return { ...Object.fromEntries(headers.reverse()), command, body: parseJson(plain) ?? plain };
}

function read(value: Record<string, unknown>): Carried {
  switch (value.command) {
    case 'CONNECTED':
      return { is: 'ready', label: 'STOMP connected' };
    case 'CONNECT':
    case 'STOMP':
    case 'RECEIPT':
      return { is: 'control', label: `STOMP ${value.command.toLowerCase()}` };
    case 'ERROR':
      return { is: 'refused', why: String(value.message ?? (value.body || 'the server says ERROR')) };
    default:
      return { is: 'message', value };
  }
}

export const stomp: Carrier = {
  name: 'stomp',
  over: 'websocket',
  subprotocols: ['v12.stomp', 'v11.stomp', 'v10.stomp'],
  session: (options) => ({
    opened: () => ({ send: [connectFrame(options)], ready: false }),
    read(payload) {
      const text = typeof payload === 'string' ? payload : (textOf(payload) ?? '');
      if (text.trim() === '') return [{ is: 'control', label: 'STOMP heartbeat' }];
      const value = readFrame(text);
      return [value ? read(value) : { is: 'control', label: 'no STOMP frame' }];
    },
    write: (value) => [write(value)],
    closing: () => [write({ command: 'DISCONNECT' })],
  }),
};
