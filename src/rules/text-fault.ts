/** What happened to the text as a whole: wrapped or encoded once more, or its lines damaged. Later rules are silent then. */

import type { Description } from '../core/model.ts';
import { readAs } from '../core/sent-description.ts';
import { parseSdp } from '../sdp/parse.ts';
import type { Sdp, SdpLine } from '../sdp/sdp.ts';
import { firefoxRefuses } from './browser.ts';
import { libwebrtcSays, libwebrtcStop } from './libwebrtc-text.ts';
import type { Refusal } from './rule.ts';
import { sipccReads, sipccRefuses } from './sipcc.ts';
import { transportRefusal } from './transport-refusal.ts';

/** What the text is instead of a description, as a noun phrase; undefined if it is plain text. */
export function wrappingOf({ text }: Sdp): string | undefined {
  const start = text.slice(0, 64).trimStart();
  if (start.startsWith('{')) return 'a JSON object';
  if (start.startsWith('[')) return 'a JSON array';
  if (start.startsWith('"')) return 'a quoted JSON string';
  if (start.startsWith('&lt;') || start.startsWith('<')) return 'markup';
  if (/^dj0w/.test(start)) return 'base64';
  if (/^v(?:=|%3D)0(?:%0D)?%0A/i.test(start)) return 'URL-encoded text';
  if (/&#(?:1[03]|x0?[ad]);|<br ?\/?>/i.test(text)) return 'text with HTML line breaks';
  if (/^v=0(?:\\r)?\\n/.test(start)) return 'text whose line breaks arrive as the letters \\r\\n';
  return undefined;
}

/** The first character no browser's parser expects: Firefox refuses all that is not ASCII. */
export function foreignCharacter({ text }: Sdp): { readonly at: number; readonly character: string } | undefined {
  const at = text.search(/[^\0-\x7f]/);
  return at < 0 ? undefined : { at, character: String.fromCodePoint(text.codePointAt(at) ?? 0) };
}

export type Framing = 'indented' | 'bare-cr' | 'blank' | 'unterminated';

/** How the lines are damaged, and which. */
export interface FramingFault {
  readonly fault: Framing;
  readonly lines: readonly SdpLine[];
}

const FRAMINGS = new WeakMap<Sdp, FramingFault | 'none'>();

/** The damage to the lines; undefined if they are sound. Computed once per description, linear in its size. */
export function framingFault(sdp: Sdp): FramingFault | undefined {
  let fault = FRAMINGS.get(sdp);
  if (fault === undefined) {
    fault = damageTo(sdp.lines.filter(({ text, eol }) => eol.length < 2 || text === '' || !/^\S/.test(text))) ?? 'none';
    FRAMINGS.set(sdp, fault);
  }
  return fault === 'none' ? undefined : fault;
}

function damageTo(lines: readonly SdpLine[]): FramingFault | undefined {
  const tests: readonly (readonly [Framing, (line: SdpLine) => boolean])[] = [
    ['indented', ({ text }) => /^[ \t]+[a-z]=/i.test(text)],
    ['bare-cr', ({ eol }) => eol === '\r'],
    ['blank', ({ text }) => text.trim() === ''],
    ['unterminated', ({ eol, text }) => eol === '' && /^[a-z]=/.test(text)],
  ];
  for (const [fault, test] of tests) {
    const damaged = lines.filter(test);
    if (damaged.length > 0) return { fault, lines: damaged };
  }
  return undefined;
}

const DAMAGED = new WeakMap<Sdp, boolean>();

/** Whether the text as a whole is the cause of whatever else is wrong with it. */
export function isDamaged(sdp: Sdp): boolean {
  let damaged = DAMAGED.get(sdp);
  if (damaged === undefined) {
    damaged = wrappingOf(sdp) !== undefined || framingFault(sdp) !== undefined || foreignCharacter(sdp)?.at === 0;
    DAMAGED.set(sdp, damaged);
  }
  return damaged;
}

/** What both browsers say about a text they cannot read, or can read only the beginning of. */
export function textRefusal(description: Description): Refusal {
  const { sdp } = description;
  const stop = libwebrtcStop(sdp);
  const firefox = sipccRefuses(sdp) ?? refusalOfBeginning(description);
  return { ...(stop ? { chrome: libwebrtcSays(stop) } : {}), ...(firefox ? { firefox } : {}) };
}

/** Firefox reads up to the first line that is none, and judges what it has by then. */
function refusalOfBeginning(description: Description): string | undefined {
  const { lines } = sipccReads(description.sdp);
  const all = description.text.split('\n');
  if (lines >= all.length - 1) return undefined;
  const sdp = parseSdp(
    all
      .slice(0, lines - 1)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const beginning = readAs(description, sdp);
  const early = transportRefusal(beginning, ['ufrag', 'pwd', 'fingerprint']).firefox;
  if (early) return early;
  const bare = sdp.media.find((section) => !section.rejected && section.protocol.includes('RTP/') && !section.rtcpMux);
  if (!bare) return transportRefusal(beginning, ['setup']).firefox;
  return firefoxRefuses(`m-section at level ${bare.index} is missing a=rtcp-mux, which is required by rtcpMuxPolicy`);
}

/** Chromium looks for this before it looks at mids and groups. */
export function repeatedMsid(sdp: Sdp): string | undefined {
  const seen = new Set<string>();
  for (const section of sdp.media) {
    for (const { stream, track } of section.msids) {
      const key = `${stream} ${track}`;
      if (track !== undefined && seen.has(key)) return track;
      seen.add(key);
    }
  }
  return undefined;
}
