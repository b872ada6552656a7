/** Whether a recording is of a system that is built in: then nobody needs a template. */
import type { SessionHeader, SignalEvent } from '../../../core/event.ts';
import { chooseProtocol } from '../../detect.ts';
import type { Protocol } from '../../protocol.ts';
import { readBy } from './reread.ts';
import { framesOf } from './traffic.ts';

/** Of each connection, how many messages of the server may tell. */
const TELLING = 50;

/** The protocol that most messages of the server are of, if it reads the recording; echoes need not be read. */
export async function knownSystem(
  header: SessionHeader,
  events: readonly SignalEvent[],
): Promise<Protocol | undefined> {
  const connections = framesOf(header, events);
  const counts = new Map<Protocol, number>();
  for (const frames of connections) {
    const heard = frames.filter(({ frame }) => frame.direction === 'in').slice(0, TELLING);
    for (const { frame } of heard) {
      const { protocol } = chooseProtocol({ frame }) ?? {};
      if (protocol !== undefined) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  if (best === undefined) return undefined;
  const [protocol] = best;
  await protocol.load?.();
  const count = readBy(protocol, connections);
  const { of, read } = count.offer;
  return read > of / 2 ? protocol : undefined;
}
