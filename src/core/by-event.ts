/** What events carried, by their numbers: in a row and no table, because in long sessions there is very much of it. */
export class ByEvent<T extends { readonly seq: number }> {
  readonly #all: T[] = [];

  /** In the order of the events. */
  get all(): readonly T[] {
    return this.#all;
  }

  /** Behind what the event is known to have carried. Constant for the newest event; what is told late is put in between. */
  push(carried: T): void {
    if ((this.#all.at(-1)?.seq ?? 0) <= carried.seq) this.#all.push(carried);
    else this.#all.splice(this.#firstOf(carried.seq + 1), 0, carried);
  }

  /** All that the event carried. */
  delete(seq: number): void {
    const start = this.#firstOf(seq);
    this.#all.splice(start, this.#firstOf(seq + 1) - start);
  }

  /** Only those that are meant stay. Linear. */
  keep(isMeant: (carried: T) => boolean): void {
    let kept = 0;
    for (const one of this.#all) if (isMeant(one)) this.#all[kept++] = one;
    this.#all.length = kept;
  }

  /** What the event carried, in its order; undefined if nothing. Logarithmic; constant for the newest event. */
  get(seq: number): readonly T[] | undefined {
    const start = this.#firstOf(seq);
    let end = start;
    while (this.#all[end]?.seq === seq) end += 1;
    return end === start ? undefined : this.#all.slice(start, end);
  }

  has(seq: number): boolean {
    return this.#all[this.#firstOf(seq)]?.seq === seq;
  }

  /** The index of the first that the event, or one after it, carried. */
  #firstOf(seq: number): number {
    const all = this.#all;
    if ((all.at(-1)?.seq ?? 0) < seq) return all.length;
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] as T).seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
