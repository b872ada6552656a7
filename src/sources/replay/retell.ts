/** Messages of a script as events: recorded and replayed ones told by the same decoders, so that they can be compared. */
import type { Draft, PartyId, SignalEvent } from '../../core/event.ts';
import { protocolNamed } from '../../protocols/index.ts';
import type { Protocol } from '../../protocols/protocol.ts';
import { recognised } from '../../protocols/recognised.ts';
import type { Lane, Script } from './script.ts';

/** How the far end of every connection is called. */
export const SERVER: PartyId = 'server';

export interface Retold {
  readonly raw: string;
  readonly encoding: 'text' | 'base64';
  /** Seen from the client of the lane. */
  readonly direction: 'in' | 'out';
}

/** Tells the frames of one lane, in order. */
export interface Teller {
  readonly protocol: Protocol | undefined;
  tell(frame: Retold): Draft & { readonly kind: 'message' };
}

/** One for each lane. Loads what their protocols need. */
export async function createTellers(script: Script): Promise<ReadonlyMap<string, Teller>> {
  const tellers = new Map<string, Teller>();
  for (const lane of script.lanes) {
    const first = script.steps.find((step) => step.lane === lane.key);
    const protocol = first && protocolNamed(first.protocol);
    await (protocol ?? recognised).load?.();
    tellers.set(lane.key, createTeller(lane, protocol, first?.protocol ?? 'unknown'));
  }
  return tellers;
}

function createTeller({ key, client }: Lane, protocol: Protocol | undefined, name: string): Teller {
  const decoder = (protocol ?? recognised).decoder({ client, server: SERVER });
  return {
    protocol,
    tell({ raw, encoding, direction }) {
      const { from, to, signals, protocol: found } = decoder.decode({ data: raw, encoding, direction });
      const out = direction === 'out';
      return {
        from: from ?? (out ? client : SERVER),
        to: to ?? (out ? SERVER : client),
        ...(key !== '' && { link: key }),
        ...{
          kind: 'message',
          dir: out ? 'c2s' : 's2c',
          protocol: protocol?.name ?? found ?? name,
          encoding,
          raw,
          signals,
        },
      };
    },
  };
}

/** The recorded messages of a script, told anew. */
export async function retell(script: Script, as: 'client' | 'server'): Promise<readonly SignalEvent[]> {
  const tellers = await createTellers(script);
  return script.steps.map((step): SignalEvent => {
    const direction = (step.do === 'say') === (as === 'client') ? 'out' : 'in';
    const told = tellers.get(step.lane)?.tell({ raw: step.raw, encoding: step.encoding, direction });
    return { ...(told as Draft & { kind: 'message' }), seq: step.seq, t: step.t };
  });
}

/**
 * The script with what each message means on its own connection: an importer that knows them all takes what a server passes
 * on for a copy of what was sent, but here it has to arrive.
 */
export async function retold(script: Script, as: 'client' | 'server'): Promise<Script> {
  const told = await retell(script, as);
  const steps = script.steps.map((step, index) => {
    const event = told[index];
    return event?.kind === 'message' ? { ...step, from: event.from, signals: event.signals } : step;
  });
  return { ...script, steps };
}
