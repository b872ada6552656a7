/** The end of candidates, written as something else than null or an empty candidate. */

/** The SDP line, or a word for nothing, in the place of a candidate. */
export function isOddEnd(text: string): boolean {
  return isEndLine(text) || /^(?:null|undefined)$/.test(text.trim());
}

/** `a=end-of-candidates`, `end-of-candidates`, `candidate:end-of-candidates` */
export function isEndLine(text: string): boolean {
  return /^(?:a=)?(?:candidate:)?end-of-candidates$/.test(text.trim());
}
