/** `renego protocols`: the signaling that is built in, and what each system can do. */
import { protocols as all } from '../../protocols/index.ts';
import { linesToAscii } from '../../sinks/ascii.ts';
import type { Context } from '../io.ts';
import { protocolJson, protocolRows } from '../protocol-table.ts';

export async function run(
  { io, ascii }: Context,
  _: readonly string[],
  flags: { readonly json?: boolean },
): Promise<number> {
  const { stdout } = io;
  if (flags.json === true) stdout.write(`${JSON.stringify({ schema: 1, protocols: all.map(protocolJson) })}\n`);
  else stdout.write(`${ascii ? linesToAscii(asText()) : asText()}\n`);
  return 0;
}

/** One line a protocol, for grep too. */
function asText(): string {
  const rows = protocolRows().map(({ name, restart, tested, title }) => [name, restart, tested, title] as const);
  const table = [['protocol', 'ICE restart', 'tested against', 'system'] as const, ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
