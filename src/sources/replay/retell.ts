/** Messages of a script as events: recorded and replayed ones told by the same decoders, so that they can be compared. */
import type { Draft, HttpCarriage, PartyId, SignalEvent } from '../../core/event.ts';
import { withHttp } from '../../protocols/http.ts';
import { protocolNamed } from '../../protocols/index.ts';
import type { Frame, HttpHead, Protocol } from '../../protocols/protocol.ts';
import { recognised } from '../../protocols/recognised.ts';
import { headersOf } from './routes.ts';
import type { Lane, Script, Step } from './script.ts';

/** How the far end of every connection is called. */
export const SERVER: PartyId = 'server';

export interface Retold {
  readonly raw: string;
  readonly encoding: 'text' | 'base64';
  /** Seen from the client of the lane. */
  readonly direction: 'in' | 'out';
  /** With the headers that tell. */
  readonly http?: HttpCarriage;
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
    const own = script.steps.filter((step) => step.lane === lane.key);
    const first = own.find((step) => protocolNamed(step.protocol) !== undefined) ?? own[0];
    const protocol = first && protocolNamed(first.protocol);
    await (protocol ?? recognised).load?.();
    tellers.set(lane.key, createTeller(lane, protocol, first?.protocol ?? 'unknown'));
  }
  return tellers;
}

function createTeller({ link, client }: Lane, protocol: Protocol | undefined, name: string): Teller {
  const decoder = (protocol ?? recognised).decoder({ client, server: SERVER });
  return {
    protocol,
    tell({ raw, encoding, direction, http }) {
      const frame: Frame = { data: raw, encoding, direction, ...(http && { http: headOf(http) }) };
      const { from, to, signals, protocol: found } = decoder.decode(frame);
      const out = direction === 'out';
      return {
        from: from ?? (out ? client : SERVER),
        to: to ?? (out ? SERVER : client),
        ...(link !== '' && { link }),
        ...{
          kind: 'message',
          dir: out ? 'c2s' : 's2c',
          protocol: protocol?.name ?? found ?? name,
          encoding,
          raw,
          signals: withHttp(frame, signals),
        },
        ...(http && { http }),
      };
    },
  };
}

function headOf({ method, url, status, headers = {} }: HttpCarriage): HttpHead {
  return { method, url, headers, ...(status !== undefined && { status }) };
}

/** How HTTP carried a step, with the headers that tell. */
export function carriageOf(step: Step): { http?: HttpCarriage } {
  return step.http === undefined ? {} : { http: { ...step.http, headers: headersOf(step) } };
}

/** The recorded messages of a script, told anew. */
export async function retell(script: Script, as: 'client' | 'server'): Promise<readonly SignalEvent[]> {
  const tellers = await createTellers(script);
  return script.steps.map((step): SignalEvent => {
    const direction = (step.do === 'say') === (as === 'client') ? 'out' : 'in';
    const told = tellers
      .get(step.lane)
      ?.tell({ raw: step.raw, encoding: step.encoding, direction, ...carriageOf(step) });
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

/** Who a lane is between. */
export function endsOf({ lanes }: Script, lane: string): { from: string; to: string; link?: string } {
  const { client = lane, link = '' } = lanes.find(({ key }) => key === lane) ?? {};
  return { from: client, to: SERVER, ...(link !== '' && { link }) };
}

/** Events with descriptions that their frames, told anew, do not have: they are said and heard, and cannot be compared. */
export function untellable(recorded: Script, told: Script): readonly number[] {
  const described = ({ steps }: Script) => steps.filter(({ signals }) => signals.some((signal) => 'sdp' in signal));
  const now = described(told);
  // What is there twice, byte by byte, is told once: the second is a copy.
  const known = new Set<number | string>(now.flatMap(({ seq, raw }) => [seq, raw]));
  return [...new Set(described(recorded).flatMap(({ seq, raw }) => (known.has(seq) || known.has(raw) ? [] : [seq])))];
}
