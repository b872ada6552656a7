/** ion-sfu's JSON-RPC 2.0: requests with a number, their results, and notifications. */
import type { PartyId } from '../../core/event.ts';
import { isObject, parseJson } from '../json.ts';
import type { Frame } from '../protocol.ts';

export const PUBLISHER: PartyId = 'publisher';
export const SUBSCRIBER: PartyId = 'subscriber';

/** Which of the two peer connections a candidate is for. */
const TARGETS: readonly PartyId[] = [PUBLISHER, SUBSCRIBER];

export type IonMessage =
  | { readonly is: 'call'; readonly method: string; readonly params: Record<string, unknown>; readonly id?: number }
  | { readonly is: 'result'; readonly id: number; readonly result: unknown }
  | { readonly is: 'error'; readonly id: number; readonly why: string };

/** Undefined for what is no message of it. */
export function readIon({ data, encoding }: Frame): IonMessage | undefined {
  const value = encoding === 'text' ? parseJson(data) : undefined;
  if (!isObject(value)) return undefined;
  const { method, params, id, result, error } = value;
  if (typeof method === 'string') {
    const numbered = typeof id === 'number' ? { id } : {};
    return { is: 'call', method, params: isObject(params) ? params : {}, ...numbered };
  }
  if (typeof id !== 'number' || (value.jsonrpc !== undefined && value.jsonrpc !== '2.0')) return undefined;
  if (isObject(error)) return { is: 'error', id, why: String(error.message ?? error.code ?? 'no reason given') };
  return 'result' in value ? { is: 'result', id, result } : undefined;
}

export const call = (method: string, params: unknown, id?: number): string =>
  JSON.stringify({ jsonrpc: '2.0', method, params, ...(id !== undefined && { id }) });

export const targetOf = (params: Record<string, unknown>): PartyId | undefined => TARGETS[Number(params.target)];

export const targetFor = (party: PartyId): number => TARGETS.indexOf(party);
