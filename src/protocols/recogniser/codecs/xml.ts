/** Elements of XML as XMPP sends them: names, attributes, text. Reads what is there, forgives what is wrong. */

export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, entities resolved. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Open[];
  text: string;
}

const [MAX_DEPTH, MAX_ELEMENTS] = [40, 10_000];
/** A tag, a comment, CDATA, a declaration, or text. Every part ends where the next `<` or `>` is: linear. */
const PART =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([\w:.-]{1,80})((?:"[^"]*"|'[^']*'|[^"'>])*)>|([^<]+)|</g;
const ATTRIBUTE = /([\w:.-]{1,80})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The outermost elements; undefined if the text is no XML. */
export function readXml(text: string): readonly XmlElement[] | undefined {
  if (!/^\ufeff?\s*<[A-Za-z?!]/.test(text)) return undefined;
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  let left = MAX_ELEMENTS;
  for (const [whole, cdata, closing, name, attributes = '', plain] of text.matchAll(PART)) {
    const top = stack.at(-1) ?? root;
    if (cdata !== undefined) top.text += cdata;
    else if (plain !== undefined) top.text += resolved(plain);
    else if (whole === '<') return undefined;
    else if (name !== undefined && closing === '/') close(stack, local(name));
    else if (name !== undefined) {
      left -= 1;
      if (left < 0 || stack.length > MAX_DEPTH) return root.children;
      const element: Open = { name: local(name), attributes: readAttributes(attributes), children: [], text: '' };
      top.children.push(element);
      if (!attributes.endsWith('/')) stack.push(element);
    }
  }
  return root.children.length > 0 ? root.children : undefined;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Closes the innermost element of that name and what is open inside it. */
function close(stack: Open[], name: string): void {
  const at = stack.findLastIndex((element) => element.name === name);
  if (at > 0) stack.length = at;
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const entries = [...text.matchAll(ATTRIBUTE)].map(([, name = '', a, b]) => [local(name), resolved(a ?? b ?? '')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** All elements of that name at any depth, outermost first. */
export function* elementsNamed(elements: readonly XmlElement[], name: string): Generator<XmlElement> {
  for (const element of elements) {
    if (element.name === name) yield element;
    yield* elementsNamed(element.children, name);
  }
}
