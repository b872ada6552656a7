/**
 * A page that came straight from the server and asks through the proxy: for the server it asks its own origin, for the
 * browser another one. The server is told the truth and asked nothing new; the proxy lets the page read what it could
 * read without it, and answers the browser's question (the preflight) that the server would never have been asked.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

type Pair = readonly [name: string, value: string];

export const readableBy = (origin: string): readonly Pair[] => [
  ['Access-Control-Allow-Origin', origin],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Vary', 'Origin'],
];

/** What scripts of the same origin may read of an answer: all of it. */
export function opened(raw: readonly string[], origin: string): string[] {
  const names = raw.filter((_, i) => i % 2 === 0 && !OWN.test(raw[i] ?? ''));
  const kept = raw.filter((_, i) => !OWN.test(raw[i - (i % 2)] ?? ''));
  const exposed: Pair = [
    'Access-Control-Expose-Headers',
    [...new Set(names.map((name) => name.toLowerCase()))].join(', '),
  ];
  return [...kept, ...[...readableBy(origin), exposed].flat()];
}

const OWN = /^access-control-/i;

/** Whether a browser asks what a page may ask. */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

export function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  const asked = (name: string) => String(headers[`access-control-request-${name}`] ?? '');
  response.writeHead(204, {
    ...Object.fromEntries(readableBy(String(headers.origin))),
    'Access-Control-Allow-Methods': asked('method'),
    ...(asked('headers') !== '' && { 'Access-Control-Allow-Headers': asked('headers') }),
    ...(asked('private-network') !== '' && { 'Access-Control-Allow-Private-Network': 'true' }),
  });
  response.end();
}
