/** Systems that are described by their messages alone. */
import type { Protocol } from '../protocol.ts';
import { builtIn } from '../template/built-in.ts';
import type { TemplateSource } from '../template/source.ts';
import { antMedia } from './ant-media.ts';
import { ayame } from './ayame.ts';
import { codelab } from './codelab.ts';
import { easyRtc } from './easyrtc.ts';
import { flutterWebRtc } from './flutter-webrtc.ts';
import { go2rtc } from './go2rtc.ts';
import { godot } from './godot.ts';
import { gstWebRtc } from './gst-webrtc.ts';
import { gstWebRtcProducer } from './gst-webrtc-producer.ts';
import { homeAssistant } from './home-assistant.ts';
import { kinesis } from './kinesis.ts';
import { libdatachannel } from './libdatachannel.ts';
import { matchbox } from './matchbox.ts';
import { miroTalk } from './mirotalk.ts';
import { neko } from './neko.ts';
import { nodeDss } from './node-dss.ts';
import { ovenMedia } from './oven-media.ts';
import { pairDrop } from './pairdrop.ts';
import { pixelStreaming } from './pixel-streaming.ts';
import { rtcMultiConnection } from './rtcmulticonnection.ts';
import { simpleWebRtc } from './simplewebrtc.ts';
import { socketIoCall } from './socket-io-call.ts';
import { socketIoRooms } from './socket-io-rooms.ts';
import { socketIoSignal } from './socket-io-signal.ts';
import { sora } from './sora.ts';
import { unityRenderStreaming } from './unity.ts';

export const SOURCES: readonly TemplateSource[] = [
  socketIoRooms,
  socketIoCall,
  socketIoSignal,
  codelab,
  easyRtc,
  rtcMultiConnection,
  simpleWebRtc,
  miroTalk,
  ayame,
  sora,
  gstWebRtc,
  gstWebRtcProducer,
  go2rtc,
  homeAssistant,
  libdatachannel,
  flutterWebRtc,
  pairDrop,
  matchbox,
  godot,
  unityRenderStreaming,
  neko,
  pixelStreaming,
  antMedia,
  ovenMedia,
  kinesis,
  nodeDss,
];

export const templates: readonly Protocol[] = SOURCES.map(builtIn);
