/** The signaling protocols renego knows, the likeliest first. */
import { apprtc } from './apprtc.ts';
import { galene } from './galene.ts';
import { gstSimpleServer } from './gst-simple-server.ts';
import { httpSdp } from './http-sdp.ts';
import { ionSfu } from './ion-sfu.ts';
import { janus } from './janus/index.ts';
import { livekit } from './livekit/index.ts';
import { manual } from './manual.ts';
import { mdn } from './mdn.ts';
import { peerjs } from './peerjs.ts';
import { perfectNegotiation } from './perfect-negotiation.ts';
import type { Protocol } from './protocol.ts';
import { simplePeer } from './simple-peer.ts';
import { sip } from './sip/index.ts';
import { socketIo } from './socket-io.ts';
import { templates } from './templates/index.ts';
import { webtorrent } from './webtorrent.ts';
import { whep } from './whep.ts';
import { whip } from './whip.ts';
import { yWebrtc } from './y-webrtc.ts';

export const protocols: readonly Protocol[] = [
  mdn,
  perfectNegotiation,
  simplePeer,
  peerjs,
  janus,
  sip,
  livekit,
  yWebrtc,
  webtorrent,
  gstSimpleServer,
  apprtc,
  galene,
  ionSfu,
  whip,
  whep,
  httpSdp,
  manual,
  ...templates,
  socketIo,
];

/** The protocol of that name; undefined if there is none. */
export function protocolNamed(name: string): Protocol | undefined {
  return protocols.find((protocol) => protocol.name === name);
}

/** Loads what any of them needs, to watch connections on which each may turn up. */
export async function loadProtocols(): Promise<void> {
  await Promise.all(protocols.map((protocol) => protocol.load?.()));
}
