import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { showJson as shown } from '../../src/core/report.ts';
import { readSession } from '../../src/importers/index.ts';

const recording = readFileSync(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url), 'utf8');
const { header, events } = readSession(recording);
const json = JSON.stringify(shown(header, events.reduce(reduce, emptyModel())));

it('is the session that was shown', () => {
  const read = readSession(json);
  expect(read).toMatchObject({ format: 'show-json', header });
  expect(read.events.map(({ seq, t, kind }) => [seq, t, kind])).toEqual(
    events.map(({ seq, t, kind }) => [seq, t, kind]),
  );
  const again = read.events.reduce(reduce, emptyModel());
  expect(JSON.stringify(shown(read.header, again))).toBe(json);
});

it('is read as well when a tool has laid it out anew', () => {
  expect(readSession(JSON.stringify(JSON.parse(json), undefined, 2)).events).toEqual(readSession(json).events);
});

it('of a cut one the events before the cut are read, and the place is said', () => {
  const cut = readSession(json.slice(0, json.indexOf('"negotiations"') - 20)).events;
  expect(cut.length).toBeGreaterThan(2);
  expect(cut.at(-1)).toMatchObject({ kind: 'problem', code: 'INPUT_CUT', seq: cut.length });
});

it('what is no event becomes a problem, as in a recording', () => {
  const read = readSession('{"schema":1,"source":{},"parties":["a"],"events":[7,{"seq":"x"},{"kind":"message"}]}');
  expect(read.events.map(({ kind }) => kind)).toEqual(['problem', 'other', 'problem']);
});

it('one of a newer version is refused', () => {
  const newer = '{"schema":1,"source":{"format":99},"parties":[],"events":[]}';
  expect(() => readSession(newer)).toThrow(expect.objectContaining({ code: 'SESSION_NEWER' }));
});
