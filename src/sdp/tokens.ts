/** The smallest pieces of SDP values: decimal numbers and blank-separated words. */

/** The value of a text of 1–15 ASCII digits (exact in a double), else undefined: no sign, blank, exponent or hex. */
export function decimal(text: string | undefined): number | undefined {
  if (text === undefined || text.length === 0 || text.length > 15) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** The words of a text: split at spaces and tabs, without empty ones. */
export function words(text: string): string[] {
  if (text === '') return [];
  const parts = text.split(' ');
  return parts.includes('') || text.includes('\t') ? text.split(/[ \t]/).filter((word) => word !== '') : parts;
}
