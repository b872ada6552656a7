import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { createTextSink } from '../../src/sinks/text.ts';
import { emptyRecording } from '../recording.ts';

/** What a live session prints for these drafts. */
function printed(drafts: readonly Draft[], columns = 0): string[] {
  const { log, model } = emptyRecording();
  const parts: string[] = [];
  const sink = createTextSink((text) => parts.push(text), { ascii: false, columns });
  log.subscribe((event) => sink.accept(event, model));
  for (const draft of drafts) log.append(draft);
  sink.close('user');
  return parts.join('').split('\n').slice(0, -1);
}

const mark = (from: string, text: string): Draft => ({ t: 0, kind: 'mark', from, to: from, text });

describe('a live ladder', () => {
  test('names its lanes again when a party appears', () => {
    const lines = printed([mark('you', 'one'), mark('robin', 'two'), mark('you', 'three')]);
    expect(lines).toEqual([
      '    #        s  you',
      '    1    0.000  ●  mark: one',
      '    #        s  you     robin',
      '    2    0.000  │       ●  mark: two',
      '    3    0.000  ●       │  mark: three',
    ]);
  });

  test('makes control characters of the wire visible, in names and in texts', () => {
    const [head, line] = printed([mark('e\u001b[2Jvil', 'red\u001b[31m\r\n')]);
    expect(head).toContain('e\\x1b[2Jvil');
    expect(line).toContain('red\\x1b[31m\\r\\n');
  });

  test('draws no arrow for what is about nobody', () => {
    const lines = printed([mark('you', 'x'), { t: 0, kind: 'problem', from: '', to: '', code: 'LINE', detail: 'cut' }]);
    expect(lines.at(-1)).toBe('    2    0.000  │  problem LINE: cut');
  });

  test('is cut to the columns there are', () => {
    const lines = printed([mark('you', 'x'.repeat(500))], 40);
    expect(lines[1]).toHaveLength(40);
    expect(lines[1]).toMatch(/x…$/);
  });
});
