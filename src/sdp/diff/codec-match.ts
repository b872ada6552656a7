/** Which payload type of one section is which of the other, and how to call it (rules C.2: identity before number). */
import { visible } from '../printable.ts';
import type { Codec } from '../sdp.ts';
import type { SectionPair } from './context.ts';

export interface CodecPair {
  readonly before: Codec;
  readonly after: Codec;
  /** What to call it in sentences and paths; the same seen from either side. */
  readonly label: string;
}

export interface CodecMatch {
  /** In the order of `after`. */
  readonly pairs: readonly CodecPair[];
  readonly removed: readonly Codec[];
  readonly added: readonly Codec[];
  /** The name of a codec, with what tells it from others of that name in this section. */
  readonly label: (codec: Codec) => string;
}

const cache = new WeakMap<SectionPair, CodecMatch>();

/** Matches the codecs of a section pair; computed once per pair. */
export function matchCodecs(pair: SectionPair): CodecMatch {
  const known = cache.get(pair);
  if (known !== undefined) return known;
  const match = match3(pair.before.codecs, pair.after.codecs);
  cache.set(pair, match);
  return match;
}

/** Nothing about the codecs of the pair differs: the same list, with the same parameters and feedback. */
export function sameCodecs({ before, after }: SectionPair): boolean {
  return (
    before.formats.length === after.formats.length &&
    before.codecs.length === after.codecs.length &&
    before.codecs.every((codec, place) => {
      const other = after.codecs[place];
      return other !== undefined && isSame(codec, other);
    })
  );
}

function isSame(one: Codec, other: Codec): boolean {
  return (
    one.payloadType === other.payloadType &&
    one.identity === other.identity &&
    one.name === other.name &&
    one.clockRate === other.clockRate &&
    one.channels === other.channels &&
    one.fmtp.length === other.fmtp.length &&
    one.fmtp.every(({ text }, place) => text === other.fmtp[place]?.text) &&
    one.feedback.length === other.feedback.length &&
    one.feedback.every(({ type }, place) => type === other.feedback[place]?.type)
  );
}

/** Same number and identity first, then same identity, then same number and name (only fmtp made it another codec). */
function match3(before: readonly Codec[], after: readonly Codec[]): CodecMatch {
  const partner = new Map<Codec, Codec>();
  let left = [...before];
  let right = [...after];
  for (const key of [numberAndIdentity, identity, numberAndName]) {
    const waiting = new Map<string, Codec[]>();
    for (const codec of left) push(waiting, key(codec), codec);
    for (const lists of waiting.values()) lists.reverse();
    right = right.filter((codec) => {
      const found = waiting.get(key(codec))?.pop();
      if (found !== undefined) partner.set(codec, found);
      return found === undefined;
    });
    const taken = new Set(partner.values());
    left = left.filter((codec) => !taken.has(codec));
  }
  const label = labeller([...before, ...after]);
  const pairs = after.flatMap((codec) => {
    const old = partner.get(codec);
    return old === undefined ? [] : [pairUp(old, codec, label)];
  });
  return { pairs, removed: left, added: right, label };
}

/** Most pairs are equal and never named, so the label is made when somebody asks for it. */
function pairUp(before: Codec, after: Codec, label: (codec: Codec) => string): CodecPair {
  return {
    before,
    after,
    get label() {
      return commonLabel(before, after, label);
    },
  };
}

function numberAndIdentity(codec: Codec): string {
  return `${codec.payloadType} ${codec.identity}`;
}

function identity(codec: Codec): string {
  return codec.identity;
}

function numberAndName(codec: Codec): string {
  return `${codec.payloadType} ${codec.name.toLowerCase()}/${codec.clockRate}/${codec.channels}`;
}

function push(lists: Map<string, Codec[]>, key: string, codec: Codec): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [codec]);
  else list.push(codec);
}

function commonLabel(before: Codec, after: Codec, label: (codec: Codec) => string): string {
  if (before.identity !== after.identity) return `${nameOf(after)}[${visible(after.payloadType, 8)}]`;
  const names = [label(before), label(after)].sort();
  return names[0] ?? '';
}

/** Names alone where they tell codecs apart; else with profile, clock rate or the codec an rtx belongs to. */
function labeller(codecs: readonly Codec[]): (codec: Codec) => string {
  const identities = new Map<string, Set<string>>();
  for (const codec of codecs) {
    const name = codec.name.toLowerCase();
    const set = identities.get(name) ?? new Set();
    set.add(codec.identity);
    identities.set(name, set);
  }
  return (codec) => {
    const repair = codec.identity.startsWith('rtx→') ? codec.identity.slice(4) : undefined;
    if (repair !== undefined) return `rtx of ${describe(repair)}`;
    if (codec.name === '') return nameOf(codec);
    const ambiguous = (identities.get(codec.name.toLowerCase())?.size ?? 0) > 1;
    return ambiguous ? describe(codec.identity, codec.name) : nameOf(codec);
  };
}

function nameOf(codec: Codec): string {
  return codec.name === '' ? `payload type ${visible(codec.payloadType, 8)}` : visible(codec.name, 30);
}

/** `h264/90000;baseline;packetization-mode=1` → `H264 baseline mode 1`; `vp9/90000;profile-id=2` → `VP9 profile 2`. */
function describe(identity: string, spelling?: string): string {
  const [base = '', ...marks] = identity.split(';');
  const [name = '', clock = ''] = base.split('/');
  const shown = spelling ?? (/^(h26[345]|vp[89]|av1|pcm[au]|g72\d)$/.test(name) ? name.toUpperCase() : name);
  if (marks.length === 0) return visible(spelling === undefined || clock === '' ? shown : `${shown}/${clock}`, 50);
  const words = marks.map((mark) =>
    mark.replace('packetization-mode=', 'mode ').replace(/^profile(-id)?=/, 'profile '),
  );
  return visible([shown, ...words].join(' '), 50);
}
