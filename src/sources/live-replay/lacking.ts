/** Codecs of a recording that the engine which did it again does not have. */
import type { Description } from '../../core/model.ts';
import type { MSection } from '../../sdp/sdp.ts';
import type { Plan } from './intent.ts';

const namesIn = ({ codecs }: MSection): readonly string[] =>
  codecs.filter(({ role }) => role === 'media').map(({ name }) => name.toLowerCase());

/** Names in lower case. `said` is what the engine said: somewhere in it stands every codec it has. */
export function lackingCodecs({ intents }: Plan, said: readonly Description[]): ReadonlySet<string> {
  const known = new Set(said.flatMap(({ sdp }) => sdp.media.flatMap(namesIn)));
  const recorded = recordedIn(intents).flatMap(({ sdp }) => sdp.media.flatMap(namesIn));
  return new Set(recorded.filter((name) => !known.has(name)));
}

/** Where it matters: sections that prefer one of them. */
export function lackingSentences({ intents }: Plan, lacking: ReadonlySet<string>): readonly string[] {
  const first = new Map<string, Description>();
  for (const description of recordedIn(intents)) {
    for (const section of description.sdp.media) {
      const [name] = section.rejected ? [] : namesIn(section);
      if (name !== undefined && lacking.has(name) && !first.has(name)) first.set(name, description);
    }
  }
  return [...first].map(
    ([name, { type, number, from }]) =>
      `The engine has no ${name.toUpperCase()}, which ${type} #${number} of ${from} prefers: another codec takes its place.`,
  );
}

function recordedIn(intents: Plan['intents']): readonly Description[] {
  return intents.flatMap(({ round: { offer, answer } }) => (answer === undefined ? [offer] : [offer, answer]));
}
