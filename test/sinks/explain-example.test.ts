import { expect, test } from 'vitest';
import { printable } from '../../src/core/text.ts';
import type { Example, Finding } from '../../src/rules/rule.ts';
import { exampleLines } from '../../src/sinks/explain-example.ts';

const sdp = (...lines: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', ...lines, ''].join('\r\n');
const example = (...conversation: Example['conversation']): Example => ({ title: 'x', conversation });
const offer = (text: string) => ({ from: 'a', to: 'b', type: 'offer', sdp: text }) as const;
const STYLE = { ascii: false, columns: 100, full: false, drawn: printable };
const lines = (one: Example, other?: Example, findings: Finding[] = []) => exampleLines(one, other, findings, STYLE);

test('of a description only what differs from the other example is shown, under its m= line', () => {
  const one = example(offer(sdp('a=mid:0', 'a=sendrecv', 'a=setup:active')));
  const other = example(offer(sdp('a=mid:0', 'a=sendrecv', 'a=setup:actpass')));
  expect(lines(one, other)).toEqual([
    '  a → b  offer · audio 0',
    '        ⋮',
    '       5  m=audio 9 UDP/TLS/RTP/SAVPF 0',
    '        ⋮',
    '       8  a=setup:active',
  ]);
});

test('or from what the sender described before', () => {
  const twice = example(offer(sdp('a=mid:0')), offer(sdp('a=mid:0', 'a=inactive')));
  expect(lines(twice, twice).filter((line) => line.includes('a='))).toEqual(['       7  a=inactive']);
});

test('what is blamed is marked', () => {
  const blamed = { event: 1, line: 6, rule: 'r', severity: 'error', message: 'No.', fix: '', refusedBy: {} };
  const [, , , line, said] = lines(example(offer(sdp('a=mid:0'))), undefined, [blamed as unknown as Finding]);
  expect(line).toBe('  >    6  a=mid:0');
  expect(said).toBe('  ✗ error r: No.');
});

test('other messages are a line each', () => {
  const one = example(
    { from: 'a', to: 'b', candidate: null },
    { from: 'a', to: 'b', candidate: { candidate: 'candidate:\u001b', sdpMid: '0' } },
    { from: 'a', to: 'b', bye: true },
    { from: 'a', to: 'b', http: { method: 'POST', status: 201, headers: { location: '/s/1' } } },
  );
  expect(lines(one)).toEqual([
    '  a → b  end of candidates',
    '  a → b  {"candidate":"candidate:\\u001b","sdpMid":"0"}',
    '  a → b  bye',
    '  a → b  POST 201 (location: /s/1)',
  ]);
});
