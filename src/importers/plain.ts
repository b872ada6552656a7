/** Formats that show in their first characters and are read with little code: what most commands are given. */
import { bareSdp, isBareSdp } from './bare-sdp.ts';
import type { Importer } from './importer.ts';
import { isSession, session } from './session.ts';
import { isTranscript, transcript } from './transcript.ts';

/** More characters than stand before what tells. */
const HEAD = 1024;

/** Undefined for what needs a closer look: `sniffFormat` of index.ts finds the same for these, and more. */
export function plainFormat(text: string): Importer | undefined {
  const head = text.slice(0, HEAD);
  if (isSession(head)) return session;
  if (isTranscript(head)) return transcript;
  return isBareSdp(head) ? bareSdp : undefined;
}
