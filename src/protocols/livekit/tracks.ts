/** What we publish: LiveKit wants to know of every track before it is offered. */
import type { AddTrackRequest } from '@livekit/protocol';
import { messages } from './wire.ts';

export interface OfferedTrack {
  readonly kind: 'audio' | 'video';
  /** The track's id in `a=msid`, by which the server finds it again. */
  readonly cid: string;
  readonly mid: string;
}

/** The tracks that an offer of ours sends, section by section. */
export function offeredTracks(sdp: string): readonly OfferedTrack[] {
  return sdp.split(/^(?=m=)/m).flatMap((section): readonly OfferedTrack[] => {
    const kind = /^m=(audio|video) (?!0 )/.exec(section)?.[1];
    const cid = /^a=msid:\S+ (\S+)/m.exec(section)?.[1];
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
    const sends = !/^a=(?:recvonly|inactive)\r?$/m.test(section);
    if ((kind !== 'audio' && kind !== 'video') || cid === undefined || mid === undefined || !sends) return [];
    return [{ kind, cid, mid }];
  });
}

export function addTrack({ kind, cid }: OfferedTrack): AddTrackRequest {
  const { AddTrackRequest, TrackSource, TrackType } = messages();
  const isAudio = kind === 'audio';
  return new AddTrackRequest({
    cid,
    name: isAudio ? 'microphone' : 'camera',
    type: isAudio ? TrackType.AUDIO : TrackType.VIDEO,
    source: isAudio ? TrackSource.MICROPHONE : TrackSource.CAMERA,
    ...(!isAudio && { width: 320, height: 240 }),
  });
}
