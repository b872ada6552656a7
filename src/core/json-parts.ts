/** JSON in parts, for what is too large to be one text. */

/** `head`, and the values behind it as the members of an array, which whoever goes on closes. */
export function* listParts<T>(head: string, values: Iterable<T>, json: (value: T) => unknown): Generator<string, void> {
  yield head;
  let first = true;
  for (const value of values) {
    yield `${first ? '' : ','}${JSON.stringify(json(value))}`;
    first = false;
  }
}
