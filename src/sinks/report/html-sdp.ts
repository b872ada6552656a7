/** A description in the HTML report: its lines, against those of what it follows where there is something. */
import type { Description } from '../../core/model.ts';
import { printable } from '../../core/text.ts';
import { diffLines, type LineEdit } from '../../sdp/line-diff.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute in quotes: no markup, no invisible characters. */
export function html(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export function descriptionHtml({ type, number, from, text, base }: Description): string {
  const title = `${html(type)} #${number} of ${html(from)}`;
  const lines = linesOf(text);
  if (base === undefined)
    return block(
      title,
      lines.map((line) => `<li>${html(line)}</li>`),
    );
  const before = base.media;
  const edits = diffLines(linesOf(before.text), lines);
  const against = `${title}, against ${html(before.type)} #${before.number} (<a href="#e${before.seq}">event ${before.seq}</a>)`;
  return block(against, edits.map(editHtml));
}

const linesOf = (text: string): string[] => text.trimEnd().split(/\r?\n/);

const block = (title: string, lines: readonly string[]): string =>
  `<figure><figcaption>${title}</figcaption><ol class="sdp">${lines.join('')}</ol></figure>`;

function editHtml({ op, text }: LineEdit): string {
  if (op === 'same') return `<li>${html(text)}</li>`;
  return op === 'added'
    ? `<li class="added"><ins>${html(text)}</ins></li>`
    : `<li class="removed"><del>${html(text)}</del></li>`;
}
