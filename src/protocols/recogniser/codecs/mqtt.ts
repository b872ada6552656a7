/** Control packets of MQTT 3.1.1 and 5 (2.1), as a WebSocket message holds them. Strict, so that it recognises them. */
import { varint } from './protobuf.ts';
import { utf8 } from './utf8.ts';

export interface MqttPacket {
  /** `PUBLISH`, `PINGREQ`, … */
  readonly name: string;
  /** Of a PUBLISH. */
  readonly topic?: string;
  readonly payload?: Uint8Array;
}

const NAMES = [
  ...['', 'CONNECT', 'CONNACK', 'PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBSCRIBE', 'SUBACK'],
  ...['UNSUBSCRIBE', 'UNSUBACK', 'PINGREQ', 'PINGRESP', 'DISCONNECT', 'AUTH'],
];
/** Without a body there is nothing to tell them by; the others stand beside packets that are told. */
const TOLD: ReadonlySet<string> = new Set(['CONNECT', 'PUBLISH', 'PINGREQ', 'PINGRESP', 'DISCONNECT']);
const MOST = 500;

/** Undefined if the bytes are not packets of MQTT, each whole, and nothing else. */
export function readMqtt(bytes: Uint8Array): readonly MqttPacket[] | undefined {
  const packets: MqttPacket[] = [];
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    const first = bytes[reader.at] ?? 0;
    reader.at += 1;
    const length = varint(reader);
    if (length === undefined || reader.at + length > bytes.length || packets.length >= MOST) return undefined;
    const body = bytes.subarray(reader.at, reader.at + length);
    reader.at += length;
    const packet = readPacket(NAMES[first >> 4] ?? '', first & 15, body);
    if (packet === undefined) return undefined;
    packets.push(packet);
  }
  return packets.some(({ name }) => TOLD.has(name)) ? packets : undefined;
}

function readPacket(name: string, flags: number, body: Uint8Array): MqttPacket | undefined {
  if (name === 'PUBLISH') return published(name, flags, body);
  // Flags are fixed where they mean nothing (2.2.2).
  const fixed = name === 'PUBREL' || name.endsWith('SUBSCRIBE') ? 2 : 0;
  if (name === '' || flags !== fixed) return undefined;
  // It begins with the name of the protocol (3.1.2.1).
  if (name === 'CONNECT') return /^MQ(?:TT|Isdp)$/.test(textAt(body)?.text ?? '') ? { name } : undefined;
  return body.length === 0 || !name.startsWith('PING') ? { name } : undefined;
}

function published(name: string, flags: number, body: Uint8Array): MqttPacket | undefined {
  const qos = (flags >> 1) & 3;
  const topic = textAt(body);
  if (qos === 3 || topic === undefined || topic.text === '' || /[#+\p{Cc}]/u.test(topic.text)) return undefined;
  const at = topic.end + (qos > 0 ? 2 : 0);
  return at > body.length ? undefined : { name, topic: topic.text, payload: withoutProperties(body.subarray(at)) };
}

/** MQTT 5 has properties before the payload (3.3.2.3), mostly none; no text begins with such a length. */
function withoutProperties(payload: Uint8Array): Uint8Array {
  const reader = { bytes: payload, at: 0 };
  const first = payload[0] ?? 32;
  const length = first < 32 && first !== 9 && first !== 10 && first !== 13 ? varint(reader) : undefined;
  return length === undefined || reader.at + length > payload.length ? payload : payload.subarray(reader.at + length);
}

/** A text behind its length (1.5.4), and where it ends. */
function textAt(bytes: Uint8Array): { readonly text: string; readonly end: number } | undefined {
  const end = 2 + (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0));
  const text = bytes.length < end ? undefined : utf8(bytes.subarray(2, end));
  return text === undefined ? undefined : { text, end };
}
