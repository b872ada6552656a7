/** A learned template as YAML, with what was assumed in comments. */
import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import type { Learned } from './learn.ts';
import { sentenceOf } from './reread.ts';

/** `about`: the recording; `join`: how to use what is written. */
export function toYaml({ template, notes, reread }: Learned, about: string, usage: string): string {
  const document = new Document(template);
  document.commentBefore = ` Learned from ${about}. What was assumed is said where it stands.\n ${sentenceOf(reread).text}\n ${usage}`;
  visit(document, {
    Scalar(key, node) {
      if (
        key !== 'key' &&
        typeof node.value === 'string' &&
        /[{}:#\n]|^\W|^(?:true|false|null|~|yes|no|on|off)$/i.test(node.value)
      ) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  flow(document.contents, 0);
  for (const [key, texts] of Object.entries(notes)) comment(document, key, texts);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Messages stand on one line each. */
function flow(node: unknown, depth: number): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const isMessage =
        depth === 1 || (depth === 2 && isScalar(key) && /^(?:send|recv|expect|ack|on)$/.test(String(key.value)));
      if (isMessage && !isSplit(value) && (isMap(value) || isSeq(value))) value.flow = true;
      else flow(value, depth + 1);
    }
  }
  if (isSeq(node)) for (const item of node.items) flow(item, depth + 1);
}

const isSplit = (node: unknown): boolean => isMap(node) && (node.has('send') || node.has('recv'));

function comment(document: Document, key: string, texts: readonly string[]): void {
  const inMessages = document.getIn(['messages', key]) !== undefined;
  const map = inMessages ? document.get('messages', true) : document.contents;
  if (!isMap(map)) return;
  const pair = map.items.find((one) => isScalar(one.key) && one.key.value === key);
  const at = (pair?.key ?? map) as Node;
  at.commentBefore = texts.map((text) => ` ${text}`).join('\n');
}
