/** The dispatch table: attribute name to reader. What is not here is kept as an `Attribute` only. */
import type { SdpProblem } from '../sdp.ts';
import type { AttributeReader, Level } from './level.ts';
import { RTP } from './rtp.ts';
import { STREAMS } from './streams.ts';
import { TRANSPORT } from './transport.ts';

const READERS: ReadonlyMap<string, AttributeReader> = new Map([...TRANSPORT, ...RTP, ...STREAMS]);

/** An `a=` line taken apart. Equal lines of one description share it. */
export interface AttributeText {
  readonly name: string;
  readonly value: string | undefined;
  readonly reader: AttributeReader | undefined;
}

/** Takes a line that begins with `a=` apart. */
export function splitAttribute(text: string): AttributeText {
  const colon = text.indexOf(':', 2);
  // A blank behind a flag does not hide it: `a=rtcp-mux ` counts for browsers.
  const name = colon < 0 ? text.slice(2).trimEnd() : text.slice(2, colon);
  return { name, value: colon < 0 ? undefined : text.slice(colon + 1), reader: READERS.get(name) };
}

/** Reads an attribute into the level's attributes and, if the name is known, into its fields. */
export function readAttribute(level: Level, text: AttributeText, line: number, problems: SdpProblem[]): void {
  const { name, value, reader } = text;
  level.attributes.push({ name, value, line });
  if (name === '') problems.push({ code: 'attribute-name', message: 'An a= line names no attribute.', line });
  reader?.(level, value ?? '', line, problems);
}
