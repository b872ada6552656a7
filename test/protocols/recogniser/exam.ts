/** Reads made-up conversations with a decoder that knows no system; what they are made of. */
import type { Signal } from '../../../src/core/event.ts';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';
import { isPromising } from '../../../src/protocols/recogniser/promising.ts';
import { signalsIn } from '../../../src/protocols/recogniser/recognise.ts';

export const sdp = (setup: string, id: number, kind = 'audio') =>
  [
    ...['v=0', `o=- ${id}${id}${id}4711 2 IN IP4 127.0.0.1`, 's=-', 't=0 0', 'a=group:BUNDLE 0'],
    ...[
      `m=${kind} 9 UDP/TLS/RTP/SAVPF 111`,
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:uf${id}`,
      'a=ice-pwd:0123456789012345678901',
    ],
    ...['a=fingerprint:sha-256 AA:BB', `a=setup:${setup}`, 'a=mid:0', 'a=sendrecv', 'a=rtcp-mux', ''],
  ].join('\r\n');
export const [O, A] = [sdp('actpass', 101), sdp('active', 202)];
export const offer = { type: 'offer', sdp: O };
export const answer = { type: 'answer', sdp: A };
export const C = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host generation 0 ufrag uf101';
export const ice = { candidate: C, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'uf101' };
export const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
export const json = JSON.stringify;

export type Line = readonly [direction: '>' | '<', payload: unknown, ...expected: readonly string[]];

/** What holds something has to be worth a look. */
export function checkPromise(text: string): void {
  const found = signalsIn(text).filter((signal) => 'sdp' in signal || /^(?:candidate|notify)$/.test(signal.type));
  if (found.length > 0 && !isPromising(text)) throw new Error(`not promising: ${text.slice(0, 200)}`);
}

/** `>` from the client, `<` to it. Objects are sent as JSON, bytes as binary frames. */
export function read(lines: readonly Line[]): string[][] {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  return lines.map(([direction, payload]) => {
    const binary = payload instanceof Uint8Array;
    const data = binary ? base64(payload) : typeof payload === 'string' ? payload : json(payload);
    if (!binary) checkPromise(data);
    const decoded = decoder.decode({
      data,
      encoding: binary ? 'base64' : 'text',
      direction: direction === '>' ? 'out' : 'in',
    });
    return decoded.signals.map(words);
  });
}

function words(signal: Signal): string {
  if (signal.type === 'other') return '-';
  return 'method' in signal ? `${signal.type} ${signal.method}` : signal.type;
}

export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
/** A field of a protocol buffer. */
export const field = (number: number, value: number | string | Uint8Array): Uint8Array => {
  if (typeof value === 'number') return Uint8Array.of(...varint(number << 3), ...varint(value));
  const bytes = Buffer.from(value);
  return Buffer.concat([Uint8Array.of(...varint((number << 3) | 2), ...varint(bytes.length)), bytes]);
};
export const message = (...fields: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(fields));
