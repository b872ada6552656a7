/** SDP fragments (RFC 8840) of WHIP and WHEP: what of a description they carry, and what they change in one. */
import type { CandidateSignal } from '../../core/event.ts';

/** Media type of a fragment. */
export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';
export const SDP_TYPE = 'application/sdp';

const sectionsOf = (sdp: string): string[] => sdp.split(/^(?=m=)/m);
const attributeOf = (text: string, attribute: string): string | undefined =>
  new RegExp(`^a=${attribute}:([^\\r\\n]+)`, 'm').exec(text)?.[1]?.trim();
const isSection = (text: string): boolean => text.startsWith('m=');

/** Whether it is a fragment rather than a whole description. */
export const isFragment = (text: string): boolean => !/^v=0/m.test(text) && /^a=(?:ice-|candidate:|mid:)/m.test(text);

/** The first ICE user fragment and password. */
export function credentialsOf(sdp: string): { readonly ufrag?: string; readonly pwd?: string } {
  const [ufrag, pwd] = [attributeOf(sdp, 'ice-ufrag'), attributeOf(sdp, 'ice-pwd')];
  return { ...(ufrag !== undefined && { ufrag }), ...(pwd !== undefined && { pwd }) };
}

/**
 * What of this description a fragment carries (RFC 9725, section 4.3): the BUNDLE group, credentials, and those of the
 * sections that `candidates` are for, at least the first. Candidates that stand in the description go along.
 */
export function fragmentOf(sdp: string, candidates: readonly CandidateSignal[], end: boolean): string {
  const sections = sectionsOf(sdp);
  const group = /^a=group:BUNDLE[^\r\n]*/m.exec(sdp)?.[0];
  const media = sections.filter(isSection);
  const lines = media.flatMap((section, index): string[] => {
    const mid = attributeOf(section, 'mid');
    const own = candidates.filter((one) => (one.mid === undefined ? (one.mLine ?? 0) === index : one.mid === mid));
    const standing: readonly string[] = section.match(/^a=(?:candidate:[^\r\n]+|end-of-candidates)/gm) ?? [];
    if (own.length === 0 && standing.length === 0 && index > 0) return [];
    const { ufrag, pwd } = { ...credentialsOf(sections[0] ?? ''), ...credentialsOf(section) };
    return [
      /^m=[^\r\n]*/.exec(section)?.[0] ?? '',
      `a=mid:${mid ?? index}`,
      `a=ice-ufrag:${ufrag ?? ''}`,
      `a=ice-pwd:${pwd ?? ''}`,
      ...standing,
      ...own.map(({ candidate }) => `a=${candidate}`),
      ...(end && !standing.includes('a=end-of-candidates') ? ['a=end-of-candidates'] : []),
    ];
  });
  return [...(group === undefined ? [] : [group]), ...lines, ''].join('\r\n');
}

/**
 * The description after an ICE restart by this fragment: its credentials in every section, its candidates in place of all
 * old ones. Undefined if the fragment has no credentials.
 */
export function withFragment(sdp: string, fragment: string): string | undefined {
  const { ufrag, pwd } = credentialsOf(fragment);
  if (ufrag === undefined || pwd === undefined) return undefined;
  const fresh = new Map(sectionsOf(fragment).map((text) => [attributeOf(text, 'mid'), candidateLines(text)]));
  const loose = candidateLines(sectionsOf(fragment).find((text) => !isSection(text)) ?? '');
  const [session = '', ...media] = sectionsOf(sdp);
  const restarted = (text: string): string =>
    text
      .replace(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '')
      .replace(/^(a=ice-ufrag:)[^\r\n]*/gm, (_line, name: string) => name + ufrag)
      .replace(/^(a=ice-pwd:)[^\r\n]*/gm, (_line, name: string) => name + pwd);
  const changed = media.map((section, index) => {
    const own = fresh.get(attributeOf(section, 'mid')) ?? [];
    const lines = index === 0 ? [...loose, ...own] : own;
    return restarted(section) + lines.map((line) => `${line}\r\n`).join('');
  });
  return [restarted(session), ...changed].join('');
}

const candidateLines = (text: string): string[] =>
  [...text.matchAll(/^a=(?:candidate:[^\r\n]+|end-of-candidates)/gm)].map(([line]) => line);

/** The server's counter-offer as the answer to a later restart: we took the active part of DTLS when we answered it. */
export const asAnswer = (sdp: string): string => sdp.replace(/^(a=setup:)actpass(?=\s*$)/gm, '$1passive');
