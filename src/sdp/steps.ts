/** Work that can be done bit by bit, where somebody waits for the processor: a screen that has to draw in between. */

/** Yields after each bit; returns the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All of it at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
