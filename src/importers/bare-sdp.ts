/** Bare SDP: one description, or several one after the other as a conversation of two. */
import { type Draft, type PartyId, pairId } from '../core/event.ts';
import { typeByContent } from '../protocols/recogniser/judge.ts';
import type { FoundSignal } from '../protocols/recogniser/recognise.ts';
import { type Importer, readWhole } from './importer.ts';

export type FoundDescription = Extract<FoundSignal, { sdp: string }>;

const START = /^v=0[ \t]*\r?$/gm;
/** What ends a block of code in Markdown. */
const FENCE = /^[ \t]*(?:```|~~~)/m;
const LINE = /^\s*[a-z]=/i;

/** SDP from its first line on: no other format needs to be asked. */
export const isBareSdp = (head: string): boolean => /^\ufeff?\s*v=0\s*[\r\n]/.test(head);

export const bareSdp: Importer = {
  name: 'sdp',
  title: 'SDP text',
  sniff: (head) => (isBareSdp(head) ? 0.95 : 0),
  open: readWhole((text) => conversationOf(describedIn(text))),
  example: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n',
};

/** Who said which. */
export function conversationOf(found: readonly FoundDescription[]): ReturnType<Parameters<typeof readWhole>[0]> {
  let last: { type: string; from: PartyId } | undefined;
  const drafts = found.map(({ type, sdp }): Draft => {
    const from = speaker(type, last);
    const to = other(from);
    last = { type, from };
    const signals = [{ type, pc: pairId(from, to), sdp }];
    return { from, to, kind: 'message', protocol: 'sdp', encoding: 'text', raw: sdp, signals };
  });
  return { header: { parties: found.length === 0 ? [] : ['a', 'b'] }, drafts };
}

const other = (party: PartyId): PartyId => (party === 'a' ? 'b' : 'a');

/** `a` begins with an offer, a lone answer is `b`'s; an answer comes from the one who did not offer, an offer from `a`. */
function speaker(type: string, last: { type: string; from: PartyId } | undefined): PartyId {
  if (type === 'offer') return 'a';
  if (last === undefined) return 'b';
  return last.type === 'offer' ? other(last.from) : last.from;
}

/** Every `v=0` begins a description; in Markdown it ends with its block. What stands before the first is not SDP unless it is of its form. */
export function describedIn(text: string): FoundDescription[] {
  const starts = [...text.matchAll(START)].map(({ index }) => index);
  if (starts.length === 0) return [];
  if (LINE.test(text)) starts[0] = 0;
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const whole = text.slice(start, next);
    const fence = whole.search(FENCE);
    const sdp = fence >= 0 ? whole.slice(0, fence) : next === undefined ? whole : withoutBlankLines(whole);
    return { type: typeByContent(sdp) ?? (index % 2 === 0 ? 'offer' : 'answer'), sdp };
  });
}

/** Blank lines between two descriptions belong to neither. */
function withoutBlankLines(sdp: string): string {
  const end = sdp.trimEnd().length;
  return sdp.slice(0, end) + (sdp.startsWith('\r\n', end) ? '\r\n' : '\n');
}
