import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { createTextSink } from '../../src/sinks/text.ts';
import { emptyRecording } from '../recording.ts';

/** What a live session prints for these drafts. */
function printed(drafts: readonly Draft[], columns = 0, all = false): string[] {
  const { log, model } = emptyRecording();
  const parts: string[] = [];
  const sink = createTextSink((text) => parts.push(text), { ascii: false, columns, all });
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

describe('candidates that go the same way', () => {
  const candidate = (port: number): Draft => ({
    t: 0,
    from: 'you',
    to: 'robin',
    kind: 'message',
    protocol: 'test',
    encoding: 'text',
    raw: '',
    signals: [{ type: 'candidate', pc: 'p', candidate: `candidate:1 1 udp 1 192.0.2.1 ${port} typ host`, mid: '0' }],
  });
  const applied: Draft = { t: 0, from: 'robin', to: 'robin', kind: 'apply', pc: 'p', op: 'candidate', ok: true };
  const drafts = [candidate(1), applied, candidate(2), mark('you', 'x'), candidate(3)];

  test('share a line, written when something else happens; what merely succeeded has none', () => {
    expect(printed(drafts).slice(1)).toEqual([
      '    1    0.000  ├──────►│  candidates ×2 host udp · mid 0',
      '    4    0.000  ●       │  mark: x',
      '    5    0.000  ├──────►│  candidate mid 0 host udp 192.0.2.1:3',
    ]);
  });

  test('have a line each if all is wanted', () => {
    expect(printed(drafts, 0, true).slice(1)).toHaveLength(5);
  });
});
