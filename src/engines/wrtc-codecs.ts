/** Codec preferences of a transceiver (W3C webrtc-pc 5.4, setCodecPreferences). */
import type { NativeTransceiver, Stack } from './wrtc-stack.ts';

/** Puts the named codecs first, in this order; the others keep theirs. Names the stack does not have change nothing. */
export function preferCodecs(
  stack: Stack,
  transceivers: readonly NativeTransceiver[],
  media: 'audio' | 'video',
  names: readonly string[],
): void {
  // Of codecs that are put in order this stack writes audio/red twice, with one payload type.
  const codecs = (stack.RTCRtpSender.getCapabilities(media)?.codecs ?? []).filter(
    ({ mimeType }) => mimeType !== 'audio/red',
  );
  const rank = ({ mimeType }: { readonly mimeType: string }): number => {
    const at = names.findIndex((name) => `${media}/${name}`.toLowerCase() === mimeType.toLowerCase());
    return at < 0 ? names.length : at;
  };
  const sorted = [...codecs].sort((a, b) => rank(a) - rank(b));
  for (const transceiver of transceivers) transceiver.setCodecPreferences(sorted);
}
