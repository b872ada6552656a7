/** How browsers word a refusal: the API's prefix around the engine's sentence (Chromium 156, Firefox 153). */
import type { Description } from '../core/model.ts';

/** A description that cannot be parsed. `line` is the offending line as Chromium quotes it ('' if it quotes none). */
export function chromeParse(line: string, reason: string): string {
  return `OperationError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to parse SessionDescription. ${line} ${reason}`;
}

/** A description that is parsed and then refused. */
export function chromeRefuses(
  description: Pick<Description, 'type'>,
  reason: string,
  name = 'InvalidAccessError',
): string {
  return `${name}: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to set remote ${description.type} sdp: ${reason}`;
}

/** Chromium's wrapping of a refusal that concerns one m-section. */
export function chromeSection(description: Pick<Description, 'type'>, mid: string, reason: string): string {
  return chromeRefuses(description, `Failed to apply the description for m= section with mid='${mid}': ${reason}`);
}

export function chromeCandidate(reason = 'Error processing ICE candidate', name = 'OperationError'): string {
  return `${name}: Failed to execute 'addIceCandidate' on 'RTCPeerConnection': ${reason}`;
}

/** Firefox's JSEP sentences. */
export function firefoxRefuses(reason: string, name = 'InvalidAccessError'): string {
  return `${name}: ${reason}`;
}

/** Firefox's parser (sipcc) counts lines from 1. */
export function firefoxParse(line: number, reason: string): string {
  return `OperationError: SIPCC Failed to parse SDP: SDP Parse Error on line ${line}:  ${reason}`;
}

/** Firefox, as the offerer, on an answer that changes a user fragment or password though its offer did not. */
export const FIREFOX_UNASKED_RESTART = firefoxRefuses(
  'Remote description indicates ICE restart but offer did not request ICE restart (new remote description changes either the ice-ufrag or ice-pwd)',
);
