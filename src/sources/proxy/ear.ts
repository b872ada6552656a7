/** Whether a body over HTTP is of the protocol that was named: then it is told whatever a recogniser makes of it. */
import type { IncomingMessage } from 'node:http';
import type { Decoder, Protocol } from '../../protocols/protocol.ts';
import { mediaType } from './body.ts';
import { headersOf } from './http-facts.ts';
import { SERVER } from './reader.ts';

type Heard = (body: Buffer, head: IncomingMessage, asked: { readonly method: string; readonly url: string }) => boolean;

/** Characters of a body that is looked at. */
const LONGEST = 256 * 1024;

/** What it hears changes nothing of what others have read. Without a protocol nothing is heard. */
export function createEar(protocol: Protocol | undefined): Heard {
  if (protocol === undefined) return () => false;
  let decoder: Decoder | undefined;
  return (body, head, asked) => {
    if (body.length === 0 || body.length > LONGEST || !/^application\/(?:[\w.-]+\+)?json$/.test(mediaType(head)))
      return false;
    decoder ??= protocol.decoder({ client: '', server: SERVER });
    const status = head.statusCode ?? undefined;
    const http = { ...asked, headers: headersOf(head), ...(status !== undefined && { status }) };
    const direction = status === undefined ? 'out' : 'in';
    const { signals } = decoder.decode({ data: body.toString(), encoding: 'text', direction, http });
    return signals.some(({ type }) => type !== 'other');
  };
}
