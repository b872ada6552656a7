/** Synthetic media for @roamhq/wrtc: a quiet tone, a small moving picture; and sinks that notice the first media received. */
import type { NativeSink, NativeTrack, Stack } from './wrtc-stack.ts';

/** A track fed by a timer. stop() must run before the connection closes, or the process does not end. */
export interface Feed {
  readonly track: NativeTrack;
  stop(): void;
}

const AUDIO_RATE = 16_000;
const TONE_HZ = 400;
const TONE_AMPLITUDE = 1_200;
const WIDTH = 160;
const HEIGHT = 120;
const BAR = 16;
const FRAME_MS = 80;

/** One 10 ms frame of a tone; 400 Hz fits four whole periods into it, so frames join without clicks. */
function toneFrame(): Int16Array {
  const samples = new Int16Array(AUDIO_RATE / 100);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.round(TONE_AMPLITUDE * Math.sin((2 * Math.PI * TONE_HZ * i) / AUDIO_RATE));
  }
  return samples;
}

/** A grey ramp with a bright bar that moves right by four pixels a frame (I420). */
function paint(data: Uint8Array, frame: number): void {
  const at = (frame * 4) % (WIDTH - BAR);
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * WIDTH;
    data.fill(40 + y, row, row + WIDTH);
    data.fill(235, row + at, row + at + BAR);
  }
  data.fill(128 + (frame % 64) - 32, WIDTH * HEIGHT);
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** Starts a synthetic source of this kind. */
export function startFeed(stack: Stack, kind: 'audio' | 'video'): Feed {
  if (kind === 'audio') {
    const source = new stack.nonstandard.RTCAudioSource();
    const track = source.createTrack();
    const samples = toneFrame();
    const frame = { samples, sampleRate: AUDIO_RATE, bitsPerSample: 16, numberOfFrames: samples.length };
    return feed(
      track,
      every(10, () => source.onData(frame)),
    );
  }
  const source = new stack.nonstandard.RTCVideoSource();
  const track = source.createTrack();
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2);
  let count = 0;
  return feed(
    track,
    every(FRAME_MS, () => {
      paint(data, count++);
      source.onFrame({ width: WIDTH, height: HEIGHT, data });
    }),
  );
}

function feed(track: NativeTrack, stopTimer: () => void): Feed {
  return {
    track,
    stop() {
      stopTimer();
      track.stop();
    },
  };
}

/** Calls `first` once, when the track has produced its first picture or its first sound that is not silence. */
export function watchTrack(stack: Stack, track: NativeTrack, first: () => void): { stop(): void } {
  const sink: NativeSink =
    track.kind === 'audio' ? new stack.nonstandard.RTCAudioSink(track) : new stack.nonstandard.RTCVideoSink(track);
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    sink.ondata = null;
    sink.onframe = null;
    sink.stop();
  };
  const seen = (): void => {
    if (stopped) return;
    stop();
    first();
  };
  if (track.kind === 'audio') sink.ondata = ({ samples }) => samples.some((sample) => sample !== 0) && seen();
  else sink.onframe = seen;
  return { stop };
}
