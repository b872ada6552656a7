import { describe, expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { check } from '../../src/rules/index.ts';
import { createJsonLines } from '../../src/sinks/json-lines.ts';
import { recorded } from '../recording.ts';

/** What is printed for these events, line by line as they happen. */
function printed(events: readonly SignalEvent[]) {
  const lines: string[] = [];
  const sink = createJsonLines((text) => lines.push(text));
  const model = emptyModel();
  const findings = check(events);
  for (const event of events) {
    sink.accept(event, reduce(model, event));
    for (const finding of findings) if (finding.event === event.seq) sink.found?.(finding);
  }
  sink.close('user');
  return lines;
}

const events = recorded('ice-restart.ndjson').log.events.slice();

describe('JSON lines of a live session', () => {
  const lines = printed(events);
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  test('are one object each, with the schema first', () => {
    for (const line of lines) expect(line).toMatch(/^\{"schema":1,.*\}\n$/);
  });

  test('hold every event as it is in the log', () => {
    const told = objects.filter(({ seq }) => seq !== undefined).map(({ schema: _, ...event }) => event);
    expect(told).toEqual(events);
  });

  test('tell each negotiation right after the event that ended it', () => {
    const rounds = objects.flatMap((object, index) =>
      object.kind === 'negotiation' ? [[index, object] as const] : [],
    );
    expect(rounds.length).toBeGreaterThan(1);
    for (const [index, { answer, cause }] of rounds) {
      expect(objects[index - 1]?.seq).toBe(answer);
      expect(['first', 'renegotiation', 'ice-restart']).toContain(cause);
    }
    expect(rounds.map(([, { cause }]) => cause)).toContain('ice-restart');
  });

  test('tell an open negotiation when the session ends', () => {
    const cut = printed(events.slice(0, 1)).map((line) => JSON.parse(line));
    expect(cut.at(-1)).toMatchObject({ kind: 'negotiation', state: 'open', offer: 1, answer: null });
  });

  test('cost what an event says, not what there is: sessions it does not speak about are not looked at', () => {
    const sink = createJsonLines(() => {});
    const model = emptyModel();
    for (const event of events) sink.accept(event, reduce(model, event));
    let looked = 0;
    const [first] = model.sessions.values();
    if (first === undefined) throw new Error('no session');
    const other = new Proxy(first, {
      get(session, key) {
        looked += 1;
        return Reflect.get(session, key);
      },
    });
    model.sessions.set('other', other);
    const mark = { seq: events.length + 1, t: 1e6, from: 'a', to: 'a', kind: 'mark', text: 'here' } as const;
    sink.accept(mark, reduce(model, mark));
    expect(looked).toBe(0);
  });
});
