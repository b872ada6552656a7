/** The dispatch table: attribute name to reader. What is not here is kept as an `Attribute` only. */
import type { SdpProblem } from '../sdp.ts';
import type { AttributeReader, Level } from './level.ts';
import { RTP } from './rtp.ts';
import { STREAMS } from './streams.ts';
import { TRANSPORT } from './transport.ts';

const READERS: ReadonlyMap<string, AttributeReader> = new Map([...TRANSPORT, ...RTP, ...STREAMS]);

/** Reads the text behind `a=` into the level's attributes and, if the name is known, into its fields. */
export function readAttribute(level: Level, text: string, line: number, problems: SdpProblem[]): void {
  const colon = text.indexOf(':');
  // A blank behind a flag does not hide it: `a=rtcp-mux ` counts for browsers.
  const name = colon < 0 ? text.trimEnd() : text.slice(0, colon);
  const value = colon < 0 ? undefined : text.slice(colon + 1);
  level.attributes.push({ name, value, line });
  if (name === '') problems.push({ code: 'attribute-name', message: 'An a= line names no attribute.', line });
  READERS.get(name)?.(level, value ?? '', line, problems);
}
