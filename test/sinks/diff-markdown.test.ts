import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/sdp/change.ts';
import { splitLines } from '../../src/sdp/lines.ts';
import { diffMarkdown, heading, rawMarkdown, saidMarkdown } from '../../src/sinks/diff-markdown.ts';

const before = splitLines('v=0\r\na=ice-ufrag:old\r\n');
const after = splitLines('v=0\r\na=ice-ufrag:n```ew\u001b[31m\r\n');
const change = (over: Partial<Change> = {}): Change => ({
  class: 'ice-restart',
  mid: null,
  path: 'ice',
  before: 'old',
  after: 'new',
  sentence: 'Restarts ICE.',
  lines: { before: [2], after: [2] },
  ...over,
});

describe('Markdown of a comparison', () => {
  test('is a list of changes, each with its lines as a diff that nothing can break out of', () => {
    expect(diffMarkdown({ title: '', before, after, changes: [change()] })).toBe(
      [
        '- **ice-restart** Restarts ICE.',
        '',
        '  ````diff',
        '  -    2 a=ice-ufrag:old',
        '  +    2 a=ice-ufrag:n```ew\\x1b[31m',
        '  ````',
        '',
        '',
      ].join('\n'),
    );
  });

  test('has consequences as items below', () => {
    const folded = [change({ sentence: 'Candidates start anew.' })];
    expect(diffMarkdown({ title: '', before, after, changes: [change({ folded })] })).toContain(
      '\n  - Candidates start anew.\n',
    );
  });

  test.each([
    ['HTML', '<img src=x> & co', '&lt;img src=x\\> &amp; co'],
    ['emphasis, code and links', '*a* _b_ `c` [d](e)', '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e)'],
    ['a mention', 'mid @everyone', 'mid @<!-- -->everyone'],
    ['a reference to an issue', 'label #12', 'label #<!-- -->12'],
    ['control characters', 'a\u001b[2Jb\n# c', 'a\\\\x1b\\[2Jb\\\\n#<!-- --> c'],
  ])('escapes %s', (_, text, shown) => {
    expect(saidMarkdown('', [{ mid: null, sentence: text }])).toContain(`- ${shown}\n`);
  });

  test('names offers without a number sign', () => {
    expect(heading('offer #2 from a (event 8)')).toBe('### offer 2 from a (event 8)\n\n');
  });

  test('names the section of a sentence, whatever it is called', () => {
    expect(saidMarkdown('settled:', [{ mid: 'a`b', sentence: 'It flows.' }])).toBe(
      'Settled:\n\n- It flows. (mid `` a`b ``)\n\n',
    );
  });

  test('fences a line diff', () => {
    expect(rawMarkdown('--- a\n+++ b\n')).toBe('```diff\n--- a\n+++ b\n```\n\n');
    expect(rawMarkdown('')).toBe('The same text.\n\n');
  });
});
