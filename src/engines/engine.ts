/** What renego needs of a WebRTC stack: one RTCPeerConnection, its calls as promises, its events as plain data. */
import type { Failure, MediaKind } from '../core/event.ts';
import type { SignalingState } from '../core/model.ts';

export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface EngineConfig {
  readonly iceServers?: readonly IceServer[];
  readonly iceTransportPolicy?: 'all' | 'relay';
}

export interface LocalDescription {
  readonly type: 'offer' | 'answer' | 'pranswer' | 'rollback';
  readonly sdp: string;
}

/** RTCIceCandidateInit; null means the end of candidates. */
export interface IceCandidateInit {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

export type EngineEvent =
  | { readonly on: 'negotiationneeded' }
  | { readonly on: 'candidate'; readonly candidate: IceCandidateInit | null }
  | { readonly on: 'candidate-error'; readonly url: string; readonly code: number; readonly text: string }
  | { readonly on: 'signaling' | 'gathering' | 'ice' | 'connection'; readonly state: string }
  | { readonly on: 'track'; readonly kind: string; readonly mid: string }
  /** The first picture or sound of a received track. */
  | { readonly on: 'media'; readonly kind: string; readonly mid: string }
  | { readonly on: 'datachannel'; readonly label: string }
  | { readonly on: 'channel'; readonly label: string; readonly state: string }
  | { readonly on: 'data'; readonly label: string; readonly text: string };

export interface TransceiverInfo {
  readonly mid: string | null;
  readonly kind: string;
  readonly direction: string;
  readonly currentDirection: string | null;
  readonly sending: boolean;
  readonly stopped: boolean;
}

/** What getStats says about the transport in use. */
export interface TransportStats {
  readonly localUfrag: string | undefined;
  readonly localCandidate: string | undefined;
  readonly remoteCandidate: string | undefined;
  readonly dtlsState: string | undefined;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/**
 * Where media is added: on the section of this `mid`; else with `direction` on one of its own, without it sent and
 * received on any that is free for it (replaceTrack, addTransceiver and addTrack of W3C webrtc-pc).
 */
export interface MediaPlace {
  readonly mid?: string;
  readonly direction?: string;
  /** Put first there, as `prefer` does it. */
  readonly codecs?: readonly string[];
}

/** One RTCPeerConnection. Every rejection is an EngineFailure, whatever the stack threw. */
export interface PeerConnection {
  readonly signalingState: SignalingState;
  readonly connectionState: string;
  readonly iceConnectionState: string;
  readonly localDescription: LocalDescription | null;
  createOffer(options?: { iceRestart?: boolean }): Promise<LocalDescription>;
  createAnswer(): Promise<LocalDescription>;
  setLocalDescription(description: LocalDescription): Promise<void>;
  setRemoteDescription(description: LocalDescription): Promise<void>;
  addIceCandidate(candidate: IceCandidateInit | null): Promise<void>;
  restartIce(): void;
  /** Adds synthetic media (no camera) or a data channel. */
  add(media: MediaKind, place?: MediaPlace): void;
  /** Puts these codecs first, in this order, in all sections of that kind or in one. Codecs the stack lacks are passed over. */
  prefer(media: 'audio' | 'video', codecs: readonly string[], mid?: string): void;
  /** Stops the transceiver of this section, the newest sending one without `mid`. Returns what was stopped. */
  stop(mid?: string): string;
  setDirection(mid: string, direction: string): void;
  transceivers(): readonly TransceiverInfo[];
  /** Sends text on the first open data channel; false if there is none. */
  send(text: string): boolean;
  stats(): Promise<TransportStats>;
  /** Stops sources, sinks and tracks, then closes. The process can end afterwards. */
  close(): void;
}

export interface EngineFactory {
  readonly name: string;
  readonly version: string;
  create(config: EngineConfig, emit: (event: EngineEvent) => void): PeerConnection;
}

export interface Engine {
  readonly name: string;
  readonly title: string;
  /** Loads the stack. Throws RenegoError `connect`/`ENGINE_UNAVAILABLE` where there is none for this platform. */
  load(): Promise<EngineFactory>;
}

/** A DOMException or its like, normalised. */
export class EngineFailure extends Error {
  constructor(failure: Failure) {
    super(failure.message);
    this.name = failure.name;
  }
}
