/** Port and address of media without ICE (plain SIP), where they are not a default for candidates but the target itself. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Sdp } from '../sdp.ts';
import type { DiffContext } from './context.ts';
import { sectionChange } from './context.ts';
import { credentialsOf } from './transports.ts';

/** Class transport-moved, for live sections where neither side has ICE credentials. */
export function diffMediaAddress(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => {
    if (usesIce(context.committed, pair.committed) || usesIce(context.after, pair.after)) return [];
    const before = addressOf(context.committed, pair.committed);
    const after = addressOf(context.after, pair.after);
    if (before.text === after.text) return [];
    const draft = {
      class: 'transport-moved' as const,
      before: before.text,
      after: after.text,
      sentence: `expects ${visible(pair.after.kind, 20)} at ${visible(after.text, 40)} now (was ${visible(before.text, 40)}).`,
      linesBefore: before.lines,
      linesAfter: after.lines,
      inCommitted: true,
    };
    return [sectionChange(context, pair, 'address', draft)];
  });
}

function usesIce(sdp: Sdp, section: MSection): boolean {
  const { ufrag, pwd } = credentialsOf(sdp, section);
  return ufrag !== undefined || pwd !== undefined;
}

function addressOf(sdp: Sdp, section: MSection): { text: string; lines: (number | undefined)[] } {
  const connection = section.connection ?? sdp.connection;
  return {
    text: `${connection?.address ?? 'no address'} port ${section.port}`,
    lines: [section.line, connection?.line],
  };
}
