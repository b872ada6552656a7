/** The tab Agreement: what the offer and the answer of the round settle, section by section, and what that changes. */
import type { Round } from '../../core/model.ts';
import { agreementOf, completedBefore, settling } from '../../core/settled.ts';
import { type AgreedSection, type Agreement, describeAgreement } from '../../sdp/agreement.ts';
import type { HeaderExtension, Sdp } from '../../sdp/sdp.ts';
import { type Fact, factRows } from './fact.ts';
import { effectRows, roundHead, roundOf } from './round.ts';
import { cell, folded, type Row, type Rows, row, textOfAll } from './row.ts';
import type { Scene, Tab } from './tab.ts';

export const agreementTab: Tab = {
  id: 'agreement',
  title: 'Agreement',
  about: 'round',
  rows: agreementRows,
  copy: (scene) => ({ text: textOfAll(agreementRows(scene)), what: 'the agreement' }),
};

function* agreementRows(scene: Scene): Rows {
  const { model, event, glyphs } = scene;
  const round = roundOf(model, event);
  if (round === undefined)
    return yield row('none', cell('no offer has been made by then: nothing is agreed', 'muted', glyphs));
  yield* roundHead(round, scene);
  yield* settling(model, round);
  if (agreementOf(round) !== undefined) {
    yield* settledRows(round, scene);
    return yield* effectRows(round, scene);
  }
  const last = completedBefore(model, round);
  if (last === undefined) return yield row('nothing', cell('nothing is agreed yet', 'muted', glyphs));
  yield row('holds', cell(`what holds is round ${last.number}:`, 'muted', glyphs));
  yield* settledRows(last, scene);
}

function* settledRows(round: Round, scene: Scene): Rows {
  const agreement = agreementOf(round);
  if (agreement === undefined) return;
  const sentences = describeAgreement(agreement);
  const about = (mid: string | null) => sentences.filter((one) => one.mid === mid).map(({ sentence }) => sentence);
  const ofSession = sentences.filter(({ mid }) => mid === null).map(({ sentence }) => sentence);
  for (const section of agreement.sections) {
    yield sectionHead(section, scene);
    for (const [index, text] of (section.mid === null ? [] : about(section.mid)).entries())
      yield* sentenceRows(`${section.index} ${index}`, text, scene);
    for (const fact of sectionFacts(round, section)) yield* factRows(`${section.index} ${fact.name}`, fact, scene, 2);
  }
  for (const { mid, index, kind, reason } of agreement.rejected) {
    const fact: Fact = { name: `mid ${mid ?? `#${index}`}`, value: `${kind}: ${reason}`, tone: 'muted' };
    yield* factRows(`rejected ${index}`, fact, scene);
  }
  yield row('transports', cell('transports', 'strong', scene.glyphs));
  for (const [index, text] of ofSession.entries()) yield* sentenceRows(`transport ${index}`, text, scene);
  for (const [index, fact] of transportFacts(agreement).entries()) yield* factRows(`ufrags ${index}`, fact, scene, 2);
}

function sectionHead({ index, mid, kind }: AgreedSection, { glyphs }: Scene): Row {
  const head = row(`section ${index}`, cell(`mid ${mid ?? `#${index}`} · ${kind}`, 'strong', glyphs));
  return mid === null ? head : { ...head, mid };
}

function sentenceRows(key: string, text: string, { width, glyphs }: Scene): readonly Row[] {
  return folded(cell(text, 'plain', glyphs).text, Math.max(20, width - 2)).map((line, index) =>
    row(`said ${key} ${index}`, { text: `  ${line}`, tone: 'plain' }),
  );
}

function sectionFacts({ offer, answer }: Round, section: AgreedSection): readonly Fact[] {
  const codecs = section.codecs.map(({ name, toAnswerer, toOfferer }) =>
    toAnswerer === toOfferer ? `${name} ${toAnswerer}` : `${name} ${toAnswerer}/${toOfferer}`,
  );
  const offered = extensionsOf(offer.sdp, section.index);
  const answered = answer === undefined ? [] : extensionsOf(answer.sdp, section.index);
  const kept = new Set(section.extensions);
  const lost = [...new Set([...offered, ...answered].map(({ uri }) => uri))].filter((uri) => !kept.has(uri));
  return [
    { name: 'codecs', value: codecs.join(' · ') },
    { name: 'extensions', value: section.extensions.map(shortUri).join(' · ') },
    { name: 'lost', value: lost.map(shortUri).join(' · '), tone: 'warn', detail: lost.length > 0 ? 'not in both' : '' },
  ];
}

function extensionsOf(sdp: Sdp, index: number): readonly HeaderExtension[] {
  return [...(sdp.media[index]?.extensions ?? []), ...sdp.extensions];
}

/** The part of a header extension's URI that tells it from others. */
export function shortUri(uri: string): string {
  return /[^/:]+$/.exec(uri.replace(/\/+$/, ''))?.[0] ?? uri;
}

function transportFacts({ transports, parties }: Agreement): readonly Fact[] {
  return transports.map(({ tag, ufrags }) => ({
    name: `mid ${tag ?? '?'}`,
    value: `ufrag ${ufrags.offerer ?? 'none'} of ${parties.offerer}, ${ufrags.answerer ?? 'none'} of ${parties.answerer}`,
  }));
}
