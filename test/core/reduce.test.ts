import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { events } from './arbitrary.ts';
import { answer, conversation, offer } from './conversation.ts';

const fold = (log: readonly SignalEvent[], model = emptyModel()) => log.reduce(reduce, model);

describe('any log', () => {
  it('is folded without an exception, and keeps every event', () => {
    fc.assert(
      fc.property(events, (log) => {
        const model = fold(log);
        expect(model.events).toEqual(log);
        expect(model.version).toBe(log.length);
      }),
      { numRuns: 300 },
    );
  });

  it('means the same folded at once or in parts', () => {
    fc.assert(
      fc.property(events, fc.nat(30), (log, cut) => {
        expect(fold(log.slice(cut), fold(log.slice(0, cut)))).toEqual(fold(log));
      }),
    );
  });

  it('has at most one open round a side, and every round ended or open', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const session of fold(log).sessions.values()) {
          const open = session.rounds.filter(({ state }) => state === 'open');
          expect(new Set(open)).toEqual(new Set(session.open.values()));
          for (const round of session.rounds) expect(round.endedBy === undefined).toBe(round.state === 'open');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('shows a complete round only with a committed offer and answer', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const session of fold(log).sessions.values()) {
          for (const { state, offer: offered, answer: answered } of session.rounds) {
            if (state !== 'complete') continue;
            expect([offered.status, answered?.status]).toEqual(['committed', 'committed']);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the model', () => {
  it('lists parties in order of appearance', () => {
    const talk = conversation();
    talk.says('b', 'a', offer({ by: 'b' }));
    talk.inside('c', { kind: 'mark', text: '' });
    expect(talk.model.parties).toEqual(['b', 'a', 'c']);
  });

  it('finds descriptions by the event that carried them, and parses them when asked', () => {
    const talk = conversation();
    const seq = talk.says('a', 'b', offer({ by: 'a', sections: ['audio 0', 'video 1'] }));
    expect(talk.model.described.get(seq)?.[0]?.sdp.media.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('keeps what an engine says about itself beside the belief', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.inside('a', { kind: 'state', pc: 'a+b', of: 'ice', value: 'checking' });
    expect(talk.side('a').actual).toEqual({ ice: 'checking' });
  });

  it('follows a signaling connection from both of its ends', () => {
    const talk = conversation();
    const link = (from: string, to: string, rest: object) =>
      reduce(talk.model, { seq: 1, t: 0, from, to, kind: 'link', change: 'open', ...rest } as SignalEvent);
    link('app', 'server', { change: 'open', url: 'ws://127.0.0.1:1/' });
    link('server', 'app', { change: 'close', code: 1006 });
    expect([...talk.model.links.values()]).toMatchObject([{ from: 'app', state: 'closed', detail: '1006' }]);
  });

  it('numbers offers and answers apart', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('b', 'a', offer({ by: 'b', version: 2 }));
    expect(talk.session().descriptions.map(({ type, number }) => `${type} #${number}`)).toEqual([
      'offer #1',
      'answer #1',
      'offer #2',
    ]);
  });

  it('commits every round of a long session, and leaves one generation current', () => {
    const talk = conversation();
    for (let index = 0; index < 3_000; index += 1) {
      talk.says('a', 'b', offer({ by: 'a', version: index, ufrag: `a${index}` }));
      talk.says('b', 'a', answer({ by: 'b', version: index, ufrag: `b${index}` }));
    }
    expect(talk.session().rounds.filter(({ state }) => state === 'complete')).toHaveLength(3_000);
    expect(talk.side('a').currentGenerations.size).toBe(1);
  });
});
