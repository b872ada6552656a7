/** The options of `connect` that describe the peer, checked and in the shape the engine wants. */
import { RenegoError } from '../core/errors.ts';
import type { MediaKind } from '../core/event.ts';
import { nearest } from '../core/nearest.ts';
import type { IceServer } from '../engines/engine.ts';
import { protocolNamed, protocols } from '../protocols/index.ts';
import type { Protocol } from '../protocols/protocol.ts';

const MEDIA: readonly MediaKind[] = ['audio', 'video', 'data'];

/** `audio,video,data` in any order; '' or `none` for nothing. */
export function parseMedia(text: string): readonly MediaKind[] {
  const words = text.split(',').map((word) => word.trim());
  if (text === '' || text === 'none') return [];
  const wrong = words.find((word) => !(MEDIA as readonly string[]).includes(word));
  if (wrong !== undefined) {
    throw new RenegoError(
      'usage',
      'UNKNOWN_MEDIA',
      `--media: there is no '${wrong}'`,
      `There are ${MEDIA.join(', ')}.`,
    );
  }
  return MEDIA.filter((kind) => words.includes(kind));
}

/** `Name: value` lines. */
export function parseHeaders(lines: readonly string[] = []): Readonly<Record<string, string>> {
  const entries = lines.map((line) => {
    const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) return [name, value] as const;
    const hint = 'Write it like --header "Authorization: Bearer abc".';
    throw new RenegoError('usage', 'BAD_HEADER', `--header: '${line}' is no header`, hint);
  });
  return Object.fromEntries(entries);
}

/**
 * `stun:host[:port]`, `turn:host[:port][?transport=tcp]`, and with credentials `turn:user:password@host…`. A password may
 * hold colons and @; the last @ counts.
 */
export function parseIceServer(text: string): IceServer {
  const [, scheme, rest] = /^(stuns?|turns?):(?:\/\/)?(.+)$/i.exec(text) ?? [];
  const at = rest?.lastIndexOf('@') ?? -1;
  const colon = rest?.indexOf(':') ?? -1;
  const isTurn = scheme?.toLowerCase().startsWith('turn') === true;
  const bad = rest === undefined || (at >= 0 && (colon < 0 || colon > at || !isTurn)) || (isTurn && at < 0);
  if (bad) {
    const hint = 'Write it like stun:host:3478 or turn:user:password@host:3478.';
    throw new RenegoError('usage', 'BAD_ICE_SERVER', `--ice-server: '${text}' is no ICE server`, hint);
  }
  if (at < 0) return { urls: `${scheme}:${rest}` };
  const [username, credential] = [rest.slice(0, colon), rest.slice(colon + 1, at)];
  return { urls: `${scheme}:${rest.slice(at + 1)}`, username, credential };
}

/**
 * `name=value`, of the settings this protocol has. Throws RenegoError `usage`/`BAD_PARAM` for others, listing its own;
 * `protocol` is undefined where it is not known before the connection is there.
 */
export function parseParams(
  texts: readonly string[] = [],
  protocol: Protocol | undefined,
): Readonly<Record<string, string>> {
  const own = Object.entries(protocol?.params ?? {});
  const list = own.map(([name, meaning]) => `${name} (${meaning})`).join(', ');
  const entries = texts.map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) throw badParam(`'${text}' is not name=value`, `There are ${list}.`);
    if (protocol === undefined) {
      throw badParam(`whose setting '${name}' is cannot be told`, 'Name the protocol with --protocol.');
    }
    if (own.some(([one]) => one === name)) return [name, value] as const;
    const hint = own.length === 0 ? 'It has no settings of its own.' : `There are ${list}.`;
    throw badParam(`${protocol.name} has no setting '${name}'`, hint);
  });
  return Object.fromEntries(entries);
}

const badParam = (what: string, hint: string): RenegoError =>
  new RenegoError('usage', 'BAD_PARAM', `--param: ${what}`, hint);

/** Undefined for `auto`. Throws RenegoError `usage`/`UNKNOWN_PROTOCOL`. */
export function chooseProtocol(name: string): Protocol | undefined {
  const found = name === 'auto' ? undefined : protocolNamed(name);
  if (found !== undefined || name === 'auto') return found;
  const near = nearest(name, ['auto', ...protocols.map((protocol) => protocol.name)]);
  const hint = `${near === undefined ? '' : `Did you mean '${near}'? `}renego protocols lists all.`;
  throw new RenegoError('usage', 'UNKNOWN_PROTOCOL', `there is no protocol '${name}'`, hint);
}
