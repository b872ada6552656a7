/** Maps and lists written in XML: LLSD (Second Life), Apple's property lists, XML-RPC. */
import type { XmlElement } from './xml.ts';

/** Deeper than any message. */
const MAX_DEPTH = 24;

/** The value a document of that kind holds; undefined if it is none. */
export function xmlValue(elements: readonly XmlElement[]): unknown {
  const root = elements.find(({ name }) => /^(?:llsd|plist|methodCall|methodResponse)$/.test(name));
  if (root === undefined) return undefined;
  if (!root.name.startsWith('method')) return root.children[0] && read(root.children[0], 0);
  const method = root.children.find(({ name }) => name === 'methodName')?.text.trim();
  const params = root.children.find(({ name }) => name === 'params')?.children ?? [];
  return { ...(method !== undefined && { method }), params: params.map((one) => read(one, 0)) };
}

function read({ name, text, children }: XmlElement, depth: number): unknown {
  if (depth > MAX_DEPTH) return undefined;
  const inner = (one: XmlElement): unknown => read(one, depth + 1);
  switch (name) {
    case 'map':
    case 'dict':
      return Object.fromEntries(
        children.flatMap((key, i) => {
          const value = children[i + 1];
          return key.name === 'key' && value !== undefined ? [[key.text.trim(), inner(value)]] : [];
        }),
      );
    case 'struct':
      return Object.fromEntries(
        children.map((member) => [
          member.children.find((one) => one.name === 'name')?.text.trim() ?? '',
          inner(member.children.find((one) => one.name === 'value') ?? member),
        ]),
      );
    case 'array':
    case 'data':
      return children.length === 0 ? [] : children.flatMap((one) => (one.name === 'data' ? inner(one) : [inner(one)]));
    case 'param':
    case 'value':
      return children[0] === undefined ? text : inner(children[0]);
    case 'boolean':
      return /^\s*(?:1|true)\s*$/.test(text);
    case 'true':
    case 'false':
      return name === 'true';
    case 'integer':
    case 'int':
    case 'i4':
    case 'real':
    case 'double':
      return Number(text);
    case 'undef':
    case 'nil':
      return null;
    default:
      return text;
  }
}
