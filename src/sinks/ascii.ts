/** Text for `--ascii`: our own typography spelled out, everything else that is not ASCII as `?`. */

const SPELLED: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
};

export function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => SPELLED[character] ?? '?');
}

/** The same for lines that are laid out and coloured already. */
export function linesToAscii(text: string): string {
  return text.replace(/[^\x20-\x7e\n\u001b]+/gu, toAscii);
}
