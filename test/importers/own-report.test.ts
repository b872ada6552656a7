import { expect, it } from 'vitest';
import { readSession } from '../../src/importers/index.ts';
import { ownReport } from '../../src/importers/own-report.ts';

it('a report is known by its beginning, also behind a word of whoever posts it', () => {
  const marks = [
    '## WebRTC negotiation between `a`, `b`\n\n13 events.\n',
    'It fails like this:\n\n## WebRTC negotiation between `a`, `b`\n',
    '<!doctype html>\n<html lang="en">\n<head>\n<title>renego: a, b</title>',
    'sequenceDiagram\n  participant p0 as a\n',
    '    #        s  a       b\n    1    0.073  ├──────►│  offer #1 · audio, data\n',
    '{"schema":1,"files":[{"path":"x"}]}',
    '{\n  "schema": 1,\n  "equal": false,',
    '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",',
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="renego check">',
  ];
  for (const mark of marks) {
    expect([mark, ownReport(mark)]).toEqual([mark, expect.any(String)]);
    expect(() => readSession(`${mark}\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n`, 'out.md')).toThrow(
      expect.objectContaining({ kind: 'input', code: 'INPUT_REPORT', message: expect.stringMatching(/^out\.md is /) }),
    );
  }
});

it('what quotes SDP, or begins alike, is none', () => {
  const others = [
    '## My call\n\n```\nv=0\r\n```\n',
    '<!doctype html><title>My page</title>',
    'sequenceDiagram\n  participant Alice\n',
    '{"schema":1,"source":{"tool":"renego"}}',
    '# s a\n',
  ];
  expect(others.map(ownReport)).toEqual(others.map(() => undefined));
});
