/** One semantic difference between two descriptions. The JSON of `renego diff --json` is this, field for field. */

export type ChangeClass =
  | 'ice-restart'
  | 'new-pc'
  | 'transport-moved'
  | 'dtls'
  | 'section-added'
  | 'section-recycled'
  | 'section-rejected'
  | 'section-revived'
  | 'direction'
  | 'track'
  | 'codec-set'
  | 'codec-order'
  | 'codec-pt'
  | 'codec-param'
  | 'header-ext'
  | 'simulcast'
  | 'bundle'
  | 'mux'
  | 'bandwidth'
  | 'data'
  | 'candidates'
  | 'order'
  | 'format';

/** Plain JSON data: what stood there before or after. */
export type ChangeValue =
  | null
  | boolean
  | number
  | string
  | readonly ChangeValue[]
  | { readonly [key: string]: ChangeValue };

export interface Change {
  readonly class: ChangeClass;
  /** The section concerned; null for the session as a whole. */
  readonly mid: string | null;
  /** Where, as a path: `media[mid=0].ice`, `media[mid=1].codecs.VP8.fmtp`, `origin`. */
  readonly path: string;
  readonly before: ChangeValue;
  readonly after: ChangeValue;
  /** One plain sentence, without wire text that is not printable. */
  readonly sentence: string;
  readonly lines: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** `lines.before` count in the side's newer committed description (`DiffOptions.transport`), not in `before`. */
  readonly beforeIn?: 'committed';
  /** Consequences folded under this change (rules C.3, last paragraph; C.5). */
  readonly folded?: readonly Change[];
}
