/** RTP header extensions of sections and sessions, and what browsers say when a number changes its meaning (RFC 8285). */
import type { ExtensionList, Ledger } from '../core/ledger.ts';
import type { Description } from '../core/model.ts';
import { bundleGroups, tagOf } from '../sdp/bundle.ts';
import type { HeaderExtension, MSection, Sdp } from '../sdp/sdp.ts';
import { chromeRefuses, firefoxRefuses } from './browser.ts';
import { effectiveMids } from './mids.ts';

export const URI = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  streamId: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  transportCc: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  sendTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
} as const;

export const ENCRYPT = 'urn:ietf:params:rtp-hdrext:encrypt';

/** The section's extensions; those of the session part where it has none of its own. */
export function extensionsOf(sdp: Sdp, section: MSection): readonly HeaderExtension[] {
  return section.extensions.length > 0 ? section.extensions : sdp.extensions;
}

/** What a number stands for: the URI; of an encrypted extension (RFC 6904) the URI inside, and that it is encrypted. */
export function meaningOf({ uri, config }: Pick<HeaderExtension, 'uri' | 'config'>): string {
  return uri === ENCRYPT ? `${uri} ${config ?? ''}` : uri;
}

/** RTP sections that are not rejected. */
export function rtpSections(sdp: Sdp): readonly MSection[] {
  return sdp.media.filter((section) => !section.rejected && section.protocol.includes('RTP/'));
}

/** The RTP sections of each BUNDLE group in its order, those in no group by themselves. */
export function extensionScopes(sdp: Sdp): readonly (readonly MSection[])[] {
  const rtp = rtpSections(sdp);
  const byMid = new Map(rtp.flatMap((section) => (section.mid ? [[section.mid.value, section]] : [])));
  const grouped = bundleGroups(sdp).map((group) => group.mids.flatMap((mid) => byMid.get(mid) ?? []));
  const inside = new Set(grouped.flat());
  return [...grouped, ...rtp.filter((section) => !inside.has(section)).map((section) => [section])];
}

/** Chromium sorts the extensions of a section by URI before it compares them with those in use. */
function sorted(extensions: readonly HeaderExtension[]): readonly HeaderExtension[] {
  return [...extensions].sort((one, other) => (one.uri < other.uri ? -1 : one.uri > other.uri ? 1 : 0));
}

/** Chromium on two meanings of one number in a section of its own transport. */
export function chromeDuplicate(description: Description, section: MSection, mid: string): string | undefined {
  const seen = new Set<string>();
  for (const { id, uri } of sorted(extensionsOf(description.sdp, section))) {
    if (seen.has(id))
      return chromeRefuses(description, `Duplicate extension ID: {uri: ${uri}, id: ${id}} (mid=${mid})`);
    seen.add(id);
  }
  return undefined;
}

/**
 * Chromium's refusal of a number that already stands for something else: it keeps the newest list of every mid on a
 * transport, rejected ones included, and compares section by section. Undefined if it finds nothing.
 */
export function chromeReassignment(
  description: Description,
  inUse: ReadonlyMap<string, ExtensionList>,
): string | undefined {
  const { sdp } = description;
  const own = rtpSections(sdp).map((section) => extensionsOf(sdp, section));
  if (!hasTwoMeanings([...inUse.values(), ...own])) return undefined;
  const lists = new Map(inUse);
  const mids = effectiveMids(description);
  for (const section of rtpSections(sdp)) {
    const mid = mids[section.index] ?? '';
    const list = extensionsOf(sdp, section);
    const peers = [...lists].filter(([other]) => other === mid || shareTransport(sdp, mid, other));
    for (const { id, uri } of sorted(list)) {
      for (const [other, used] of peers) {
        const old = used.find((extension) => extension.id === id);
        if (old === undefined || old.uri === uri) continue;
        const collision = `collision on active MID ${other}, id=${id}, old_uri="${old.uri}", new_uri="${uri}"`;
        return chromeRefuses(description, `RTP extension ID reassignment not supported (${collision}). (mid=${mid})`);
      }
    }
    lists.set(mid, list);
  }
  return undefined;
}

/** Whether an id stands for two URIs in these lists. */
export function hasTwoMeanings(lists: readonly ExtensionList[]): boolean {
  const meanings = new Map<string, string>();
  return lists.some((list) =>
    list.some(({ id, uri }) => {
      const known = meanings.get(id);
      if (known === undefined) meanings.set(id, uri);
      return known !== undefined && known !== uri;
    }),
  );
}

/** Both in one group, or the other one is gone from the description and was in a group once. */
function shareTransport(sdp: Sdp, mid: string, other: string): boolean {
  const tag = tagOf(sdp, mid);
  if (tag === undefined) return false;
  return tagOf(sdp, other) === tag || !sdp.media.some((section) => !section.rejected && section.mid?.value === other);
}

/**
 * The lists Chromium has in use when it gets a first or later answer: those of its own offer, as far as their sections
 * already share a transport or keep their own. A section that only now joins the group of another one brings nothing.
 */
export function inUseForAnswer(offer: Sdp, answer: Sdp, ledger: Ledger): Map<string, ExtensionList> {
  const lists = new Map(ledger.extensionLists);
  for (const section of rtpSections(offer)) {
    const mid = section.mid?.value;
    if (mid === undefined) continue;
    const tag = tagOf(answer, mid);
    const joins = tag !== undefined && tag !== mid && !section.bundleOnly && !lists.has(mid);
    if (!joins) lists.set(mid, extensionsOf(offer, section));
  }
  return lists;
}

/** Firefox's refusal: it remembers the meaning every number had in an answer, the newest one. */
export function firefoxRemap(sdp: Sdp, ledger: Ledger): string | undefined {
  for (const section of rtpSections(sdp)) {
    for (const { id, uri } of extensionsOf(sdp, section)) {
      const old = ledger.answeredExtensions.get(id);
      if (old !== undefined && old !== uri)
        return firefoxRefuses(`Remote description attempted to remap RTP extension id ${id} from ${old} to ${uri}`);
    }
  }
  return undefined;
}
