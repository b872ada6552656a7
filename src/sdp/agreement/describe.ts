/** An agreement in sentences, and the words other sentences about agreements are made of. */
import type { Agreement } from '../agreement.ts';
import { byteWords, kindWord, list, rateWords } from '../diff/words.ts';
import { visible } from '../printable.ts';
import type { AgreedCodec, AgreedLimits, AgreedSection } from './section.ts';
import type { AgreedTransport } from './transport.ts';

/** A sentence about one section, or about the session (mid null). */
export interface AgreementSentence {
  readonly mid: string | null;
  readonly sentence: string;
}

/** One or more sentences per section in m-line order, then the transports. */
export function describeAgreement(agreement: Agreement): AgreementSentence[] {
  const { sections, rejected, transports } = agreement;
  const told = [
    ...sections.map((section) => ({
      index: section.index,
      mid: section.mid,
      sentence: sectionSentence(agreement, section),
    })),
    ...rejected.map((section) => ({
      index: section.index,
      mid: section.mid,
      sentence: `${capital(kindWord(section.kind))} carries nothing: ${section.reason}.`,
    })),
  ].sort((left, right) => left.index - right.index);
  return [
    ...told.map(({ mid, sentence }) => ({ mid, sentence })),
    ...transports.map((transport) => ({ mid: null, sentence: transportSentence(agreement, transport) })),
  ];
}

function sectionSentence(agreement: Agreement, section: AgreedSection): string {
  const kind = capital(kindWord(section.kind));
  if (section.limits.toAnswerer.messageSize !== undefined) return dataSentence(agreement, section);
  const codec = expectedCodec(section);
  const flow = flowWords(agreement, section);
  if (codec === undefined) return `${kind} was accepted (${flow}), but no codec is shared: nothing can be decoded.`;
  const details = [
    ...(codec.feedback.length > 0 && section.kind === 'video'
      ? [
          `feedback ${list(
            codec.feedback.map((type) => visible(type, 20)),
            8,
          )}`,
        ]
      : []),
    ...layerWords(agreement, section),
    ...limitWords(agreement, section),
  ];
  const rest = details.length === 0 ? '' : `; ${details.join('; ')}`;
  const idle = section.toAnswerer || section.toOfferer ? 'with' : 'for now; agreed is';
  return `${kind} flows ${flow} ${idle} ${codecWords(agreement, section, codec)}${rest}.`;
}

/** `both ways`, `from a to b only`, `neither way`. */
export function flowWords(agreement: Agreement, section: AgreedSection): string {
  const { offerer, answerer } = names(agreement);
  if (section.toAnswerer && section.toOfferer) return 'both ways';
  if (section.toAnswerer) return `from ${offerer} to ${answerer} only`;
  return section.toOfferer ? `from ${answerer} to ${offerer} only` : 'neither way';
}

/** The first media codec of the answer that the offer has too. */
export function expectedCodec(section: AgreedSection): AgreedCodec | undefined {
  return section.codecs.find((codec) => codec.role === 'media');
}

/** `VP8 (96, +rtx)`; two numbers where the directions differ. */
function codecWords(agreement: Agreement, section: AgreedSection, codec: AgreedCodec): string {
  const { offerer, answerer } = names(agreement);
  const same = codec.toAnswerer === codec.toOfferer;
  const numbers = same
    ? visible(codec.toAnswerer, 8)
    : `${visible(codec.toAnswerer, 8)} to ${answerer}, ${visible(codec.toOfferer, 8)} to ${offerer}`;
  const repaired = section.codecs.some((each) => each.identity === `rtx→${codec.identity}`) ? ', +rtx' : '';
  const others = section.codecs.filter((each) => each.role === 'media' && each !== codec).length;
  return `${visible(codec.name, 30)} (${numbers}${repaired})${others > 0 ? ` first of ${others + 1} codecs` : ''}`;
}

function layerWords(agreement: Agreement, section: AgreedSection): string[] {
  const { offerer, answerer } = names(agreement);
  const words = (rids: readonly string[], who: string) =>
    rids.length === 0
      ? []
      : [
          `simulcast layers ${list(
            rids.map((rid) => visible(rid, 16)),
            6,
          )} from ${who}`,
        ];
  return [...words(section.layers.offerer, offerer), ...words(section.layers.answerer, answerer)];
}

function limitWords(agreement: Agreement, section: AgreedSection): string[] {
  const { offerer, answerer } = names(agreement);
  const words = (limits: AgreedLimits, who: string) =>
    Object.entries(limits.bandwidth).map(
      ([modifier, value]) => `${who} accepts at most ${rateWords(modifier, value)} (${visible(modifier, 16)})`,
    );
  return [...words(section.limits.toAnswerer, answerer), ...words(section.limits.toOfferer, offerer)];
}

function dataSentence(agreement: Agreement, section: AgreedSection): string {
  const { offerer, answerer } = names(agreement);
  const toAnswerer = sizeWords(section.limits.toAnswerer.messageSize ?? 0);
  const toOfferer = sizeWords(section.limits.toOfferer.messageSize ?? 0);
  if (toAnswerer === toOfferer) return `Data channels work both ways, messages ${toAnswerer}.`;
  return `Data channels work both ways, messages ${toAnswerer} to ${answerer} and ${toOfferer} to ${offerer}.`;
}

/** `up to 256 KiB`, `of any size`. */
export function sizeWords(bytes: number): string {
  return bytes === 0 ? 'of any size' : `up to ${byteWords(bytes)}`;
}

function transportSentence(agreement: Agreement, transport: AgreedTransport): string {
  const mids = transport.mids.map((mid) => visible(mid ?? '?', 16));
  const who = names(agreement);
  const what =
    mids.length > 1 ? `One transport for mids ${list(mids, 8)}` : `A transport for mid ${mids[0] ?? ''} alone`;
  const parts = [
    ...(transport.rtcpMux === undefined ? [] : [transport.rtcpMux ? 'RTCP multiplexed' : 'RTCP on a port of its own']),
    transport.dtlsClient === undefined ? 'no DTLS' : `${who[transport.dtlsClient]} is the DTLS client`,
    transport.iceControlling === undefined ? 'no ICE' : `${who[transport.iceControlling]} controls ICE`,
  ];
  const tag = mids.length > 1 ? ` (tag ${visible(transport.tag ?? '?', 16)})` : '';
  return `${what}${tag}: ${parts.join(', ')}.`;
}

/** The parties' names, fit for a sentence. */
export function names(agreement: Agreement): { readonly offerer: string; readonly answerer: string } {
  const { offerer, answerer } = agreement.parties;
  return { offerer: visible(offerer, 30), answerer: visible(answerer, 30) };
}

/** Words at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same for a sentence that begins with a party: a name keeps its spelling, `the offerer` gets a capital. */
export function partyFirst(text: string): string {
  return text.startsWith('the ') ? capital(text) : text;
}
