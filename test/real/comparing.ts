/** Recordings of one call, compared by meaning. */
import { expect } from 'vitest';
import type { Replaying } from './replaying.ts';

export interface Comparing {
  /** Records twice; whichever of the two is the golden one, the other is the same. */
  same(name: string, record: (path: string) => Promise<void>): Promise<void>;
}

export function comparing(on: Replaying): Comparing {
  // A recording is never overwritten, also not by a second try.
  let recorded = 0;

  async function green(base: string, again: string): Promise<void> {
    const one = on.running('check', '--golden', base, again);
    const code = await one.ended();
    expect(code, `${one.stdout()}${one.stderr()}`).toBe(0);
    expect(one.stdout()).toMatch(/: [1-9]\d* descriptions\.\n$/);
  }

  return {
    async same(name, record) {
      const [first, second] = [1, 2].map((n) => on.file(`${name}-${recorded + n}.ndjson`)) as [string, string];
      recorded += 2;
      await record(first);
      await record(second);
      await green(first, second);
      await green(second, first);
    },
  };
}
