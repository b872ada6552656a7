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
