/** Messages of a script as events: recorded and replayed ones told by the same decoders, so that they can be compared. */
import type { Draft, HttpCarriage, PartyId, Signal } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import { hashOf } from '../../core/hash.ts';
import type { EventKeeper } from '../../core/log.ts';
import { withHttp } from '../../protocols/http.ts';
import { protocolNamed } from '../../protocols/index.ts';
import type { Frame, HttpHead, Protocol } from '../../protocols/protocol.ts';
import { recognised } from '../../protocols/recognised.ts';
import { headersOf } from './routes.ts';
import type { Lane, Script, Step } from './script.ts';
import { stepsTold } from './step-list.ts';

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
export async function createTellers({ lanes }: Script): Promise<ReadonlyMap<string, Teller>> {
  const tellers = new Map<string, Teller>();
  for (const lane of lanes) {
    const protocol = protocolNamed(lane.protocol);
    await (protocol ?? recognised).load?.();
    tellers.set(lane.key, createTeller(lane, protocol));
  }
  return tellers;
}

function createTeller({ link, client, protocol: name }: Lane, protocol: Protocol | undefined): Teller {
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

export interface Retelling {
  /** With what each message means on its own connection. */
  readonly script: Script;
  /** Its messages as events, in order. */
  readonly events: EventList;
  /** Events with descriptions that their frames do not have any more: they are said and heard, and cannot be compared. */
  readonly untold: readonly number[];
}

/**
 * Tells the recorded messages of a script anew: an importer that knows them all takes what a server passes on for a copy of
 * what was sent, but here it has to arrive. They are put into `keep`, which is empty.
 */
export async function retell(script: Script, as: 'client' | 'server', keep: EventKeeper = []): Promise<Retelling> {
  const tellers = await createTellers(script);
  const [lanes, whats]: [string[], Step['do'][]] = [[], []];
  const lost: { readonly seq: number; readonly raw: number }[] = [];
  // What is there twice, byte by byte, is told once: the second is a copy.
  const [events, texts] = [new Set<number>(), new Set<number>()];
  for (const step of script.steps) {
    const { seq, t, lane, raw, encoding, signals } = step;
    const direction = (step.do === 'say') === (as === 'client') ? 'out' : 'in';
    const told = tellers.get(lane)?.tell({ raw, encoding, direction, ...carriageOf(step) });
    if (told === undefined) continue;
    keep.push({ ...told, seq, t });
    lanes.push(lane);
    whats.push(step.do);
    if (isDescribing(told.signals)) {
      events.add(seq);
      texts.add(hashOf(raw));
    } else if (isDescribing(signals)) lost.push({ seq, raw: hashOf(raw) });
  }
  const untold = new Set(lost.flatMap(({ seq, raw }) => (events.has(seq) || texts.has(raw) ? [] : [seq])));
  return { script: { ...script, steps: stepsTold(keep, lanes, whats) }, events: keep, untold: [...untold] };
}

const isDescribing = (signals: readonly Signal[]): boolean => signals.some((signal) => 'sdp' in signal);

/** Who a lane is between. */
export function endsOf({ lanes }: Script, lane: string): { from: string; to: string; link?: string } {
  const { client = lane, link = '' } = lanes.find(({ key }) => key === lane) ?? {};
  return { from: client, to: SERVER, ...(link !== '' && { link }) };
}
