/** What a dump says of getUserMedia and getDisplayMedia: a page that got no camera has nothing to offer. */
import { isObject } from '../../session/lines.ts';
import type { TraceEntry } from '../trace.ts';

/** The calls, told of the first peer connection of the same page, with their outcomes. `pcs` are the ids in the dump. */
export function mediaEntries(log: unknown, pcs: readonly string[]): TraceEntry[] {
  return (Array.isArray(log) ? log : []).flatMap((record: unknown): TraceEntry[] => {
    if (!isObject(record) || typeof record.timestamp !== 'number') return [];
    // `9-1` is the first peer connection of renderer 9.
    const pc = pcs.find((one) => one.startsWith(`${String(record.rid)}-`)) ?? pcs[0];
    const method = record.request_type === 'getDisplayMedia' ? 'getDisplayMedia' : 'getUserMedia';
    if (pc === undefined) return [];
    const { timestamp: t, error, error_message: message, audio, video } = record;
    if (typeof error === 'string')
      return [{ pc, t, name: `${method}OnFailure`, value: `${error}: ${String(message ?? '')}` }];
    if (record.stream_id !== undefined) return [{ pc, t, name: `${method}OnSuccess`, value: '' }];
    return [{ pc, t, name: method, value: JSON.stringify({ ...asked('audio', audio), ...asked('video', video) }) }];
  });
}

/** Constraints are a text: '' for none, else JSON. */
function asked(kind: string, constraints: unknown): Record<string, unknown> {
  if (typeof constraints !== 'string') return {};
  return { [kind]: constraints === '' ? true : constraints };
}

/** Puts entries among the others of their peer connection by time. */
export function amongTheirs(entries: readonly TraceEntry[], added: readonly TraceEntry[]): TraceEntry[] {
  const pcs = new Set(added.map(({ pc }) => pc));
  const ordered = [...entries.filter(({ pc }) => pcs.has(pc)), ...added].sort((a, b) => a.t - b.t);
  return [...ordered, ...entries.filter(({ pc }) => !pcs.has(pc))];
}
