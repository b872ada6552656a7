/** Very many numbers in a row: eight bytes each. */
export class Numbers {
  #all = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#all.length) {
      const all = new Float64Array(this.#length * 2);
      all.set(this.#all);
      this.#all = all;
    }
    this.#all[this.#length] = number;
    this.#length += 1;
  }

  at(place: number): number | undefined {
    return place >= 0 && place < this.#length ? this.#all[place] : undefined;
  }

  /** Where a number is among numbers that grow; undefined if it is not there. Logarithmic. */
  placeOf(number: number): number | undefined {
    let [low, high] = [0, this.#length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const there = this.#all[middle] as number;
      if (there === number) return middle;
      if (there < number) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
