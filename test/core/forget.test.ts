/** What is over for long can be forgotten; what comes for it nevertheless is told as coming after the end. */
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { forget, forgettable } from '../../src/core/forget.ts';
import type { Model } from '../../src/core/model.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { answer, bye, candidate, offer } from './conversation.ts';

const MINUTE = 60_000;
const FORGETTING = { kept: 2, rest: 10 * MINUTE };

/** Calls one after the other, one a minute; `pcOf` names them; `after` each of them. */
function calls(
  count: number,
  pcOf: (n: number) => string,
  after: (model: Model, last: SignalEvent) => void = () => {},
) {
  const model = emptyModel();
  let seq = 0;
  const says = (n: number, from: string, signal: object): SignalEvent => {
    seq += 1;
    const [to, pc] = [from === 'a' ? 'b' : 'a', pcOf(n)];
    const event = { seq, t: n * MINUTE, from, to, kind: 'message', protocol: 'p', encoding: 'text', raw: '' };
    reduce(model, { ...event, signals: [{ ...signal, pc }] } as unknown as SignalEvent);
    return model.events.at(-1) as SignalEvent;
  };
  for (let n = 0; n < count; n += 1) {
    for (const signal of [offer({ by: `a${n}` }), candidate(`a${n}001`)]) says(n, 'a', signal);
    says(n, 'b', answer({ by: `b${n}` }));
    after(model, says(n, 'a', bye));
  }
  return { model, says };
}

describe('sessions that are over', () => {
  it('may be forgotten when so many are kept and the older half has rested, as soon as another one ends', () => {
    const names = (model: Model, minute: number, kept = 2) =>
      forgettable(model, { seq: model.events.length, t: minute * MINUTE }, { ...FORGETTING, kept }).map(({ pc }) => pc);
    const { model, says } = calls(5, (n) => `call-${n}`);
    expect(names(model, 10.9)).toEqual([]);
    expect(names(model, 11)).toEqual(['call-0', 'call-1']);
    expect(names(model, 11, 3)).toEqual([]);
    says(11, 'a', offer({ by: 'a' }));
    expect(names(model, 11)).toEqual([]);
  });

  it('leave only that they were there', () => {
    const { model, says } = calls(3, (n) => `call-${n}`);
    forget(model, [...model.sessions.values()].slice(0, 2));
    expect([...model.sessions.values()].map(({ rounds, closedBy }) => [rounds.length, closedBy])).toEqual([
      [0, 4],
      [0, 8],
      [1, 12],
    ]);
    expect(model.described.all.map(({ seq }) => seq)).toEqual([9, 11]);
    expect(model.gathered.all.map(({ seq }) => seq)).toEqual([10]);
    const late = says(0, 'b', candidate('b0001'));
    expect(model.sessions.get('call-0')).toMatchObject({ closedBy: 4, partial: true });
    expect(model.gathered.get(late.seq)).toHaveLength(1);
  });

  it('leave their id to whoever uses it again', () => {
    const { model, says } = calls(3, () => 'same');
    expect([...model.sessions.keys()]).toEqual(['same', 'same#2', 'same#3']);
    forget(model, [...model.sessions.values()]);
    expect([...model.sessions.keys()]).toEqual(['same#3']);
    says(3, 'a', offer({ by: 'a3' }));
    expect([...model.sessions.keys()]).toEqual(['same#3', 'same#4']);
    expect(model.newest?.pc).toBe('same#4');
  });

  it('are all that a model grows by', () => {
    const most = (count: number): number => {
      let held = 0;
      calls(
        count,
        (n) => `call-${n}`,
        (model, last) => {
          forget(model, forgettable(model, last, FORGETTING));
          held = Math.max(held, heldBy(model));
        },
      );
      return held;
    };
    expect(most(400)).toBe(most(100));
  });
});

function heldBy({ sessions, described, gathered, alive, ended }: Model): number {
  const lists = [described.all, gathered.all, alive, ended];
  const told = [...sessions.values()].flatMap((one) => [one.descriptions, one.candidates, one.rounds, [...one.sides]]);
  return [...lists, ...told].reduce((sum, { length }) => sum + length, 0);
}
