/** XML: Jingle sessions (XEP-0166) of XMPP, and whatever an element's text holds. */
import { elementsNamed, type XmlElement } from './codecs/xml.ts';
import { xmlValue } from './codecs/xml-values.ts';
import type { JsonObject, Place } from './found.ts';
import { candidateLine, jingleSdp } from './jingle-sdp.ts';
import { inside, type Peeler } from './peeler.ts';
import { DISCRIMINATORS, wordsOf } from './words.ts';

export function visitXml(peeler: Peeler, elements: readonly XmlElement[], place: Place): void {
  let sessions = 0;
  // BOSH puts several stanzas into one body (XEP-0124 7).
  for (const stanza of elements.flatMap((one) => (one.name === 'body' ? one.children : [one]))) {
    for (const jingle of elementsNamed([stanza], 'jingle')) {
      sessions += 1;
      peeler.carriers.add('jingle');
      const { sid, action = '' } = jingle.attributes;
      const head: JsonObject = { ...stanza.attributes, sid, action };
      readJingle(peeler, jingle, inside(place, { carrier: 'jingle', head, label: action }));
    }
  }
  if (sessions > 0) return;
  peeler.carriers.add('xml');
  const value = xmlValue(elements);
  if (value !== undefined) {
    peeler.visit(value, inside(place, { carrier: 'xml' }));
    return;
  }
  const ending = endsProposal(elements);
  if (ending !== undefined) peeler.finds.push({ is: 'bye', word: ending, place });
  peeler.name ??= ending ?? elements[0]?.name;
  visitTexts(peeler, elements, inside(place, { carrier: 'xml' }));
}

/** A call that is turned down or taken back before there is a session, or over (XEP-0353 3). */
function endsProposal(elements: readonly XmlElement[]): string | undefined {
  return ['reject', 'retract', 'finish'].find((name) =>
    [...elementsNamed(elements, name)].some(({ attributes }) =>
      /^urn:xmpp:jingle-message:/.test(attributes.xmlns ?? ''),
    ),
  );
}

/** The texts in elements: SDP, JSON (`<json-message>`), base64. */
function visitTexts(peeler: Peeler, elements: readonly XmlElement[], place: Place): void {
  for (const { name, text, children, attributes } of elements) {
    const at = inside(place, { key: name, object: attributes, carrier: 'xml' });
    for (const word of wordsOf(attributes)) peeler.hear(word, at);
    if (children.length === 0 && text.length <= LONGEST_NAME && DISCRIMINATORS.includes(name))
      peeler.hear(text.trim(), at);
    peeler.visit(text.trim(), at);
    visitTexts(peeler, children, at);
  }
}

/** Longer texts are no names of messages. */
const LONGEST_NAME = 80;

const DESCRIBES = /^(?:session-initiate|session-accept|transport-replace|transport-accept)$/;

function readJingle(peeler: Peeler, jingle: XmlElement, place: Place): void {
  const { action = '' } = jingle.attributes;
  peeler.name ??= action;
  const sdp = DESCRIBES.test(action) ? jingleSdp(jingle) : undefined;
  const restart = [...elementsNamed(jingle.children, 'bridge-session')].some(
    ({ attributes }) => attributes['ice-restart'] === 'true',
  );
  if (sdp !== undefined) peeler.finds.push({ is: 'description', sdp, place });
  else if (action === 'session-terminate') peeler.finds.push({ is: 'bye', word: action, place });
  else if (restart) peeler.finds.push({ is: 'ask', word: 'ice-restart', place });
  else if (action === 'transport-info') readTransports(peeler, jingle, place);
}

/** Trickled candidates, each with the credentials of its transport (XEP-0176 5.4). */
function readTransports(peeler: Peeler, jingle: XmlElement, place: Place): void {
  for (const content of elementsNamed(jingle.children, 'content')) {
    const mid = content.attributes.name;
    const [transport] = elementsNamed(content.children, 'transport');
    const { ufrag } = transport?.attributes ?? {};
    const target = { ...(mid !== undefined && { mid }), ...(ufrag !== undefined && { ufrag }) };
    const lines = (transport?.children ?? []).filter(({ name }) => name === 'candidate').map(candidateLine);
    for (const candidate of lines) peeler.finds.push({ is: 'candidate', candidate, ...target, place });
    if (transport?.children.some(({ name }) => name === 'gathering-complete')) {
      peeler.finds.push({ is: 'end', ...target, place });
    }
    if (lines.length === 0 && ufrag !== undefined) {
      peeler.finds.push({ is: 'credentials', ufrag, candidates: 0, place });
    }
  }
}
