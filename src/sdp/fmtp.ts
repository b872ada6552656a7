/** Parameter lists of `a=fmtp` and `a=rid`: `key=value;key=value`, or bare tokens such as `0-15`. */
import type { FmtpParameter } from './sdp.ts';

/**
 * Splits at `;`. Keys of `key=value` are lower case (they are compared without case, RFC 6838 4.3), the value keeps
 * everything behind the first `=`; a bare token is a key with the value ''.
 */
export function parseParameters(text: string): FmtpParameter[] {
  const parameters: FmtpParameter[] = [];
  for (const part of text.split(';')) {
    const item = part.trim();
    if (item === '') continue;
    const equals = item.indexOf('=');
    parameters.push(
      equals < 0
        ? { key: item, value: '' }
        : { key: item.slice(0, equals).trimEnd().toLowerCase(), value: item.slice(equals + 1).trimStart() },
    );
  }
  return parameters;
}

/** The value of the first parameter of that (lower-case) name over all `a=fmtp` lines of a payload type. */
export function fmtpValue(
  lines: readonly { readonly parameters: readonly FmtpParameter[] }[],
  key: string,
): string | undefined {
  for (const line of lines) {
    for (const parameter of line.parameters) if (parameter.key === key) return parameter.value;
  }
  return undefined;
}
