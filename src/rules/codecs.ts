/** Codecs of two descriptions side by side: what is shared, and how codecs are named in sentences. */
import { visible } from '../sdp/printable.ts';
import type { Codec, MSection } from '../sdp/sdp.ts';

/** Codecs that carry audio or video by themselves. */
export function mediaCodecs(section: MSection): readonly Codec[] {
  let media = MEDIA.get(section);
  if (media === undefined) {
    media = section.codecs.filter((codec) => codec.role === 'media' && codec.name !== '');
    MEDIA.set(section, media);
  }
  return media;
}

/** Several rules ask for the codecs of each section. */
const MEDIA = new WeakMap<MSection, readonly Codec[]>();

export function isNamed(codec: Codec, name: string): boolean {
  return codec.name.toLowerCase() === name;
}

/** The profile of H.264 or the parameter that separates variants of a codec, as it stands in `identity`. */
function variantOf(codec: Codec): string {
  return codec.identity.split(';')[1] ?? '';
}

/**
 * Whether one side can decode what the other sends under its number. H.264 Baseline and Constrained Baseline are different
 * profiles, but decoders of either play what WebRTC stacks send as the other.
 */
export function compatible(one: Codec, other: Codec): boolean {
  if (one.identity === other.identity) return true;
  if (!isNamed(one, 'h264') || !isNamed(other, 'h264')) return false;
  const baseline = (codec: Codec) => codec.identity.replace(';constrained-baseline;', ';baseline;');
  return baseline(one) === baseline(other);
}

/** The answered media codecs the offer has, too, in the order of the answer. */
export function sharedCodecs(offered: MSection, answered: MSection): readonly Codec[] {
  const known = SHARED.get(answered);
  if (known?.offered === offered) return known.codecs;
  const codecs = sharedBy(offered, answered);
  SHARED.set(answered, { offered, codecs });
  return codecs;
}

const SHARED = new WeakMap<MSection, { readonly offered: MSection; readonly codecs: readonly Codec[] }>();

function sharedBy(offered: MSection, answered: MSection): readonly Codec[] {
  const identities = new Set(mediaCodecs(offered).map((codec) => codec.identity));
  const h264 = mediaCodecs(offered).filter((codec) => isNamed(codec, 'h264'));
  return mediaCodecs(answered).filter(
    (codec) => identities.has(codec.identity) || h264.some((other) => compatible(other, codec)),
  );
}

/** `opus`, `VP8`, `H264 640c1f mode 1`, `VP9 profile-id=2` */
export function codecName(codec: Codec): string {
  const name = visible(codec.name, 20);
  if (name === '') return `payload type ${visible(codec.payloadType, 10)}`;
  if (isNamed(codec, 'h264')) {
    const [, profile = '', mode = ''] = codec.identity.split(';');
    return `${name} (${visible(profile, 24)}, ${visible(mode, 24)})`;
  }
  const variant = variantOf(codec);
  const plain = variant === '' || /=0$/.test(variant) || codec.role === 'red' || codec.role === 'rtx';
  return plain ? name : `${name} (${visible(variant, 24)})`;
}

/** `VP8, VP9 and H264`; each once, at most five. `nothing` if there is none. */
export function codecNames(codecs: readonly Codec[]): string {
  const names = [...new Set(codecs.map(codecName))];
  if (names.length === 0) return 'nothing';
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return shown.length === 1 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** The clock and name on the wire: `opus/48000/2`. */
export function encodingOf({ name, clockRate, channels }: Codec): string {
  return visible(`${name}/${clockRate}${channels === 1 ? '' : `/${channels}`}`, 40);
}

/** Codecs Chromium or Firefox can decode or at least name. */
const KNOWN = new Set(
  'opus multiopus pcmu pcma g722 l16 ilbc isac vp8 vp9 h264 h265 av1 av1x red ulpfec flexfec-03 rtx cn telephone-event'.split(
    ' ',
  ),
);

export function isKnownToBrowsers(codec: Codec): boolean {
  return KNOWN.has(codec.name.toLowerCase());
}

/** Up to four things, for a sentence: `96, 97 and 3 more`. */
export function listed(items: readonly string[]): string {
  const all = [...new Set(items)].map((item) => visible(item, 100));
  const shown = all.length > 4 ? [...all.slice(0, 3), `${all.length - 3} more`] : all;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
