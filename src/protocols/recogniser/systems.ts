/** Which system a message is of, by the members that only it has; else what it is packed in. */
import { type JsonObject, objectsAround } from './found.ts';
import type { Recognised } from './recognise.ts';

const SIGNS: readonly (readonly [name: string, test: (objects: readonly JsonObject[]) => boolean])[] = [
  ['janus', (all) => has(all, ['janus', 'transaction'])],
  [
    'mdn',
    (all) => all.some(({ type }) => type === 'video-offer' || type === 'video-answer' || type === 'new-ice-candidate'),
  ],
  [
    'peerjs',
    (all) =>
      has(all, ['payload']) && all.some(({ type }) => type === 'OFFER' || type === 'ANSWER' || type === 'CANDIDATE'),
  ],
  ['webtorrent', (all) => has(all, ['action', 'info_hash', 'peer_id'])],
  ['y-webrtc', (all) => all.some(({ type, topic }) => type === 'publish' && typeof topic === 'string')],
  ['twilio-video', (all) => all.some(({ peer_connections: list }) => Array.isArray(list))],
  ['kinesis-video', (all) => has(all, ['messagePayload'])],
  ['home-assistant', (all) => all.some(({ type }) => typeof type === 'string' && type.startsWith('camera/web'))],
  ['matrix', (all) => all.some(({ type }) => typeof type === 'string' && type.startsWith('m.call.'))],
  ['verto', (all) => all.some(({ method }) => typeof method === 'string' && /^(?:verto|telnyx_rtc)\./.test(method))],
  ['mediasoup', (all) => has(all, ['iceParameters', 'dtlsParameters'])],
  [
    'perfect-negotiation',
    (all) => all.some(({ description, type }) => typeof description === 'object' && type === undefined),
  ],
];

const has = (all: readonly JsonObject[], names: readonly string[]): boolean =>
  all.some((object) => names.every((name) => Object.hasOwn(object, name)));

const PACKINGS = new Set(['socket.io', 'sockjs', 'stomp', 'sip', 'jingle', 'msgpack', 'protobuf']);

/** Undefined where nothing tells. */
export function systemOf({ found, carriers }: Recognised): string | undefined {
  for (const { place } of found) {
    const objects = [...objectsAround(place)];
    const sign = SIGNS.find(([, test]) => test(objects));
    if (sign !== undefined) return sign[0];
  }
  return carriers.find((carrier) => PACKINGS.has(carrier));
}
