/** What an offer and its answer settle for one m-section: flows, codecs with numbers, feedback, extensions, layers, limits. */
import type { Codec, Direction, MSection, Sdp } from '../sdp.ts';

/** A codec both sides listed. The receiver's number is used on the wire (RFC 3264 5.1). */
export interface AgreedCodec {
  readonly name: string;
  readonly identity: string;
  readonly role: Codec['role'];
  /** Payload type in media towards the answerer: the answer's number. */
  readonly toAnswerer: string;
  /** Payload type in media towards the offerer: the offer's number. */
  readonly toOfferer: string;
  /** Feedback types both sides listed for it. */
  readonly feedback: readonly string[];
}

/** What the receiver of a direction allows: `b=` by modifier, and for data the largest message in bytes (0: no limit). */
export interface AgreedLimits {
  readonly bandwidth: Readonly<Record<string, string>>;
  readonly messageSize: number | undefined;
}

/** An accepted section. */
export interface AgreedSection {
  readonly mid: string | null;
  readonly index: number;
  readonly kind: string;
  /** Media the offerer sends arrives at the answerer: offer sends and answer receives. Data always flows both ways. */
  readonly toAnswerer: boolean;
  readonly toOfferer: boolean;
  /** In the answer's order; the first media codec is the expected one. */
  readonly codecs: readonly AgreedCodec[];
  /** Header extension URIs both sides listed. */
  readonly extensions: readonly string[];
  /** Simulcast rids both sides list, by sender. */
  readonly layers: { readonly offerer: readonly string[]; readonly answerer: readonly string[] };
  readonly limits: { readonly toAnswerer: AgreedLimits; readonly toOfferer: AgreedLimits };
}

/** Builds the agreement of one accepted section. */
export function agreeSection(offer: Sdp, answer: Sdp, offered: MSection, answered: MSection): AgreedSection {
  const data = !offered.protocol.includes('RTP/');
  return {
    mid: offered.mid?.value ?? answered.mid?.value ?? null,
    index: offered.index,
    kind: offered.kind,
    toAnswerer: data || (sends(offered.direction) && receives(answered.direction)),
    toOfferer: data || (sends(answered.direction) && receives(offered.direction)),
    codecs: sharedCodecs(offered.codecs, answered.codecs),
    extensions: shared(uris(offer, offered), uris(answer, answered)),
    layers: {
      offerer: shared(layers(offered, 'send'), layers(answered, 'recv')),
      answerer: shared(layers(answered, 'send'), layers(offered, 'recv')),
    },
    limits: { toAnswerer: limits(answered, data), toOfferer: limits(offered, data) },
  };
}

function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** By identity, in the answer's order; the number that both use is preferred where one identity has several. */
function sharedCodecs(offered: readonly Codec[], answered: readonly Codec[]): AgreedCodec[] {
  const byNumber = new Map(offered.map((codec) => [`${codec.payloadType} ${codec.identity}`, codec]));
  const byIdentity = new Map([...offered].reverse().map((codec) => [codec.identity, codec]));
  return answered.flatMap((codec) => {
    const partner = byNumber.get(`${codec.payloadType} ${codec.identity}`) ?? byIdentity.get(codec.identity);
    if (partner === undefined) return [];
    const feedback = shared(feedbackTypes(partner), feedbackTypes(codec));
    const { name, identity, role } = codec;
    return [{ name, identity, role, toAnswerer: codec.payloadType, toOfferer: partner.payloadType, feedback }];
  });
}

function feedbackTypes(codec: Codec): string[] {
  return codec.feedback.map((feedback) => feedback.type);
}

function uris(sdp: Sdp, section: MSection): string[] {
  return [...section.extensions, ...sdp.extensions].map((extension) => extension.uri);
}

function layers(section: MSection, direction: string): string[] {
  const lists = section.simulcast.flatMap((line) => line.lists).filter((each) => each.direction === direction);
  return lists.flatMap((each) => each.streams.flatMap((stream) => stream.slice(0, 1).map((layer) => layer.rid)));
}

/** What stands in both, each once, in the order of the second. */
function shared(left: readonly string[], right: readonly string[]): string[] {
  const known = new Set(left);
  return [...new Set(right)].filter((each) => known.has(each));
}

/** Without max-message-size it is 64 KiB (RFC 8841 6.1). */
const DEFAULT_MESSAGE_SIZE = 65_536;

function limits(receiver: MSection, data: boolean): AgreedLimits {
  const stated = Number(receiver.maxMessageSize?.value ?? DEFAULT_MESSAGE_SIZE);
  return {
    bandwidth: Object.fromEntries(receiver.bandwidth.map((limit) => [limit.modifier, limit.value])),
    messageSize: data ? (Number.isFinite(stated) ? stated : DEFAULT_MESSAGE_SIZE) : undefined,
  };
}
