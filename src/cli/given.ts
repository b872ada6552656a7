/** The name of the first of these options that somebody has given; what is left at its default is undefined here. */
export function firstGiven(options: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(options).find((name) => options[name] !== undefined);
}
