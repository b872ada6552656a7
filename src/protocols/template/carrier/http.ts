/**
 * HTTP: a message that is sent is a request, `{method, path, headers, body}`; what is received is a response,
 * `{status, headers, body}`. Polling is a keepalive. A body that is an object goes as JSON.
 */
import { isObject, parseJson } from '../../json.ts';
import { textOf } from '../bytes.ts';
import type { Carrier, HttpPayload } from './carrier.ts';

function write(value: unknown): HttpPayload {
  const { method = 'POST', path = '', headers, body } = isObject(value) ? value : { body: value };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const given = isObject(headers)
    ? Object.entries(headers).map(([name, one]) => [name.toLowerCase(), String(one)])
    : [];
  const typed = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
  const all = { ...typed, ...Object.fromEntries(given) };
  return {
    method: String(method),
    path: String(path),
    ...(Object.keys(all).length > 0 && { headers: all }),
    ...(text !== undefined && { body: text }),
  };
}

export const http: Carrier = {
  name: 'http',
  over: 'http',
  session: () => ({
    opened: () => ({ send: [], ready: true }),
    read(payload, frame) {
      const text = typeof payload === 'string' ? payload : (textOf(payload) ?? '');
      const body = parseJson(text) ?? text;
      const head = frame.http;
      if (head === undefined) return [{ is: 'message', value: { body } }];
      if ('status' in head) return [{ is: 'message', value: { status: head.status, headers: head.headers, body } }];
      return [{ is: 'message', value: { method: head.method, path: head.url, headers: head.headers, body } }];
    },
    write: (value) => [write(value)],
  }),
};
