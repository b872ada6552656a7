/** Binary payloads: text after all, compressed, MessagePack, CBOR, protocol buffers; at last, what can be read in between. */
import { take } from './budget.ts';
import { readCbor } from './codecs/cbor.ts';
import { inflate, isGzip, isZlib } from './codecs/inflate.ts';
import { readMqtt } from './codecs/mqtt.ts';
import { readMsgpack } from './codecs/msgpack.ts';
import { readProtobuf, varint } from './codecs/protobuf.ts';
import { readableText } from './codecs/utf8.ts';
import { isObject, type Place } from './found.ts';
import { inside, type Peeler } from './peeler.ts';

export function visitBytes(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  if (bytes.length === 0 || (place.depth === 0 && mqtt(peeler, bytes, place))) return;
  const text = readableText(bytes);
  const ways = [
    () => asText(peeler, text, place),
    () => compressed(peeler, bytes, place),
    () => packed(peeler, bytes, place),
    () => fields(peeler, bytes, place),
    () => readableRuns(peeler, bytes, place),
  ];
  // The lengths of a protocol buffer can pass for control characters in a text.
  const order =
    text !== undefined && !hasControls(text) ? ways : [...ways.slice(1, 4), ...ways.slice(0, 1), ...ways.slice(4)];
  const before = peeler.finds.length;
  for (const way of order) {
    way();
    if (peeler.finds.length > before) return;
  }
}

const hasControls = (text: string): boolean => /[\0-\x08\x0b\x0c\x0e-\x1d\x1f]/.test(text);

/** Packets of a broker, named by their topic; false if there are none. */
function mqtt(peeler: Peeler, bytes: Uint8Array, place: Place): boolean {
  const packets = readMqtt(bytes);
  if (packets === undefined) return false;
  peeler.carriers.add('mqtt');
  for (const { topic, payload } of packets) {
    if (topic === undefined || payload === undefined) continue;
    const at = inside(place, { carrier: 'mqtt', label: topic });
    peeler.visit(payload, at);
    peeler.hear(topic, at);
  }
  // Whoever leaves the broker may be in a call all the same: no goodbye.
  peeler.name ??= packets[0]?.name;
  return true;
}

function asText(peeler: Peeler, text: string | undefined, place: Place): void {
  if (text !== undefined) peeler.visit(text, place);
}

function compressed(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  const carrier = isGzip(bytes) ? 'gzip' : isZlib(bytes) ? 'zlib' : undefined;
  if (carrier === undefined) return;
  const plain = inflate(bytes, peeler.budget.inflated);
  if (plain === undefined || !take(peeler.budget, 'inflated', plain.length)) return;
  peeler.carriers.add(carrier);
  peeler.visit(plain, inside(place, { carrier }));
}

/** MessagePack and CBOR, also behind their length (SignalR). */
function packed(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  for (const part of [bytes, withoutLength(bytes)]) {
    const packed = part && readMsgpack(part);
    const value = packed ?? (part && readCbor(part));
    if (value === undefined) continue;
    const carrier = packed === undefined ? 'cbor' : 'msgpack';
    peeler.carriers.add(carrier);
    peeler.visit(value, inside(place, { carrier }));
    return;
  }
}

/** Protocol buffers: as they are, behind a type byte, behind gRPC-Web's flag and length, behind their length (libp2p). */
function fields(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  const before = peeler.finds.length;
  for (const part of [bytes, bytes.subarray(1), bytes.subarray(5), withoutLength(bytes)]) {
    const message = part && readProtobuf(part);
    if (!isObject(message)) continue;
    peeler.visit(message, inside(place, { carrier: 'protobuf' }));
    if (peeler.finds.length === before) continue;
    peeler.carriers.add('protobuf');
    return;
  }
}

function withoutLength(bytes: Uint8Array): Uint8Array | undefined {
  const reader = { bytes, at: 0 };
  return varint(reader) === bytes.length - reader.at ? bytes.subarray(reader.at) : undefined;
}

/** Byte for character, so that what is ASCII can be found in it. */
const bytewise = new TextDecoder('latin1');
const RUN = /[\t\n\r\x20-\x7e]{24,}/g;
const TELLING = /v=0\r?\n|v=0\\r|candidate:/;

/** Whether `TELLING` can be in there: cheaper than making a text of bytes that are none. */
function mayTell(bytes: Uint8Array): boolean {
  return hasAround(bytes, EQUALS, 'v=0') || hasAround(bytes, COLON, 'candidate:');
}

const [EQUALS, COLON] = [0x3d, 0x3a];

/** A word of ASCII that has this byte in it once. */
function hasAround(bytes: Uint8Array, byte: number, word: string): boolean {
  const before = word.indexOf(String.fromCharCode(byte));
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) {
    if (at >= before && [...word].every((letter, i) => bytes[at - before + i] === letter.charCodeAt(0))) return true;
  }
  return false;
}

/** Where the format is not known: texts in it that look like signaling. */
function readableRuns(peeler: Peeler, bytes: Uint8Array, place: Place): void {
  if (!mayTell(bytes)) return;
  const text = bytewise.decode(bytes);
  if (!TELLING.test(text)) return;
  for (const [run] of text.matchAll(RUN)) {
    const at = run.search(TELLING);
    if (at < 0) continue;
    const before = peeler.finds.length;
    peeler.visit(run, inside(place));
    if (peeler.finds.length === before) peeler.visit(run.slice(at), inside(place));
  }
}
