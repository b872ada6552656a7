/**
 * ICE and DTLS attributes where they count: which section stands for a transport (RFC 9143 7.1.2), and which transports
 * of a side go on from one committed description to the next.
 */
import type { Description } from '../core/model.ts';
import { tagOf, transportSection } from '../sdp/bundle.ts';
import type { MSection, Sdp } from '../sdp/sdp.ts';
import { isMasked } from './masked.ts';

/** The sections whose own attributes count once the groups are agreed: tagged ones and those in no group. */
export function taggedSections(sdp: Sdp): readonly MSection[] {
  return sdp.media.filter((section) => !section.rejected && transportSection(sdp, section) === section);
}

/**
 * Whether Firefox demands complete attributes here. In an answer, and for bundle-only sections, the group says who
 * shares a transport; any other section of an offer may still end up with one of its own.
 */
export function firefoxReads(description: Pick<Description, 'sdp' | 'type'>, section: MSection): boolean {
  if (section.rejected) return false;
  if (description.type === 'offer' && !section.bundleOnly) return true;
  return transportSection(description.sdp, section) === section;
}

/**
 * Whether Chrome applies this section's own attributes: not if an established group, which the section may only now
 * join, names another one as its tag. Rejecting the tag dissolves the group, and the offered one counts.
 */
export function chromeReads({ type, sdp, base }: Description, section: MSection): boolean {
  if (section.rejected) return false;
  const mid = section.mid?.value;
  if (mid === undefined) return true;
  if (type !== 'offer') return isOwnTag(tagOf(sdp, mid), mid);
  const established = agreed(base?.transport);
  if (!established) return true;
  const tag = tagOf(established, mid) ?? tagOf(established, tagOf(sdp, mid) ?? mid);
  if (tag !== undefined && !sdp.media.some((other) => !other.rejected && other.mid?.value === tag))
    return isOwnTag(tagOf(sdp, mid), mid);
  return isOwnTag(tag, mid);
}

const isOwnTag = (tag: string | undefined, mid: string): boolean => tag === undefined || tag === mid;

/** What settled the groups of the round a committed description took part in: its answer. */
function agreed(committed: Description | undefined): Sdp | undefined {
  return committed?.round?.answer?.sdp;
}

/** A transport of one side, as the committed description and as the new one state it. */
export interface KeptTransport {
  readonly before: MSection;
  readonly after: MSection;
}

/**
 * The transports of a side that go on: the tag of the last agreement is still the tag, and its slot was not recycled.
 * A moved tag, a section that has left or joined a group, or a new section has another transport, where everything may be new.
 */
export function keptTransports(before: Description, after: Description): readonly KeptTransport[] {
  const settled = agreed(before);
  if (!settled) return [];
  return taggedSections(settled).flatMap(({ index }) => {
    const old = before.sdp.media[index];
    const now = after.sdp.media[index];
    if (!old || !now || !goesOn(old, now)) return [];
    return transportSection(after.sdp, now) === now ? [{ before: old, after: now }] : [];
  });
}

/** Live in both, same kind and mid. */
export function goesOn(old: MSection, now: MSection): boolean {
  return !old.rejected && !now.rejected && old.kind === now.kind && old.mid?.value === now.mid?.value;
}

/** How a side's credentials changed from one section to the other; `unknown` where one of them is missing or masked. */
export type CredentialChange = 'none' | 'both' | 'ufrag' | 'pwd' | 'unknown';

export function credentialChange(before: MSection, after: MSection): CredentialChange {
  const values = [before.ice.ufrag, after.ice.ufrag, before.ice.pwd, after.ice.pwd].map((at) => at?.value ?? '');
  if (values.some((value) => value === '' || isMasked(value))) return 'unknown';
  const [oldUfrag, newUfrag, oldPwd, newPwd] = values;
  if (oldUfrag !== newUfrag) return oldPwd === newPwd ? 'ufrag' : 'both';
  return oldPwd === newPwd ? 'none' : 'pwd';
}

/** The credentials change on a transport that goes on, completely: an ICE restart (RFC 8839 4.4.1.1.1). */
export function restartsIce(description: Description): boolean {
  const before = description.base?.transport;
  return before !== undefined && keptTransports(before, description).some((kept) => changeOf(kept) === 'both');
}

/** No credential changed on any transport that goes on, and there is one. */
export function keepsIce(description: Description): boolean {
  const before = description.base?.transport;
  const kept = before ? keptTransports(before, description) : [];
  return kept.length > 0 && kept.every((transport) => changeOf(transport) === 'none');
}

export function changeOf({ before, after }: KeptTransport): CredentialChange {
  return credentialChange(before, after);
}

/** `same`: a certificate is in both; `unknown`: nothing readable to compare. */
export function certificateChange(before: MSection, after: MSection): 'same' | 'changed' | 'unknown' {
  const [old, now] = [before, after].map((section) => section.dtls.fingerprints.filter((f) => !isMasked(f.digest)));
  if (!old || !now) return 'unknown';
  const comparable = now.filter((f) => old.some((other) => other.hash === f.hash));
  if (comparable.length === 0) return 'unknown';
  return comparable.some((f) => old.some((o) => o.hash === f.hash && o.digest === f.digest)) ? 'same' : 'changed';
}
