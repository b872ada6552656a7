/** Which software wrote a description, from the signs it leaves. Good for wording, never for errors. */
import type { Sdp } from './sdp.ts';

export type Writer =
  | 'libwebrtc'
  | 'firefox'
  | 'pion'
  | 'aiortc'
  | 'libdatachannel'
  | 'str0m'
  | 'gstreamer'
  | 'mediasoup-client'
  | 'freeswitch'
  | 'asterisk'
  | 'kamailio'
  | 'rtpengine'
  | 'unknown';

type Sign = readonly [Writer, (sdp: Sdp) => boolean];

/** Tried in this order: copies of the offer's o= line (GStreamer answers) come before everything that trusts o=. */
const SIGNS: readonly Sign[] = [
  ['gstreamer', isGStreamer],
  ['rtpengine', (sdp) => named(sdp, 'rtpengine') || has(sdp, 'rtpengine')],
  ['firefox', (sdp) => userStarts(sdp, 'mozilla...THIS_IS_SDPARTA')],
  ['libdatachannel', (sdp) => sdp.origin?.username === 'rtc' && sdp.origin.sessionVersion === '0'],
  ['str0m', (sdp) => userStarts(sdp, 'str0m')],
  ['mediasoup-client', (sdp) => userStarts(sdp, 'mediasoup-client')],
  ['freeswitch', (sdp) => named(sdp, 'freeswitch')],
  ['asterisk', (sdp) => named(sdp, 'asterisk') || sdp.origin?.username === 'root'],
  ['kamailio', (sdp) => named(sdp, 'kamailio')],
  ['libwebrtc', isLibwebrtc],
  ['aiortc', isAiortc],
  ['pion', isPion],
];

/** The software that most likely wrote the description; `unknown` when no sign fits. */
export function writerOf(sdp: Sdp): Writer {
  return SIGNS.find(([, fits]) => fits(sdp))?.[0] ?? 'unknown';
}

function userStarts(sdp: Sdp, prefix: string): boolean {
  return sdp.origin?.username.startsWith(prefix) === true;
}

function named(sdp: Sdp, name: string): boolean {
  return (
    sdp.origin?.username.toLowerCase().startsWith(name) === true ||
    sdp.sessionName?.toLowerCase().startsWith(name) === true
  );
}

/** Whether the session part has the attribute. */
function has(sdp: Sdp, name: string): boolean {
  return sdp.attributes.some((attribute) => attribute.name === name);
}

/** Its own track ids in `a=ssrc`, or trickle announced for the session as Firefox does but nothing else there. */
function isGStreamer(sdp: Sdp): boolean {
  const { ice, dtls } = sdp;
  if (ice.options !== undefined && ice.ufrag === undefined && dtls.fingerprints.length === 0) {
    if (!has(sdp, 'msid-semantic')) return true;
  }
  return sdp.media.some(({ ssrcs }) => ssrcs.some(({ value }) => value?.includes(' webrtctransceiver') === true));
}

function isLibwebrtc(sdp: Sdp): boolean {
  const { origin } = sdp;
  return (
    origin?.username === '-' &&
    origin.address === '127.0.0.1' &&
    /^\d{15,19}$/.test(origin.sessionId) &&
    (sdp.extmapAllowMixed || has(sdp, 'msid-semantic'))
  );
}

/** Session id and version are the same NTP second, a number of 32 bits with the highest set (1968–2036). */
function isAiortc(sdp: Sdp): boolean {
  const { origin } = sdp;
  return (
    origin?.username === '-' &&
    origin.address === '0.0.0.0' &&
    origin.sessionId === origin.sessionVersion &&
    /^\d{10}$/.test(origin.sessionId)
  );
}

function isPion(sdp: Sdp): boolean {
  return (
    sdp.origin?.username === '-' &&
    sdp.origin.address === '0.0.0.0' &&
    sdp.dtls.fingerprints.length > 0 &&
    sdp.dtls.setup === undefined &&
    sdp.media.every((section) => section.rejected || section.ownIce.pwd !== undefined)
  );
}
