/** Packings that are text: each looks whether it is one, and opens it. */
import { promisingBase64 } from './codecs/base64.ts';
import {
  fieldParts,
  formParts,
  lengthPrefixed,
  multipartParts,
  natsParts,
  type Part,
  sseParts,
  stompPart,
} from './codecs/parts.ts';
import { readSip } from './codecs/sip.ts';
import { readXml } from './codecs/xml.ts';
import type { Place } from './found.ts';
import { visitXml } from './jingle.ts';
import { inside, type Peeler } from './peeler.ts';
import { visitSip } from './sip.ts';

/** True if the text was of this packing. */
type Unpack = (peeler: Peeler, text: string, place: Place) => boolean;

/** The first that fits counts. */
const PACKINGS: readonly Unpack[] = [
  // Engine.IO 4 polling and SignalR end records with 0x1e.
  split('records', (text) => (text.includes('\x1e') ? text.split('\x1e', 500).map(unlabelled) : undefined)),
  unpack(readSip, visitSip),
  unpack(readXml, visitXml),
  split('stomp', (text) => {
    const part = stompPart(text);
    return part && [part];
  }),
  split('nats', natsParts),
  split('multipart', multipartParts),
  split('sse', sseParts),
  split('length-prefixed', lengthPrefixed),
  unpack(promisingBase64, visitBase64),
  unpack(engineIoBytes, visitBase64),
  split('form', formParts),
  split('fields', fieldParts),
];

/** Opens a text that is packed; false if it is not. */
export function visitPacked(peeler: Peeler, text: string, place: Place): boolean {
  return PACKINGS.some((open) => open(peeler, text, place));
}

function unpack<T>(
  read: (text: string) => T | undefined,
  visit: (peeler: Peeler, value: T, place: Place) => void,
): Unpack {
  return (peeler, text, place) => {
    const value = read(text);
    if (value === undefined) return false;
    visit(peeler, value, place);
    return true;
  };
}

const unlabelled = (text: string): Part => ({ label: '', text });

function split(carrier: string, read: (text: string) => readonly Part[] | undefined): Unpack {
  return unpack(read, (peeler, parts, place) => visitParts(peeler, carrier, parts, place));
}

function visitParts(peeler: Peeler, carrier: string, parts: readonly Part[], place: Place): void {
  peeler.carriers.add(carrier);
  for (const { label, key, text } of parts) {
    const at = inside(place, { carrier, ...(label !== '' && { label }), ...(key !== undefined && { key }) });
    if (label !== '') peeler.hear(label, at);
    peeler.visit(text, at);
  }
}

function visitBase64(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  const before = peeler.finds.length;
  peeler.visit(bytes, inside(place, { carrier: 'base64', key: place.key }));
  if (peeler.finds.length > before) peeler.carriers.add('base64');
}

/** Bytes in Engine.IO's polling: `b` and base64. */
function engineIoBytes(text: string): Uint8Array | undefined {
  return text.startsWith('b') ? promisingBase64(text.slice(1)) : undefined;
}
