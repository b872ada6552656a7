import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/sources/gate.ts';

const fail = (thrown: unknown): void => {
  throw thrown;
};

describe('what happens while something is loaded', () => {
  it('passes at once where nothing is', () => {
    const done: string[] = [];
    const gate = createGate(fail);
    gate.pass(() => done.push('a'));
    gate.hold(undefined, () => done.push('b'));
    expect(done).toEqual(['a', 'b']);
  });

  it('waits, in its order, behind what the loading was for', async () => {
    const done: string[] = [];
    const gate = createGate(fail);
    let [first, second] = [() => {}, () => {}];
    const loading = new Promise<void>((resolve) => {
      first = resolve;
    });
    const again = new Promise<void>((resolve) => {
      second = resolve;
    });
    gate.hold(loading, () => done.push('loaded'));
    gate.pass(() => {
      done.push('1');
      gate.hold(again, () => done.push('loaded again'));
    });
    gate.pass(() => done.push('2'));
    expect(done).toEqual([]);
    first();
    await loading;
    expect(done).toEqual(['loaded', '1']);
    gate.pass(() => done.push('3'));
    second();
    await again;
    expect(done).toEqual(['loaded', '1', 'loaded again', '2', '3']);
    gate.pass(() => done.push('4'));
    expect(done.at(-1)).toBe('4');
  });

  it('is said to have failed', async () => {
    const failures: unknown[] = [];
    const gate = createGate((thrown) => failures.push(thrown));
    const broken = Promise.reject(new Error('no such package'));
    gate.hold(broken, () => failures.push('never'));
    await broken.catch(() => {});
    expect(failures).toMatchObject([{ message: 'no such package' }]);
  });
});
