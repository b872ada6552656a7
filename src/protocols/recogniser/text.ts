/** Texts: SDP, a candidate, a fragment, JSON; else one of the packings that are text; else what can be read behind a prefix. */
import { LIMITS, take } from './budget.ts';
import { candidateTarget, isCandidate, isEmpty, isFragment, readFragment, splitByBars } from './candidate.ts';
import type { Place, Target } from './found.ts';
import { visitPacked } from './packings.ts';
import { inside, type Peeler } from './peeler.ts';

const SDP = /^\ufeff?\s*v=0[ \t]*(?:\r?\n|\\r\\n|\\n)/;
/** Shorter texts hold nothing but a name. */
const SHORTEST = 8;
/** A text message that is nothing but words: `bye`, `HELLO 17`, `2probe`. */
const NAME = /^\s*[\w][\w .:/-]{0,39}\s*$/;

export function visitText(peeler: Peeler, text: string, place: Place): void {
  if (place.depth === 0 && NAME.test(text)) hearWords(peeler, text.trim(), place);
  if (text.length < SHORTEST || !take(peeler.budget, 'text', text.length)) return;
  if (SDP.test(text)) pushDescription(peeler, text, place);
  else if (isCandidate(text)) pushCandidates(peeler, text, place);
  else if (isFragment(text)) pushFragment(peeler, text, place);
  else if (!visitJson(peeler, text, place) && packings(place) < LIMITS.packings) {
    if (!visitPacked(peeler, text, place)) visitBehindPrefix(peeler, text, place);
  }
}

/** The whole text, and the command it begins with: `BYE bob`. */
function hearWords(peeler: Peeler, text: string, place: Place): void {
  peeler.hear(text, place);
  const [command] = /^[A-Z][A-Z_-]{2,19}(?= )/.exec(text) ?? [];
  if (command !== undefined) peeler.hear(command, place);
}

/** How many packings a place is inside of. */
function packings(place: Place): number {
  let count = 0;
  for (let at: Place | undefined = place; at !== undefined; at = at.up) if (at.carrier !== undefined) count += 1;
  return count;
}

/** SDP that was escaped twice gets its line ends back. */
export function pushDescription(peeler: Peeler, text: string, place: Place): void {
  const sdp = text.includes('\n') ? text : text.replaceAll('\\r', '\r').replaceAll('\\n', '\n');
  peeler.finds.push({ is: 'description', sdp, place });
}

/** One, or one a line. */
function pushCandidates(peeler: Peeler, text: string, place: Place): void {
  const lines = text.includes('\n') ? text.split(/\r?\n/, MOST_LINES).filter(isCandidate) : [text];
  for (const line of lines.length > 1 ? lines : [text]) pushCandidate(peeler, line, place);
}
const MOST_LINES = 200;

function pushCandidate(peeler: Peeler, text: string, place: Place): void {
  const { candidate, ...own } = splitByBars(text);
  peeler.finds.push({ is: 'candidate', candidate, ...(isEmpty(own) ? targetAround(place) : own), place });
}

/** What stands beside the line, or around an object that has nothing else (`{sdpMid, candidate: {candidate}}`). */
function targetAround(place: Place): Target {
  const target = candidateTarget(place.object ?? {});
  const above = place.up?.object ?? place.up?.up?.object;
  return isEmpty(target) && above !== undefined ? candidateTarget({ ...above, id: undefined }) : target;
}

function pushFragment(peeler: Peeler, text: string, place: Place): void {
  const { items, ufrag } = readFragment(text);
  peeler.carriers.add('sdpfrag');
  for (const { candidate, ...target } of items) {
    peeler.finds.push(
      candidate === null ? { is: 'end', ...target, place } : { is: 'candidate', candidate, ...target, place },
    );
  }
  if (items.length === 0 && ufrag !== undefined) peeler.finds.push({ is: 'credentials', ufrag, candidates: 0, place });
}

