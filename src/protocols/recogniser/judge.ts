/**
 * Offer or answer? What is beside the SDP, what is around it, how it was carried and what it says itself are evidence, each
 * with a weight; the sum decides. What was assumed is told, and a label that says the opposite is named.
 */
import type { DescriptionType } from '../../core/event.ts';
import { type Find, objectsAround, outward, type Place } from './found.ts';
import { toldBy, wordsAround } from './words.ts';

export interface Judgement {
  readonly type: DescriptionType;
  /** The `type` beside the SDP says so: nothing had to be assumed. */
  readonly stated: boolean;
  /** 0.5 (a guess) to 1. */
  readonly sure: number;
  /** What it was decided by, in words, the weightiest first. */
  readonly because: string;
  /** The name of the message that says the opposite; undefined if none does. */
  readonly mislabelled: string | undefined;
}

/** What is known from outside the payload. */
export interface Circumstances {
  /** HTTP: the status of a response; undefined for a request. */
  readonly http?: { readonly status?: number; readonly url?: string };
  /** An offer of the other side that nobody has answered yet. */
  readonly open?: string;
}

interface Evidence {
  readonly type: DescriptionType;
  readonly weight: number;
  readonly by: string;
  /** The name of a message says plainly `offer` or `answer`. */
  readonly label?: string;
}

type FoundDescription = Extract<Find, { is: 'description' }>;

export function judge({ sdp, place }: FoundDescription, circumstances: Circumstances = {}): Judgement {
  const beside = statedType(place);
  const content = typeByContent(sdp);
  const names = [...byNames(place), ...byKeys(place)];
  const decided = (type: DescriptionType, stated: boolean, sure: number, because: string): Judgement => ({
    type,
    stated,
    sure,
    because,
    mislabelled: names.find(({ label, type: told }) => label !== undefined && told !== side(type))?.label,
  });
  if (beside !== undefined) return decided(beside, true, 1, `type: ${beside}`);
  // RFC 8842 5.3: an answer cannot leave the roles open.
  if (content === 'offer') return decided('offer', false, 0.98, 'a=setup:actpass');
  const evidence = [...names, ...byCarrier(place, circumstances), ...bySdp(sdp, content, place, circumstances)];
  const [offer, answer] = [sumOf(evidence, 'offer'), sumOf(evidence, 'answer')];
  if (offer === answer) return decided('offer', false, 0.5, 'nothing tells; the first is an offer');
  const winner = offer > answer ? 'offer' : 'answer';
  const best = evidence.filter(({ type }) => side(type) === winner).sort((a, b) => b.weight - a.weight);
  const type = winner === 'answer' && best.some((one) => one.type === 'pranswer') ? 'pranswer' : winner;
  const sure = 1 - 0.5 * 0.5 ** Math.abs(offer - answer);
  return decided(type, false, Math.round(sure * 100) / 100, best[0]?.by ?? '');
}

const side = (type: DescriptionType): 'offer' | 'answer' => (type === 'offer' ? 'offer' : 'answer');

function sumOf(evidence: readonly Evidence[], wanted: 'offer' | 'answer'): number {
  return evidence.reduce((sum, { type, weight }) => (side(type) === wanted ? sum + weight : sum), 0);
}

const TYPE_KEYS = ['type', 'sdpType', 'sdp_type', 'Type'];

/** The `type` in the same object as the SDP; in a message without names, a text that is nothing but the type. */
export function statedType({ key, object, carrier, up }: Place): DescriptionType | undefined {
  const own = object ?? (carrier === 'base64' ? up?.object : undefined);
  // Where one member is called `sdp`, the type is that one's.
  if (own === undefined || (key !== 'sdp' && key !== '' && typeof own.sdp === 'string')) return undefined;
  for (const key of TYPE_KEYS) if (isType(own[key])) return own[key];
  // Fields of a protocol buffer have numbers only.
  if (Object.hasOwn(own, '1') || Object.hasOwn(own, '2')) return Object.values(own).find(isType);
  return undefined;
}

