/** Says where a value is not of a shape: every field that must be there, and none that nobody knows. */

/** Lines of what is wrong; none if the value is of the shape. */
export type Shape = (value: unknown, at: string) => readonly string[];

const wrong = (value: unknown, at: string, wanted: string): readonly string[] => [
  `${at}: ${JSON.stringify(value)?.slice(0, 80)} is no ${wanted}`,
];

const is =
  (holds: (value: unknown) => boolean, wanted: string): Shape =>
  (value, at) =>
    holds(value) ? [] : wrong(value, at, wanted);

export const text = is((value) => typeof value === 'string', 'text');
export const sentence = is((value) => typeof value === 'string' && /\S.*[.!?)…"]$/s.test(value), 'sentence');
export const number = is((value) => typeof value === 'number' && Number.isFinite(value), 'number');
export const count = is((value) => Number.isInteger(value) && Number(value) >= 0, 'count');
export const flag = is((value) => typeof value === 'boolean', 'flag');
export const anything: Shape = (value, at) => (value === undefined ? wrong(value, at, 'value') : []);

export const oneOf = (...words: readonly unknown[]): Shape => is((value) => words.includes(value), words.join('|'));

export const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? [] : shape(value, at);

export const list =
  (shape: Shape): Shape =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((one, index) => shape(one, `${at}[${index}]`)) : wrong(value, at, 'list');

/** `may` are fields that need not be there. */
export function object(must: Readonly<Record<string, Shape>>, may: Readonly<Record<string, Shape>> = {}): Shape {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(value, at, 'object');
    const fields = value as Readonly<Record<string, unknown>>;
    return [
      ...Object.entries(must).flatMap(([key, shape]) => shape(fields[key], `${at}.${key}`)),
      ...Object.entries(may).flatMap(([key, shape]) => (key in fields ? shape(fields[key], `${at}.${key}`) : [])),
      ...Object.keys(fields).flatMap((key) => (key in must || key in may ? [] : [`${at}.${key}: nobody knows this`])),
    ];
  };
}
