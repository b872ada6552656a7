/** Captured conversations of other software, and short ways to write frames. */
import { readFileSync } from 'node:fs';
import type { PartyId, Signal } from '../../src/core/event.ts';
import type { ClientOutput, Frame, Protocol } from '../../src/protocols/protocol.ts';

interface Line {
  readonly dir: 'c2s' | 's2c';
  readonly conn: string;
  readonly opcode: 'text' | 'binary';
  readonly data: string;
}

export interface Heard {
  readonly conn: string;
  readonly out: boolean;
  readonly from: PartyId | undefined;
  readonly to: PartyId | undefined;
  readonly signals: readonly Signal[];
}

/** A capture of test/fixtures/frames, each connection read by a decoder of its own. */
export function decodeCapture(name: string, protocol: Protocol): readonly Heard[] {
  const text = readFileSync(new URL(`../fixtures/frames/${name}.ndjson`, import.meta.url), 'utf8');
  const decoders = new Map<string, ReturnType<Protocol['decoder']>>();
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { dir, conn, opcode, data } = JSON.parse(line) as Line;
      const decoder = decoders.get(conn) ?? protocol.decoder({ client: conn, server: 'server' });
      decoders.set(conn, decoder);
      const encoding = opcode === 'text' ? 'text' : 'base64';
      const { from, to, signals } = decoder.decode({ data, encoding, direction: dir === 'c2s' ? 'out' : 'in' });
      return { conn, out: dir === 'c2s', from, to, signals };
    });
}

/** How often each type occurs, and what was folded away. */
export function count(heard: readonly Heard[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const signal of heard.flatMap(({ signals }) => signals)) {
    counts[signal.type] = (counts[signal.type] ?? 0) + 1;
  }
  return counts;
}

export const incoming = (value: unknown): Frame => ({
  data: typeof value === 'string' ? value : JSON.stringify(value),
  encoding: 'text',
  direction: 'in',
});

export const outgoing = (value: unknown): Frame => ({ ...incoming(value), direction: 'out' });

/** What the outputs send, as JSON where it is JSON. */
export function sent(outputs: readonly ClientOutput[] | undefined): unknown[] {
  return (outputs ?? []).flatMap((output) => {
    if (output.do !== 'send') return [];
    return [output.raw.startsWith('{') ? (JSON.parse(output.raw) as unknown) : output.raw];
  });
}