const isType = (value: unknown): value is DescriptionType =>
  value === 'offer' || value === 'answer' || value === 'pranswer';

/** What the DTLS role tells: `actpass` offers, `active` or `passive` answers (RFC 8842 5.2, 5.3). */
export function typeByContent(sdp: string): 'offer' | 'answer' | undefined {
  if (/^a=setup:actpass\s*$/m.test(sdp)) return 'offer';
  return /^a=setup:(?:active|passive)\s*$/m.test(sdp) ? 'answer' : undefined;
}

function* byNames(place: Place): Generator<Evidence> {
  for (const { word, far } of wordsAround(place)) {
    const told = toldBy(word);
    if (told === undefined) continue;
    const { type, plain } = told;
    yield { type, weight: Math.max(0.5, 3 - 0.3 * far), by: `the name "${word}"`, ...(plain && { label: word }) };
  }
}

/** The last keys on the way to the SDP: `offer`, `sdpAnswer`. */
function* byKeys(place: Place): Generator<Evidence> {
  let weight = 3;
  for (const { key } of outward(place)) {
    if (key === '' || weight < 2) continue;
    const told = toldBy(key);
    if (told !== undefined)
      yield { type: told.type, weight, by: `the key "${key}"`, ...(told.plain && { label: key }) };
    weight -= 0.5;
  }
}

/** SIP's methods (RFC 3264, 6337) and HTTP's roles: who asks offers, who responds answers, 406 counters with an offer (WHEP). */
function* byCarrier(place: Place, { http }: Circumstances): Generator<Evidence> {
  for (const { sipMethod: method, sipStatus: status } of objectsAround(place)) {
    if (typeof method !== 'string') continue;
    if (method === 'ACK') yield { type: 'answer', weight: 2, by: 'SIP ACK' };
    else if (status === undefined) yield { type: 'offer', weight: 2, by: `SIP ${method}` };
    else if (Number(status) < 200) yield { type: 'pranswer', weight: 2, by: `SIP ${status}` };
    else yield { type: 'answer', weight: 2, by: `SIP ${status}` };
  }
  if (http === undefined) return;
  if (http.status === undefined) yield { type: 'offer', weight: 1, by: 'a request' };
  else if (http.status === 406) yield { type: 'offer', weight: 3, by: 'status 406' };
  else if (http.status < 300) yield { type: 'answer', weight: 1.2, by: 'a response' };
  const told = http.url === undefined ? undefined : toldBy(http.url.replace(/^\w+:\/\/[^/]*|[?#].*$/g, ''));
  if (told !== undefined) yield { type: told.type, weight: 0.8, by: 'the address' };
}

function* bySdp(
  sdp: string,
  content: 'offer' | 'answer' | undefined,
  place: Place,
  { http, open }: Circumstances,
): Generator<Evidence> {
  // A request or a re-INVITE may keep the roles that are settled.
  const asks = (http !== undefined && http.status === undefined) || isSipRequest(place);
  if (content === 'answer' && !asks) yield { type: 'answer', weight: 4, by: 'a fixed a=setup' };
  if (/^m=\S+ 0 /m.test(sdp) && !/^a=bundle-only/m.test(sdp))
    yield { type: 'answer', weight: 0.6, by: 'a rejected section' };
  if (open === undefined) yield { type: 'offer', weight: 0.5, by: 'nothing to answer' };
  else if (sectionsOf(open) === sectionsOf(sdp))
    yield { type: 'answer', weight: 1, by: 'the same sections as an open offer' };
}

function isSipRequest(place: Place): boolean {
  for (const { sipMethod, sipStatus } of objectsAround(place)) {
    if (sipMethod !== undefined) return sipStatus === undefined && sipMethod !== 'ACK';
  }
  return false;
}

/** Kinds and mids in their order. */
export function sectionsOf(sdp: string): string {
  return [...sdp.matchAll(/^(?:m=(\S+)|a=mid:(\S+))/gm)].map(([, kind, mid]) => kind ?? `:${mid}`).join(' ');
}
