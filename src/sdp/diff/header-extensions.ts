/** RTP header extensions by URI: which there are, under which id, in which direction (RFC 8285), and mixed header sizes. */
import type { Change, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { HeaderExtension, MSection, Sdp } from '../sdp.ts';
import { collapse } from './collapse.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { list } from './words.ts';

/** Class header-ext. */
export function diffHeaderExtensions(context: DiffContext): Change[] {
  const rtp = context.live.filter((pair) => isRtp(pair.after));
  return [...rtp.flatMap((pair) => extensionChange(context, pair)), ...mixedChange(context, rtp)];
}

function extensionChange(context: DiffContext, pair: SectionPair): Change[] {
  if (sameExtensions(context, pair)) return [];
  const before = extensionsOf(pair.beforeIsCommitted ? context.committed : context.before, pair.before);
  const after = extensionsOf(context.after, pair.after);
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
    if (pair.fromAnswer && !before.has(key)) return false;
    return value(before.get(key)) !== value(after.get(key));
  });
  if (keys.length === 0) return [];
  const picked = (side: ReadonlyMap<string, HeaderExtension>): ChangeValue =>
    Object.fromEntries([...keys].sort().flatMap((key) => (side.has(key) ? [[key, value(side.get(key))]] : [])));
  const draft = {
    class: 'header-ext' as const,
    before: picked(before),
    after: picked(after),
    sentence: sentenceOf(keys, before, after),
    linesBefore: keys.map((key) => before.get(key)?.line),
    linesAfter: keys.map((key) => after.get(key)?.line),
  };
  return [sectionChange(context, pair, 'extmap', draft)];
}

/** The usual case: the same lines in both sections, none for the session. */
function sameExtensions({ before, committed, after }: DiffContext, pair: SectionPair): boolean {
  if (before.extensions.length + committed.extensions.length + after.extensions.length > 0) return false;
  const [old, now] = [pair.before.extensions, pair.after.extensions];
  return old.length === now.length && old.every((one, place) => isSame(one, now[place]));
}

function isSame(one: HeaderExtension, other: HeaderExtension | undefined): boolean {
  return (
    one.id === other?.id && one.uri === other.uri && one.direction === other.direction && one.config === other.config
  );
}

/** By URI, in the section or for all sections; an encrypted one by what it encrypts; a repeated one by its place too. */
function extensionsOf(sdp: Sdp, section: MSection): Map<string, HeaderExtension> {
  const found = new Map<string, HeaderExtension>();
  const own = new Set(section.extensions.map((extension) => extension.uri));
  const inherited = sdp.extensions.filter((extension) => !own.has(extension.uri));
  const repeated = new Map<string, number>();
  for (const extension of [...section.extensions, ...inherited]) {
    const key = extension.uri.endsWith(':encrypt') ? `${extension.uri} ${extension.config ?? ''}` : extension.uri;
    const count = repeated.get(key) ?? 0;
    repeated.set(key, count + 1);
    found.set(count === 0 ? key : `${key} (${count + 1})`, extension);
  }
  return found;
}

/** Id, direction and configuration as written on the line. */
function value(extension: HeaderExtension | undefined): string {
  if (extension === undefined) return '';
  const direction = extension.direction === undefined ? '' : `/${extension.direction}`;
  const config = extension.config === undefined || extension.uri.endsWith(':encrypt') ? '' : ` ${extension.config}`;
  return `${extension.id}${direction}${config}`;
}

function sentenceOf(
  keys: readonly string[],
  before: ReadonlyMap<string, HeaderExtension>,
  after: ReadonlyMap<string, HeaderExtension>,
): string {
  const dropped = keys.filter((key) => !after.has(key)).map(shortUri);
  const added = keys
    .filter((key) => !before.has(key))
    .map((key) => `${shortUri(key)} (id ${visible(value(after.get(key)), 24)})`);
  const moved = keys
    .filter((key) => before.has(key) && after.has(key))
    .map((key) => `${shortUri(key)} ${visible(value(before.get(key)), 24)} → ${visible(value(after.get(key)), 24)}`);
  const parts = [];
  if (dropped.length > 0) parts.push(`drops header extension${plural(dropped)} ${list(dropped)}`);
  if (added.length > 0) parts.push(`adds header extension${plural(added)} ${list(added)}`);
  if (moved.length > 0) parts.push(`changes header extension${plural(moved)} ${list(moved)}`);
  return `${parts.join('; ')}.`;
}

function plural(words: readonly string[]): string {
  return words.length > 1 ? 's' : '';
}

/** The last part of the URI, which is how people call extensions: `video-orientation`, `sdes:mid`. */
function shortUri(uri: string): string {
  const [first = '', inner] = uri.split(' ');
  if (inner !== undefined && inner !== '' && !inner.startsWith('(')) return `encrypted ${shortUri(inner)}`;
  const match = /(?:^urn:ietf:params:rtp-hdrext:|^urn:3gpp:|[/#])([^/#]+)$/.exec(first);
  const name = match?.[1] ?? first;
  return name.includes('transport-wide-cc')
    ? 'transport-wide-cc'
    : visible(name.replace('-rtp-header-extension', ''), 40);
}

/** `a=extmap-allow-mixed` for the session or in a section. */
function mixedChange(context: DiffContext, rtp: readonly SectionPair[]): Change[] {
  const drafts = rtp.flatMap((pair) => {
    const source = pair.beforeIsCommitted ? context.committed : context.before;
    const before = mixedLine(source, pair.before);
    const after = mixedLine(context.after, pair.after);
    if ((before === undefined) === (after === undefined) || (pair.fromAnswer && before === undefined)) return [];
    const sentence =
      after === undefined
        ? 'no longer allows one-byte and two-byte header extensions to be mixed.'
        : 'allows one-byte and two-byte header extensions to be mixed.';
    const values = { before: before !== undefined, after: after !== undefined };
    return [{ pair, class: 'header-ext' as const, ...values, sentence, linesBefore: [before], linesAfter: [after] }];
  });
  return collapse(context, 'extmap-allow-mixed', drafts, rtp);
}

function mixedLine(sdp: Sdp, section: MSection): number | undefined {
  const isMixed = (attribute: { readonly name: string }) => attribute.name === 'extmap-allow-mixed';
  return (section.attributes.find(isMixed) ?? sdp.attributes.find(isMixed))?.line;
}
