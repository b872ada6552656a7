/** What one connection of @roamhq/wrtc sends: synthetic media, each piece on a section. */
import type { MediaPlace } from './engine.ts';
import { preferCodecs } from './wrtc-codecs.ts';
import { type Feed, startFeed } from './wrtc-media.ts';
import type { NativeConnection, NativeTransceiver, Stack } from './wrtc-stack.ts';

export interface Sending {
  /** Throws what the stack throws. `there` is the section that is meant, if one is. */
  add(media: 'audio' | 'video', place: MediaPlace, there: NativeTransceiver | undefined): void;
  isOn(transceiver: NativeTransceiver): boolean;
  /** Ends what is sent there. */
  stop(transceiver: NativeTransceiver): void;
  stopAll(): void;
}

export function createSending(stack: Stack, native: NativeConnection): Sending {
  /** By the id of its track, which is read once: the stack asks another thread for it every time. */
  const feeds = new Map<string, Feed>();
  const stream = new stack.MediaStream();

  function feed(media: 'audio' | 'video'): Feed['track'] {
    const started = startFeed(stack, media);
    feeds.set(started.track.id, started);
    return started.track;
  }

  function place(
    media: 'audio' | 'video',
    direction: string | undefined,
    there: NativeTransceiver | undefined,
  ): NativeTransceiver | undefined {
    if (there !== undefined) {
      there.sender.setStreams(stream);
      // Refused only if the connection is closed meanwhile.
      there.sender.replaceTrack(feed(media)).catch(() => {});
      there.direction = direction ?? (/recv/.test(there.direction) ? 'sendrecv' : 'sendonly');
      return there;
    }
    if (direction === 'recvonly' || direction === 'inactive') return native.addTransceiver(media, { direction });
    const track = feed(media);
    if (direction !== undefined) return native.addTransceiver(track, { direction, streams: [stream] });
    native.addTrack(track, stream);
    return native.getTransceivers().find((one) => one.sender.track?.id === track.id);
  }

  return {
    add(media, { direction, codecs = [] }, there) {
      const placed = place(media, direction, there);
      if (placed !== undefined && codecs.length > 0) preferCodecs(stack, [placed], media, codecs);
    },
    isOn: ({ sender }) => feeds.has(sender.track?.id ?? ''),
    stop({ sender }) {
      const id = sender.track?.id ?? '';
      feeds.get(id)?.stop();
      feeds.delete(id);
    },
    stopAll() {
      for (const one of feeds.values()) one.stop();
      feeds.clear();
    },
  };
}
