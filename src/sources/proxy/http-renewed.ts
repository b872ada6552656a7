/** Headers of a message whose body is not the one that came. */
import { without } from './headers.ts';

/** What speaks of the bytes that came. */
const OF_THE_BODY = new Set([
  ...['content-length', 'transfer-encoding', 'content-encoding', 'trailer'],
  ...['content-md5', 'digest', 'content-digest', 'repr-digest'],
]);
/** What tells one state of a resource from another. */
export const VALIDATORS = new Set(['etag', 'last-modified']);

/** The headers that go with it, and the body. */
export type Renewed = readonly [headers: readonly string[], body: Buffer];

export function renewed(headers: readonly string[], body: Buffer): Renewed {
  return [[...without(headers, OF_THE_BODY), 'Content-Length', String(body.length)], body];
}
