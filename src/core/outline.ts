/**
 * What tracking needs of a description, scanned in one pass: which sections, which credentials, whose certificate.
 * A full parse of every description of a long session would cost time and memory nobody asked for; `Description.sdp` is for that.
 */
import type { Description } from './model.ts';
import { createRecent } from './recent.ts';
import { ownText } from './signal-text.ts';

export interface SectionOutline {
  readonly kind: string;
  readonly mid: string | undefined;
  /** Port 0 without `a=bundle-only` (guards G1, G4). */
  readonly rejected: boolean;
  /** Session-level credentials filled in (guard G2). */
  readonly ufrag: string | undefined;
  readonly pwd: string | undefined;
}

export interface Outline {
  /** False if the text is no session description. */
  readonly readable: boolean;
  /** `o=` session id. */
  readonly sessionId: string | undefined;
  /** All certificate fingerprints, upper case. */
  readonly fingerprints: ReadonlySet<string>;
  readonly sections: readonly SectionOutline[];
  /** The section whose transport the others share: first live mid of the BUNDLE group, else first live section. */
  readonly tag: SectionOutline | undefined;
}

/** Outlines that are kept for a while: more than are looked back for. */
const KEPT = 4000;

const outlines = createRecent<Description, Outline>(KEPT);

/** The outline of a description, scanned when it is asked for. */
export function outlineOf(description: Description): Outline {
  let outline = outlines.get(description);
  if (outline === undefined) {
    outline = scanOutline(description.text);
    outlines.set(description, outline);
  }
  return outline;
}

interface Level {
  kind: string;
  port: string;
  values: Map<string, string>;
}

/** Lines of interest, found in the text as it is: most of its lines are about codecs. */
const INTERESTING =
  /(?<![^\r\n])(?:m=(\S+)[ \t]+(\d+)|a=(mid|ice-ufrag|ice-pwd|bundle-only|fingerprint|group)(?::([^\r\n]*))?(?![^\r\n])|o=\S+ (\S+))/g;

/** Says what the outline of a description is, where it has been scanned already. */
export function noteOutline(description: Description, outline: Outline): void {
  outlines.set(description, outline);
}

/** Scans a session description. Never throws. */
export function scanOutline(text: string): Outline {
  const session: Level = { kind: '', port: '', values: new Map() };
  const media: Level[] = [];
  const fingerprints = new Set<string>();
  let sessionId: string | undefined;
  let bundle: readonly string[] = [];
  let level = session;
  for (const [, kind, port, name, value = '', id] of text.matchAll(INTERESTING)) {
    if (kind !== undefined && port !== undefined) {
      level = { kind, port, values: new Map() };
      media.push(level);
    } else if (id !== undefined) sessionId ??= id;
    else if (name === 'fingerprint') fingerprints.add(value.trim().toUpperCase());
    else if (name === 'group')
      bundle = bundle.length === 0 && value.startsWith('BUNDLE ') ? value.trim().split(/ +/).slice(1) : bundle;
    else if (name !== undefined) level.values.set(name, value.trim());
  }
  const sections = media.map((section) => sectionOutline(section, session));
  return { readable: text.startsWith('v='), sessionId, fingerprints, sections, tag: tagOf(sections, bundle) };
}

function sectionOutline({ kind, port, values }: Level, session: Level): SectionOutline {
  const own = values.get('ice-ufrag') === undefined ? session.values : values;
  return {
    kind,
    mid: ownText(values.get('mid')),
    rejected: Number(port) === 0 && !values.has('bundle-only'),
    ufrag: ownText(own.get('ice-ufrag')),
    pwd: ownText(values.get('ice-pwd') ?? session.values.get('ice-pwd')),
  };
}

function tagOf(sections: readonly SectionOutline[], bundle: readonly string[]): SectionOutline | undefined {
  const live = sections.filter((section) => !section.rejected);
  if (bundle.length > 0) {
    const byMid = new Map(live.map((section) => [section.mid, section]));
    for (const mid of bundle) if (byMid.has(mid)) return byMid.get(mid);
  }
  return live[0];
}

/** The answer has the sections of the offer: same number, same kinds, same mids (RFC 9429 5.3.1); a section without mid fits any. */
export function answerFits(offer: Outline, answer: Outline): boolean {
  return (
    offer.sections.length === answer.sections.length &&
    offer.sections.every((offered, index) => {
      const answered = answer.sections[index];
      if (answered?.kind !== offered.kind) return false;
      return answered.mid === undefined || offered.mid === undefined || answered.mid === offered.mid;
    })
  );
}

/** Both descriptions carry the same ICE credentials and the same certificate: one is a copy of the other (rule 114). */
export function sameEndpoint(a: Outline, b: Outline): boolean {
  if (a.tag?.ufrag === undefined || a.tag.pwd === undefined) return false;
  const sameIce = a.tag.ufrag === b.tag?.ufrag && a.tag.pwd === b.tag.pwd;
  return sameIce && a.fingerprints.size > 0 && shares(a.fingerprints, b.fingerprints);
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}

/**
 * The later description comes from another RTCPeerConnection (rules B.6): certificate, credentials and `o=` id are all new.
 * One of them alone proves nothing: see rules 0.2.
 */
export function otherPeerConnection(before: Outline, after: Outline): boolean {
  if (before.fingerprints.size === 0 || after.fingerprints.size === 0) return false;
  if (before.tag?.ufrag === undefined || after.tag?.ufrag === undefined) return false;
  const known = new Set(before.sections.map((section) => section.ufrag));
  return (
    !shares(before.fingerprints, after.fingerprints) &&
    !after.sections.some((section) => !section.rejected && known.has(section.ufrag)) &&
    before.sessionId !== after.sessionId
  );
}

/**
 * The sections could belong to the same negotiation: none removed, and kinds and mids stay at every index that was live
 * (RFC 9429 5.2.2). `recyclable` tells which indexes were free.
 */
export function continues(before: Outline, after: Outline, recyclable: (index: number) => boolean): boolean {
  return (
    after.sections.length >= before.sections.length &&
    before.sections.every((section, index) => {
      const next = after.sections[index];
      return recyclable(index) || (next?.kind === section.kind && next.mid === section.mid);
    })
  );
}

/** The offer restarts ICE: same tagged section, new user fragment and new password (RFC 8839 4.4.1.1.1). */
export function restartsIce(before: Outline, after: Outline): boolean {
  const [old, now] = [before.tag, after.tag];
  if (old?.ufrag === undefined || now?.ufrag === undefined || old.mid !== now.mid) return false;
  return old.ufrag !== now.ufrag && (old.pwd === undefined || old.pwd !== now.pwd);
}
