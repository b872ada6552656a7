/** What Node tells of a response, in plain words. */
import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../protocols/protocol.ts';

/** Header names in lower case. */
export const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What came more than once is joined, as RFC 9110, section 5.3 allows. */
export const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

export const isStream = ({ statusCode = 0, headers }: IncomingMessage): boolean =>
  statusCode === 200 && /^text\/event-stream\b/i.test(headers['content-type'] ?? '');

/** The next request where the response leads elsewhere: 307 and 308 with the same method, 303 by GET (RFC 9110, 15.4). */
export function redirected(
  request: HttpRequest,
  { statusCode = 0, headers }: IncomingMessage,
  from: URL,
): { request: HttpRequest; url: URL } | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const url = URL.canParse(headers.location, from.href) ? new URL(headers.location, from) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  // Credentials are for the server they were given for.
  const kept = lowerCase(request.headers ?? {});
  if (url.origin !== from.origin) delete kept.authorization;
  if (statusCode !== 303) return { request: { ...request, headers: kept }, url };
  const { body: _body, ...rest } = { ...request, headers: kept };
  return { request: { ...rest, method: 'GET' }, url };
}
