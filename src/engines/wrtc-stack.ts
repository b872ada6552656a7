/** What of `@roamhq/wrtc` renego uses, typed by hand: its own types need the DOM library and lack members it has. */
import { RenegoError } from '../core/errors.ts';
import type { IceCandidateInit, LocalDescription } from './engine.ts';

export interface NativeTrack {
  readonly kind: string;
  readonly id: string;
  stop(): void;
}

export interface NativeSender {
  readonly track: NativeTrack | null;
  replaceTrack(track: NativeTrack | null): Promise<void>;
  setStreams(...streams: unknown[]): void;
}

/** RTCRtpCodec. */
export interface NativeCodec {
  readonly mimeType: string;
}

export interface NativeTransceiver {
  readonly mid: string | null;
  /** Becomes `stopped` after stop(); there is no usable `stopped` member. */
  direction: string;
  readonly currentDirection: string | null;
  readonly sender: NativeSender;
  readonly receiver: { readonly track: NativeTrack };
  setCodecPreferences(codecs: readonly NativeCodec[]): void;
  stop(): void;
}

export interface NativeChannel {
  readonly label: string;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface NativeConnection {
  readonly signalingState: string;
  readonly connectionState: string;
  readonly iceConnectionState: string;
  readonly iceGatheringState: string;
  readonly localDescription: LocalDescription | null;
  addEventListener(type: string, listener: (event: never) => void): void;
  addTrack(track: NativeTrack, ...streams: unknown[]): NativeSender;
  addTransceiver(what: NativeTrack | string, init: { direction: string; streams?: unknown[] }): NativeTransceiver;
  createDataChannel(label: string): NativeChannel;
  createOffer(options?: { iceRestart?: boolean }): Promise<LocalDescription>;
  createAnswer(): Promise<LocalDescription>;
  setLocalDescription(description: { type: string; sdp?: string }): Promise<void>;
  setRemoteDescription(description: LocalDescription): Promise<void>;
  addIceCandidate(candidate: IceCandidateInit | null): Promise<void>;
  getTransceivers(): NativeTransceiver[];
  getStats(): Promise<Map<string, Record<string, unknown>>>;
  restartIce(): void;
  close(): void;
}

export interface NativeAudioSource {
  createTrack(): NativeTrack;
  onData(data: { samples: Int16Array; sampleRate: number; bitsPerSample: number; numberOfFrames: number }): void;
}

export interface NativeVideoSource {
  createTrack(): NativeTrack;
  onFrame(frame: { width: number; height: number; data: Uint8Array }): void;
}

export interface NativeSink {
  ondata: ((event: { samples: Int16Array }) => void) | null;
  onframe: (() => void) | null;
  stop(): void;
}

export interface Stack {
  readonly RTCRtpSender: { getCapabilities(kind: string): { readonly codecs: readonly NativeCodec[] } | null };
  readonly RTCPeerConnection: new (config: object) => NativeConnection;
  readonly MediaStream: new () => unknown;
  readonly nonstandard: {
    readonly RTCAudioSource: new () => NativeAudioSource;
    readonly RTCVideoSource: new () => NativeVideoSource;
    readonly RTCAudioSink: new (track: NativeTrack) => NativeSink;
    readonly RTCVideoSink: new (track: NativeTrack) => NativeSink;
  };
}

let exitGuarded = false;

/**
 * The stack's finalizers crash (SIGSEGV) when Node tears its environment down after a media source or track was used,
 * which would turn every exit code into 139. So the last `exit` listener ends the process there, with the code that was
 * set. It runs only when the loop is empty: nothing is cut off, nothing is pending.
 */
function skipTeardown(): void {
  if (exitGuarded) return;
  exitGuarded = true;
  const host = process as NodeJS.Process & { reallyExit?: (code: number) => never };
  process.once('beforeExit', () => {
    process.once('exit', (code) => host.reallyExit?.(code));
  });
}

/** Loads the stack. Throws RenegoError `ENGINE_UNAVAILABLE` where its binary is missing. */
export async function loadStack(load: () => Promise<unknown>): Promise<Stack> {
  let loaded: { default?: Stack } & Partial<Stack>;
  try {
    loaded = (await load()) as typeof loaded;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new RenegoError(
      'connect',
      'ENGINE_UNAVAILABLE',
      `the WebRTC engine (@roamhq/wrtc) cannot be loaded on ${process.platform}-${process.arch}: ${why}`,
      'Its binary exists for Linux (glibc), macOS and Windows on x64 and for arm64 except Windows. ' +
        'Installed with --omit=optional? Install again without it. Everything that does not act as a peer works without it.',
    );
  }
  skipTeardown();
  return loaded.default ?? (loaded as Stack);
}
