/** The carriers, by name. `sockjs+stomp` is one inside the other. */
import type { Carrier } from './carrier.ts';
import { actionCable, phoenix, pusher } from './channels.ts';
import { http } from './http.ts';
import { json, msgpack, text } from './plain.ts';
import { signalR } from './signalr.ts';
import { socketIo } from './socket-io.ts';
import { sockJs } from './sockjs.ts';
import { stomp } from './stomp.ts';

export const carriers: readonly Carrier[] = [
  json,
  text,
  socketIo,
  sockJs('sockjs', json),
  stomp,
  sockJs('sockjs+stomp', stomp),
  signalR,
  phoenix,
  actionCable,
  pusher,
  msgpack,
  http,
];

export const carrierNames: readonly string[] = carriers.map((carrier) => carrier.name);

/** Undefined if there is none of that name. */
export function carrierNamed(name: string): Carrier | undefined {
  return carriers.find((carrier) => carrier.name === name);
}
