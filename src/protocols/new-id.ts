/** Identifiers that a client makes itself. */
import type { ClientOptions } from './protocol.ts';

/** The maker handed in; where there is none, ids that count. */
export function idMaker({ newId }: ClientOptions): (length?: number) => string {
  let made = 0;
  return (
    newId ??
    ((length = 16) => {
      made += 1;
      return String(made).padStart(length, '0');
    })
  );
}
