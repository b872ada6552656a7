/** Texts that hold several messages or one with a head: multipart, Server-Sent Events, STOMP, NATS, length prefixes, forms. */
import { promisingBase64 } from './base64.ts';
import { readHeaders } from './sip.ts';

/** One message inside a text: what is said about it, and the message. */
export interface Part {
  readonly label: string;
  readonly key?: string;
  readonly text: string;
}

const MOST = 500;

/** The bodies of multipart/* (RFC 2046 5.1); the name of a form's field is the key. */
export function multipartParts(text: string): readonly Part[] | undefined {
  const boundary = /^\s*(--[^\r\n]{1,100})\r?\n/.exec(text.slice(0, 200))?.[1];
  if (boundary === undefined || !text.includes(`${boundary}--`)) return undefined;
  return text
    .split(boundary, MOST)
    .slice(1, -1)
    .flatMap((part): Part[] => {
      const end = /\r?\n\r?\n/.exec(part);
      if (end === null) return [];
      const headers = readHeaders(part.slice(0, end.index).trimStart());
      const name = /\bname="([^"]{1,80})"/.exec(headers['content-disposition'] ?? '')?.[1];
      const body = part.slice(end.index + end[0].length).replace(/\r?\n$/, '');
      return [{ label: headers['content-type'] ?? '', text: body, ...(name !== undefined && { key: name }) }];
    });
}

/** The `data` of Server-Sent Events (HTML, 9.2), each labelled with its event's name. */
export function sseParts(text: string): readonly Part[] | undefined {
  if (!/^\s*(?:event|data|id|retry)?:/.test(text) || !/^data:/m.test(text)) return undefined;
  return text.split(/\r?\n\r?\n/, MOST).flatMap((block): Part[] => {
    const lines = block.split(/\r?\n/);
    const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).replace(/^ /, ''));
    const event = lines
      .find((line) => line.startsWith('event:'))
      ?.slice(6)
      .trim();
    return data.length === 0 ? [] : [{ label: event ?? '', text: data.join('\n') }];
  });
}

/** A STOMP frame (1.2): command and headers, an empty line, the body up to NUL. */
export function stompPart(text: string): Part | undefined {
  const [head, command, headers = ''] =
    /^\s*(SEND|MESSAGE|SUBSCRIBE|UNSUBSCRIBE|CONNECT|CONNECTED|STOMP|ERROR|RECEIPT|DISCONNECT|ACK|NACK)\r?\n((?:[^\r\n]+\r?\n){0,50})\r?\n/.exec(
      text.slice(0, 8192),
    ) ?? [];
  if (head === undefined) return undefined;
  const destination = /^destination:(\S{1,200})/m.exec(headers)?.[1];
  const end = text.indexOf('\0');
  return { label: `${command} ${destination ?? ''}`.trim(), text: text.slice(head.length, end < 0 ? undefined : end) };
}

/** Messages of NATS, `PUB <subject> [reply] <bytes>` and `MSG <subject> <sid> [reply] <bytes>`, labelled with their subject. */
export function natsParts(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let rest = text;
  while (parts.length < MOST) {
    const [head, subject = '', length] = NATS.exec(rest.slice(0, 1024)) ?? [];
    if (head === undefined) break;
    // The length counts bytes; what is not ASCII is shorter as a text.
    const body = rest.slice(head.length);
    const end = body.length >= Number(length) ? body.indexOf('\r\n', Number(length)) : body.lastIndexOf('\r\n');
    if (end < 0) break;
    parts.push({ label: subject, text: body.slice(0, end) });
    rest = body.slice(end + 2);
  }
  return parts.length === 0 ? undefined : parts;
}
const NATS = /^(?:PUB|MSG) (\S{1,200})(?: \S{1,200}){0,2} (\d{1,8})\r\n/;

/** `<length>:<text>…` (Engine.IO 3 polling) or `<length>\n<text>…` (WebChannel), to the end of the text. */
export function lengthPrefixed(text: string): readonly Part[] | undefined {
  if (!/^\d{1,8}[:\n]/.test(text)) return undefined;
  const parts: Part[] = [];
  for (let at = 0; at < text.length && parts.length < MOST; ) {
    const [prefix, length] = /^(\d{1,8})[:\n]/.exec(text.slice(at, at + 10)) ?? [];
    if (prefix === undefined) return undefined;
    const start = at + prefix.length;
    at = start + Number(length);
    if (at > text.length) return undefined;
    parts.push({ label: '', text: text.slice(start, at) });
  }
  return parts;
}

const FORM = /^[\w.~\-+%[\]]{1,200}=[^&\s]*(?:&[\w.~\-+%[\]]{1,200}=[^&\s]*)*$/;

/** The fields of a form (application/x-www-form-urlencoded), or one text that is URL-encoded. */
export function formParts(text: string): readonly Part[] | undefined {
  const encoded = /%(?:7B|22|5B|0D|0A|3D|20)/i.test(text);
  if (FORM.test(text)) {
    const fields = [...new URLSearchParams(text)].slice(0, MOST);
    return fields.map(([key, value]) => ({ label: '', key, text: value }));
  }
  if (!encoded || /[\s{}<>]/.test(text)) return undefined;
  try {
    return [{ label: '', text: decodeURIComponent(text) }];
  } catch {
    return undefined;
  }
}

/** A message of more fields is a table. */
const MOST_FIELDS = 12;

/** Base64 in fields between bars, semicolons, commas or tabs, behind the name of the message: `offer|bob|dj0wDQ…`. */
export function fieldParts(text: string): readonly Part[] | undefined {
  const [label = '', mark] = /^([A-Za-z][\w.:-]{0,39})([|;,\t])/.exec(text)?.slice(1) ?? [];
  if (mark === undefined) return undefined;
  const fields = text
    .split(mark, MOST_FIELDS)
    .slice(1)
    .filter((field) => promisingBase64(field) !== undefined);
  return fields.length === 0 ? undefined : fields.map((field) => ({ label, text: field }));
}
