/**
 * Stand-ins for what must not be shared. Each looks like what it replaces and is as long, so that lengths stated beside it
 * (Content-Length, protobuf fields) stay true and rules judge it alike: an address stays of its kind, a ufrag a ufrag.
 */

export type SecretKind = 'address' | 'host' | 'ice-credentials' | 'fingerprint' | 'token' | 'id' | 'name';

export interface Aliases {
  /** The stand-in; the same for the same value, whatever it was found as. */
  of(kind: SecretKind, value: string): string;
  /** The stand-in of a value that has one, and of a name in other letters (`ALICE` where there is `alice`). */
  known(value: string): string | undefined;
  /** Kinds of which something was replaced, sorted. */
  kinds(): readonly SecretKind[];
}

const LEAD: Readonly<Record<SecretKind, string>> = {
  address: 'd',
  host: 'h',
  'ice-credentials': 'u',
  fingerprint: 'D',
  token: 't',
  id: 'd',
  name: 'p',
};

/** How many stand-ins are tried before one that another value has is taken. */
const TRIES = 20_000;

/** Stand-ins are given out in the order values appear: the same session always becomes the same text. */
export function createAliases(): Aliases {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const folded = new Set<string>();
  const counts = new Map<SecretKind, number>();

  function of(kind: SecretKind, value: string): string {
    const before = given.get(value);
    if (before !== undefined) return before;
    if (kind === 'name') folded.add(value.toLowerCase());
    let count = counts.get(kind) ?? 0;
    let alias = value;
    for (let tries = 0; tries < TRIES; tries += 1) {
      count += 1;
      alias = make(kind, value, count);
      if (alias !== value && !taken.has(alias) && !given.has(alias)) break;
    }
    counts.set(kind, count);
    given.set(value, alias);
    taken.add(alias);
    return alias;
  }

  return {
    of,
    known: (value) =>
      given.get(value) ?? (folded.has(value.toLowerCase()) && !taken.has(value) ? of('name', value) : undefined),
    kinds: () => [...counts.keys()].sort(),
  };
}

function make(kind: SecretKind, value: string, count: number): string {
  if (kind === 'fingerprint') return filled(value, count.toString(16), 'd', /[0-9a-f]/i, /[a-f]/.test(value));
  if (kind === 'id') return id(value, count.toString(16));
  if (kind !== 'address') return filled(value, count.toString(36), LEAD[kind], /[\p{L}\p{N}]/u, true);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(value)) return address4(value, count);
  return value.includes(':') ? address6(value, count) : filled(value, count.toString(16), 'd', /[0-9a-f]/i, true);
}

/** Hexadecimal digits do not repeat: a fingerprint of one byte over and over would be a fault of its own. */
const PADDING = {
  hex: (room: number): string => '1c2b3a4958677685'.repeat(Math.ceil(room / 16)),
  zeros: (room: number): string => '0'.repeat(room),
};

/** Letters and digits replaced by a number that is right-aligned, filled with zeros, and led by a letter; the rest stays. */
function filled(value: string, number: string, lead: string, what: RegExp, lower: boolean): string {
  const characters = [...value];
  const places = characters.flatMap((character, at) => (what.test(character) ? [at] : []));
  const room = places.length;
  const text =
    number.length < room
      ? (lead + PADDING[lead === 'd' ? 'hex' : 'zeros'](room)).slice(0, room - number.length) + number
      : number.slice(-room);
  for (const [index, at] of places.entries())
    characters[at] = lower ? (text[index] ?? '') : (text[index] ?? '').toUpperCase();
  return characters.join('');
}

/** Hexadecimal digits that a long id begins with: it is often shown cut off, and must be told from others all the same. */
const SHOWN = 8;

function id(value: string, number: string): string {
  const digits = value.match(/[0-9a-f]/gi)?.length ?? 0;
  const rest = digits - SHOWN;
  const whole =
    rest > number.length && number.length < SHOWN
      ? `d${number.padStart(SHOWN - 1, '0')}${PADDING.hex(rest).slice(0, rest)}`
      : number;
  return filled(value, whole, 'd', /[0-9a-f]/i, !/[A-F]/.test(value));
}

/** Octets keep their number of digits, and those that make the kind of address (private, link-local, …) their value. */
function address4(value: string, count: number): string {
  const octets = value.split('.');
  const fixed = fixedOctets(Number(octets[0]), Number(octets[1]));
  let rest = count;
  const made = octets.toReversed().map((octet, index) => {
    const at = octets.length - 1 - index;
    if (at < fixed) return octet;
    // Of a public address the first octet must not make it a special one.
    const [least, most] = RANGES[octet.length] ?? [0, 9];
    const [low, high] =
      at > 0 ? [least, most] : octet.length === 3 ? [192, 223] : octet.length === 2 ? [50, 99] : [1, 9];
    const size = high - low + 1;
    const digit = low + (rest % size);
    rest = Math.floor(rest / size);
    return String(digit);
  });
  const address = made.toReversed().join('.');
  return fixedOctets(Number(address.split('.')[0]), Number(address.split('.')[1])) === fixed ? address : value;
}

const RANGES: Readonly<Record<number, readonly [number, number]>> = { 1: [0, 9], 2: [10, 99], 3: [100, 254] };

/** How many leading octets say what kind of address it is (RFC 1918, 3927, 6598, multicast); 0 for a public one. */
function fixedOctets(first: number, second: number): number {
  if (first === 10 || first === 127 || (first >= 224 && first <= 239)) return 1;
  if ((first === 192 && second === 168) || (first === 169 && second === 254)) return 2;
  if (first === 172 && second >= 16 && second <= 31) return 2;
  return first === 100 && second >= 64 && second <= 127 ? 2 : 0;
}

/** The first group stays where it says the kind (fe80, fd…, ff…); a global one becomes documentation-like. */
function address6(value: string, count: number): string {
  const cut = value.indexOf(':');
  const first = value.slice(0, cut);
  const special = /^f[cdef]/i.test(first) || first === '';
  const lead = special ? first : '2001'.slice(0, first.length);
  return lead + filled(value.slice(cut), count.toString(16), 'd', /[0-9a-f]/i, true);
}
