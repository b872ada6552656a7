/**
 * The order in which browsers look at ICE and DTLS attributes: each refuses with the first thing it does not like, so
 * a rule quotes a browser only if its own subject comes first.
 */
import type { Description } from '../core/model.ts';
import type { MSection } from '../sdp/sdp.ts';
import { isRtp } from '../sdp/section.ts';
import { chromeRefuses, chromeSection, firefoxRefuses } from './browser.ts';
import { isMasked } from './masked.ts';
import type { Refusal } from './rule.ts';
import { chromeReads, firefoxReads, taggedSections } from './transport.ts';

export type TransportSubject = 'ufrag' | 'pwd' | 'fingerprint' | 'setup';

interface Objection {
  readonly about: TransportSubject;
  readonly reason: string;
}

/** What browsers say about this description, if what they object to first is one of these. */
export function transportRefusal(description: Description, about: readonly TransportSubject[]): Refusal {
  const chrome = chromeObjection(description);
  const firefox = firefoxObjection(description);
  return {
    ...(chrome && about.includes(chrome.about) ? { chrome: chrome.reason } : {}),
    ...(firefox && about.includes(firefox.about) ? { firefox: firefoxRefuses(firefox.reason) } : {}),
  };
}

/** The value, where there is one to judge. */
function stated(at: { readonly value: string } | undefined): string {
  return at?.value ?? '';
}

/** The section names a fingerprint, readable or not (guard G9). */
export function namesFingerprint(description: Pick<Description, 'sdp'>, section: MSection): boolean {
  const named = (attributes: MSection['attributes']) => attributes.some(({ name }) => name === 'fingerprint');
  return section.dtls.fingerprints.length > 0 || named(section.attributes) || named(description.sdp.attributes);
}

/** libwebrtc checks the certificates of all transports, then all credentials, then applies section by section. */
function chromeObjection(description: Description): Objection | undefined {
  const tagged = taggedSections(description.sdp);
  if (tagged.some((section) => !namesFingerprint(description, section)))
    return { about: 'fingerprint', reason: chromeRefuses(description, 'Called with SDP without DTLS fingerprint.') };
  const bare = tagged.find((section) => stated(section.ice.ufrag) === '' || stated(section.ice.pwd) === '');
  if (bare)
    return {
      about: stated(bare.ice.ufrag) === '' ? 'ufrag' : 'pwd',
      reason: chromeRefuses(description, 'Called with SDP without ice-ufrag and ice-pwd.'),
    };
  for (const section of description.sdp.media) {
    const objection = chromeReads(description, section) ? chromeSectionObjection(description, section) : undefined;
    const mid = section.mid?.value;
    if (objection && mid !== undefined)
      return { about: objection.about, reason: chromeSection(description, mid, objection.reason) };
  }
  return undefined;
}

function chromeSectionObjection({ type }: Description, { ice, dtls }: MSection): Objection | undefined {
  const [ufrag, pwd] = [stated(ice.ufrag), stated(ice.pwd)];
  if (ufrag !== '' || pwd !== '') {
    const objection = chromeCredential('ufrag', ufrag, 4) ?? chromeCredential('pwd', pwd, 22);
    if (objection) return objection;
  }
  const setup = dtls.setup?.value.toLowerCase();
  if (type === 'offer' || (setup !== 'actpass' && setup !== 'holdconn')) return undefined;
  return { about: 'setup', reason: 'Answerer must use either active or passive value for setup attribute.' };
}

function chromeCredential(about: 'ufrag' | 'pwd', value: string, least: number): Objection | undefined {
  if (isMasked(value)) return undefined;
  const reason = (must: string) => ({ about, reason: `Invalid ICE parameters: ICE ${about} must ${must}` });
  if (value.length < least || value.length > 256) return reason(`be between ${least} and 256 characters long.`);
  if (!/^[A-Za-z0-9+/\-_=#]*$/.test(value)) return reason("contain only alphanumeric characters, '+', and '/'.");
  return undefined;
}

/** Firefox goes from section to section and asks for ufrag, pwd, fingerprint and setup, in this order. */
function firefoxObjection(description: Description): Objection | undefined {
  // In an offer it misses a=rtcp-mux before it looks at any of these.
  if (description.type === 'offer' && description.sdp.media.some(lacksMux)) return undefined;
  for (const section of description.sdp.media) {
    const objection = firefoxReads(description, section) ? firefoxSectionObjection(description, section) : undefined;
    if (objection) return objection;
  }
  return undefined;
}

function lacksMux(section: MSection): boolean {
  const media = section.kind === 'audio' || section.kind === 'video';
  return media && !section.rejected && section.rtcpMux === undefined && isRtp(section.protocol);
}

function firefoxSectionObjection(description: Description, section: MSection): Objection | undefined {
  const credential = (about: 'ufrag' | 'pwd', value: string, least: number): Objection | undefined => {
    const fault = value === '' ? `no ice-${about} attribute` : `ice-${about} is too short`;
    if (value.length >= least || isMasked(value)) return undefined;
    return { about, reason: `Invalid description, ${fault} at level ${section.index}` };
  };
  const { ice } = section;
  const objection = credential('ufrag', stated(ice.ufrag), 4) ?? credential('pwd', stated(ice.pwd), 22);
  if (objection) return objection;
  if (!namesFingerprint(description, section))
    return { about: 'fingerprint', reason: `Invalid description, no fingerprint attribute at level ${section.index}` };
  return firefoxSetup(description, section);
}

const ROLES = new Set(['active', 'passive', 'actpass', 'holdconn']);

function firefoxSetup({ type }: Description, { dtls, index }: MSection): Objection | undefined {
  const setup = dtls.setup?.value.trim().toLowerCase() ?? '';
  const illegal = (kind: string): Objection => ({
    about: 'setup',
    reason: `Invalid ${kind}, illegal setup attribute "${setup}" at level ${index}`,
  });
  if (setup === 'holdconn') return illegal('description');
  if (type === 'answer' && setup === 'actpass') return illegal('answer');
  if (type !== 'offer' || ROLES.has(setup)) return undefined;
  return { about: 'setup', reason: `Invalid offer, no setup attribute at level ${index}` };
}
