/** Data channel transport: SCTP port, largest message (RFC 8841), formats of sections that are not RTP. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { At, MSection } from '../sdp.ts';
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
    ...mapChange(context, pair),
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

/** What stands behind the port in `a=sctpmap`, the form before RFC 8841: application and number of streams. */
function mapChange(context: DiffContext, pair: SectionPair): Change[] {
  const before = sctpmap(pair.before);
  const after = sctpmap(pair.after);
  if (before === undefined || after === undefined || before.text === after.text) return [];
  const draft = {
    class: 'data' as const,
    before: before.text,
    after: after.text,
    sentence: `Data channel map (sctpmap): ${visible(before.text, 40)} → ${visible(after.text, 40)}.`,
    linesBefore: [before.line],
    linesAfter: [after.line],
  };
  return [sectionChange(context, pair, 'sctpmap', draft)];
}

function sctpmap(section: MSection): { readonly text: string; readonly line: number } | undefined {
  const attribute = section.attributes.find(({ name }) => name === 'sctpmap');
  if (attribute === undefined) return undefined;
  return { text: (attribute.value ?? '').split(' ').slice(1).join(' '), line: attribute.line };
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
