import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/core/model.ts';
import { emptyModel } from '../../src/core/reduce.ts';
import { openSession } from '../../src/core/session.ts';
import { createVigil } from '../../src/rules/vigil.ts';

function sessions(count: number): Session[] {
  const model = emptyModel();
  return Array.from({ length: count }, (_, n) => openSession(model, `call-${n}`));
}

/** How often these are asked at ticks of a second for so many seconds. */
function asked(all: readonly Session[], seconds: number): number {
  const vigil = createVigil();
  for (const one of all) vigil.touch(one, 0);
  let count = 0;
  for (let second = 1; second <= seconds; second += 1) count += vigil.due(second * 1000).length;
  return count;
}

describe('sessions that wait', () => {
  it('are asked each second where they are few, and all of them once the last rule has lost its patience', () => {
    expect(asked(sessions(1), 60)).toBe(60);
    const vigil = createVigil();
    const [one] = sessions(1) as [Session];
    vigil.touch(one, 0);
    expect(vigil.due(500_000)).toEqual([one]);
    expect(vigil.size).toBe(0);
    expect(vigil.due(600_000)).toEqual([]);
  });

  it('cost nothing after some minutes, however many never end', () => {
    expect(asked(sessions(2000), 10_000)).toBe(asked(sessions(2000), 200));
    expect(asked(sessions(2000), 10_000)).toBeLessThan(2000 * 20);
  });

  it('are not asked any more when they have been closed', () => {
    const vigil = createVigil();
    const [one] = sessions(1) as [Session];
    vigil.touch(one, 0);
    one.closedBy = 3;
    vigil.touch(one, 1);
    expect(vigil.size).toBe(0);
  });
});
