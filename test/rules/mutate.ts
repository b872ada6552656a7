/** Ways to break a healthy description or candidate a little. Each is named by what it does and chooses its place at random. */
import { attributes } from './mutate/attributes.ts';
import type { Mutate } from './mutate/edit.ts';
import { formats } from './mutate/formats.ts';
import { head } from './mutate/head.ts';
import { media } from './mutate/media.ts';
import { sections } from './mutate/sections.ts';
import { streams } from './mutate/streams.ts';
import { text } from './mutate/text.ts';
import { transport } from './mutate/transport.ts';

export { type CandidateInit, candidateMutators } from './mutate/candidate.ts';

export const descriptionMutators: Readonly<Record<string, Mutate>> = {
  ...text,
  ...sections,
  ...transport,
  ...media,
  ...streams,
  ...head,
  ...attributes,
  ...formats,
};