/** JSON as a whole; a JSON text inside a text too, and one object a line or after the other. */
function visitJson(peeler: Peeler, text: string, place: Place): boolean {
  if (!/^\ufeff?\s*[[{"]/.test(text)) return false;
  const value = parse(text.replace(/^\ufeff/, ''));
  if (value !== undefined) {
    if (place.depth === 0) peeler.carriers.add('json');
    peeler.visit(value, inside(place, place.depth === 0 ? {} : { carrier: 'json' }));
    return true;
  }
  for (const between of ['\n', /(?<=\})(?=\{)/]) {
    const parts = text.split(between, 500);
    if (parts.length < 2 || parse(parts[0] ?? '') === undefined) continue;
    for (const part of parts) peeler.visit(parse(part), inside(place, { carrier: 'lines' }));
    return true;
  }
  return false;
}

/** How many beginnings of JSON are tried. */
const TRIES = 6;

/** A packet type, a command, a name: what stands before JSON, SDP or a candidate becomes its label. */
function visitBehindPrefix(peeler: Peeler, text: string, place: Place): void {
  const tail = withoutEnd(text);
  let at = -1;
  for (let i = 0; i < TRIES; i += 1) {
    const next = tail.slice(at + 1).search(/[[{]/);
    if (next < 0) break;
    at += 1 + next;
    const value = parse(tail.slice(at));
    if (value === undefined) continue;
    const label = tail.slice(0, at).slice(-LONGEST_LABEL);
    const carrier = carrierOf(tail.slice(0, at));
    peeler.carriers.add(carrier);
    const within = inside(place, { carrier, label });
    const [, command] = carrier === 'prefixed' && place.depth === 0 ? (COMMAND.exec(label) ?? []) : [];
    if (command !== undefined) peeler.hear(command, within);
    peeler.visit(value, within);
    return;
  }
  visitEmbedded(peeler, tail, place);
}

/** Without NULs and white space at the end. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\0\s]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

const LONGEST_LABEL = 100;
/** What a message begins with, where that is a command: `/leave|{…}`, `CANDIDATE {…}`. */
const COMMAND = /^\/?([A-Za-z][\w-]{1,39})[|:;, ]/;

/** What the prefix is a sign of. */
function carrierOf(prefix: string): string {
  if (/^(?:\d+:)?4?[0-6](?:\d+-)?(?:\/[^,]*,)?\d*$/.test(prefix)) return 'socket.io';
  if (prefix === 'a') return 'sockjs';
  if (/^\d:\d*\+?:[^:]*:$/.test(prefix)) return 'socket.io';
  return 'prefixed';
}

/** Behind a line, as Godot and multipart bodies have it; in quotes of another language than JSON. */
const EMBEDDED: readonly RegExp[] = [/(?<=[\r\n])v=0\r?\n[\s\S]*/, /(?<=["'])v=0(?:\\r)?\\n[^"']*/];
/** Behind a command on the same line, where that is the whole message. */
const LONGEST_COMMAND = 90;
const COMMANDED = /(?<=^[\w ./:|;,=-]{0,80}[:|;,= ])v=0\r?\n[\s\S]*/;

/** SDP inside of a text; a candidate line anywhere. */
function visitEmbedded(peeler: Peeler, text: string, place: Place): void {
  const commanded = place.depth === 0 && COMMANDED.test(text.slice(0, LONGEST_COMMAND));
  for (const form of commanded ? [COMMANDED] : EMBEDDED) {
    const sdp = form.exec(text);
    if (sdp === null || sdp.index === 0) continue;
    const label = text.slice(0, sdp.index).slice(0, LONGEST_LABEL);
    pushDescription(peeler, sdp[0], inside(place, { label, carrier: 'prefixed' }));
    return;
  }
  const found =
    /(?:^(?:[\w-]{1,20}[:=])?|[\s|;,"'])((?:a=)?candidate:\S{1,32} \d+ \S+ \d+ \S+ \d+ typ [^\r\n\0"'|]+)/i.exec(text);
  if (found?.[1] === undefined) return;
  const [, mid, index] = /(?:^|\n)(\S{0,64})\r?\n(\d{1,4})\r?\n$/.exec(text.slice(0, found.index + 1)) ?? [];
  const target = index === undefined ? {} : { ...(mid !== undefined && mid !== '' && { mid }), mLine: Number(index) };
  const at = inside(place, { label: text.slice(0, Math.min(found.index, LONGEST_LABEL)), carrier: 'prefixed' });
  peeler.finds.push({ is: 'candidate', candidate: found[1], ...target, place: at });
}

/** No message is nested like this, and the parser takes its time over it. */
const BOTTOMLESS = /^\s*(?:[[{]\s*(?:"[^"]{0,20}"\s*:\s*)?){64}/;

function parse(text: string): unknown {
  if (BOTTOMLESS.test(text.slice(0, 2048))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
