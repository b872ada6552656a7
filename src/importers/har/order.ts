/** The order of what a HAR tells, across its connections. */
import { isObject } from '../../session/lines.ts';

/** What happened at a time (milliseconds since 1970); `order` is its number in the session it was written from. */
export interface Ordered {
  readonly t: number;
  readonly order: number | undefined;
}

/** As renego writes it; fields of a tool's own begin with an underscore (HAR 1.2). */
export function orderOf(part: unknown): number | undefined {
  const { _seq: seq } = isObject(part) ? part : {};
  return typeof seq === 'number' && Number.isFinite(seq) ? seq : undefined;
}

/** Times of HTTP are whole milliseconds, and others are equal now and then: where all tell their order, that counts. */
export function inOrder<T extends Ordered>(happenings: readonly T[]): readonly T[] {
  if (happenings.some(({ order }) => order === undefined)) return [...happenings].sort((a, b) => a.t - b.t);
  let latest = Number.NEGATIVE_INFINITY;
  return [...happenings]
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((one) => {
      latest = Math.max(latest, one.t);
      return { ...one, t: latest };
    });
}
