/** What an HTTP exchange is judged by. Anything else, such as credentials, is not recorded. */
const TELLING = new Set([
  'content-type',
  'location',
  'etag',
  'if-match',
  'accept',
  'accept-patch',
  'accept-post',
  'link',
  'retry-after',
]);

/** The headers that tell; names in lower case. */
export function tellingHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => TELLING.has(name)));
}
