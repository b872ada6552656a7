/**
 * Makes a session fit to be shared: addresses, ICE credentials, fingerprints, tokens, ids, names and hosts become stable
 * stand-ins. Equal stays equal and different different, so changes and findings are the same before and after.
 */
import type { MessageEvent, PartyId, SessionHeader, SignalEvent } from '../core/event.ts';
import { type Aliases, createAliases } from './redact/alias.ts';
import { redactBytes, redactText } from './redact/text.ts';
import { isVocabulary } from './redact/vocabulary.ts';

export interface Redactor {
  /** `redacted` lists the kinds of secrets that are looked for. */
  header(header: SessionHeader): SessionHeader;
  /** In order: what an event tells to be secret is replaced in it and in all that come. */
  event(event: SignalEvent): SignalEvent;
  /** Any text about the session, such as the message of a finding. */
  text(text: string): string;
}

/** What a header says was redacted. */
export const REDACTED = ['addresses', 'hosts', 'ice-credentials', 'fingerprints', 'tokens', 'ids', 'names'] as const;

/** Members whose values are words of the format. */
const FORMAT = new Set([
  'kind',
  'type',
  'encoding',
  'protocol',
  'change',
  'dir',
  'op',
  'of',
  'code',
  'method',
  'do',
  'seq',
  't',
]);

export function createRedactor(): Redactor {
  const aliases = createAliases();
  const text = (value: string): string => redactText(aliases, value);
  return {
    header(header) {
      for (const party of header.parties) learn(aliases, party);
      return { ...(members(aliases, header) as SessionHeader), redacted: REDACTED };
    },
    event(event) {
      for (const name of namesIn(event)) learn(aliases, name);
      for (const place of placesIn(event)) aliases.of('token', place);
      if (event.kind !== 'message') return members(aliases, event) as SignalEvent;
      const { raw: _, ...rest } = event;
      // Where it stands on the wire says what is secret; elsewhere it is only met again.
      const raw = redactRaw(aliases, event);
      return { ...(members(aliases, rest) as Omit<typeof event, 'raw'>), raw };
    },
    text,
  };
}

function namesIn(event: SignalEvent): readonly PartyId[] {
  const met =
    event.kind === 'message' ? event.signals.flatMap((signal) => (signal.type === 'presence' ? [signal.who] : [])) : [];
  return [event.from, event.to, ...met];
}

/** The last part of where a session was made: who knows the address can end it. */
function placesIn(event: SignalEvent): readonly string[] {
  if (event.kind !== 'message') return [];
  const headers = [event.http?.headers, ...event.signals.map((signal) => ('headers' in signal ? signal.headers : {}))];
  return headers.flatMap((one) => {
    const place = one?.location?.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
    return place.length >= 8 && !isVocabulary(place) ? [place] : [];
  });
}

/** Roles, and names as short as `a`, tell nothing about anybody. */
function learn(aliases: Aliases, name: PartyId): void {
  if (name.length > 2 && !isVocabulary(name)) aliases.of('name', name);
}

/** All strings in it, at any depth. */
function members(aliases: Aliases, value: unknown, key = ''): unknown {
  if (typeof value === 'string') return FORMAT.has(key) ? value : member(aliases, key, value);
  if (Array.isArray(value)) return value.map((one) => members(aliases, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, members(aliases, one, name)]));
}

/** What a member is called may say that it is secret. */
function member(aliases: Aliases, key: string, value: string): string {
  const known = aliases.known(value);
  if (known !== undefined || !TELLING.test(key)) return known ?? redactText(aliases, value);
  const label = `"${key}":"`;
  return redactText(aliases, `${label}${value}"`).slice(label.length, -1);
}

const TELLING = /ufrag|fragment|pwd|pass|token|secret|cred|auth|user|display|nick|mail|phone|jwt|pin|key|cookie/i;

/** A frame that hides its text (compressed, encrypted) cannot be cleaned, so nothing of it is kept. */
function redactRaw(aliases: Aliases, { raw, encoding, signals }: MessageEvent): string {
  if (encoding === 'text') return aliases.known(raw) ?? redactText(aliases, raw);
  const bytes = redactBytes(aliases, raw);
  const told = signals.some((signal) => 'sdp' in signal || signal.type === 'candidate');
  return bytes === undefined || (told && !/v=0|candidate:/.test(atob(bytes))) ? '' : bytes;
}
