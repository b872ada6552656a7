/** Data channel transport: SCTP port, largest message (RFC 8841), formats of sections that are not RTP. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { At } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { byteWords } from './words.ts';

/** Class data. */
export function diffData(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => [
    ...valueChange(
      context,
      pair,
      'sctp-port',
      pair.before.sctpPort,
      pair.after.sctpPort,
      'SCTP port',
      (value) => value,
    ),
    ...valueChange(
      context,
      pair,
      'max-message-size',
      pair.before.maxMessageSize,
      pair.after.maxMessageSize,
      'Largest data message',
      size,
    ),
    ...formatChange(context, pair),
  ]);
}

function valueChange(
  context: DiffContext,
  pair: SectionPair,
  name: string,
  before: At<string> | undefined,
  after: At<string> | undefined,
  title: string,
  shown: (value: string) => string,
): Change[] {
  if (before?.value === after?.value || (pair.fromAnswer && before === undefined)) return [];
  const words = (value: At<string> | undefined) =>
    value === undefined ? 'not stated' : shown(visible(value.value, 20));
  const draft = {
    class: 'data' as const,
    before: before?.value ?? null,
    after: after?.value ?? null,
    sentence: `${title}: ${words(before)} → ${words(after)}.`,
    linesBefore: [before?.line],
    linesAfter: [after?.line],
  };
  return [sectionChange(context, pair, name, draft)];
}

/** 0 means no limit (RFC 8841 6.1). */
function size(bytes: string): string {
  return /^\d{1,15}$/.test(bytes) ? byteWords(Number(bytes)) : bytes;
}

function formatChange(context: DiffContext, pair: SectionPair): Change[] {
  if (isRtp(pair.before) || isRtp(pair.after) || pair.fromAnswer) return [];
  const before = pair.before.formats.join(' ');
  const after = pair.after.formats.join(' ');
  if (before === after) return [];
  const draft = {
    class: 'data' as const,
    before,
    after,
    sentence: `Data format: ${visible(before || 'none', 40)} → ${visible(after || 'none', 40)}.`,
    linesBefore: [pair.before.line],
    linesAfter: [pair.after.line],
  };
  return [sectionChange(context, pair, 'formats', draft)];
}
