import { describe, expect, it } from 'vitest';
import { type Importer, type NumberedDraft, readWhole } from '../../src/importers/importer.ts';
import { readWith } from '../../src/importers/reading.ts';

const importer = (name: string, drafts: readonly NumberedDraft[], more: Partial<Importer> = {}): Importer => ({
  name,
  title: 'a test',
  sniff: () => 1,
  open: readWhole(() => ({ header: {}, drafts })),
  example: '',
  ...more,
});
const mark = (more: object = {}): NumberedDraft => ({ from: 'a', to: 'b', kind: 'mark', text: 'x', ...more });
const broken: NumberedDraft = { from: '', to: '', kind: 'problem', code: 'INPUT_LINE', detail: 'line 1 is cut' };

describe('a text whose format is known', () => {
  it('keeps numbers and times where they grow, and makes the rest', () => {
    const { events } = readWith(importer('har', [mark({ seq: 3, t: 5 }), mark({ seq: 2, t: 1 }), mark()]), '', 'x');
    expect(events.map(({ seq, t }) => [seq, t])).toEqual([
      [3, 5],
      [4, 5],
      [5, 5],
    ]);
  });

  it('has a whole header', () => {
    expect(readWith(importer('har', [mark()]), '', 'x')).toMatchObject({
      format: 'har',
      header: { format: 1, tool: 'unknown', source: 'import:har', parties: ['a', 'b'], redacted: [] },
    });
  });

  it('is no conversation if nothing in it can be read, unless it is a recording of ours', () => {
    expect(() => readWith(importer('har', [broken]), '', 'x.har')).toThrow(/Nothing in x\.har .* line 1 is cut/);
    expect(readWith(importer('session', [broken], { stamped: true }), '', 'x').events).toHaveLength(1);
  });
});
