import { expect, it } from 'vitest';
import type { SessionHeader } from '../../src/core/event.ts';
import { negotiationJson, showJson } from '../../src/core/report.ts';
import { answer, bye, conversation, offer } from './conversation.ts';

const header: SessionHeader = {
  format: 1,
  tool: 'renego test',
  startedAt: '2026-11-21T06:31:13.000Z',
  source: 'import:transcript',
  parties: ['a', 'b'],
  redacted: [],
};

it('holds the contract’s members', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  const json = showJson(header, talk.model, { findings: ['f'] });
  expect(json).toMatchObject({ schema: 1, parties: ['a', 'b'], findings: ['f'] });
  expect(json.source).toEqual({
    format: 1,
    tool: 'renego test',
    startedAt: '2026-11-21T06:31:13.000Z',
    source: 'import:transcript',
    redacted: [],
  });
  expect(json.events[0]).toMatchObject({
    seq: 1,
    t: 10,
    from: 'a',
    to: 'b',
    kind: 'message',
    protocol: 'test',
    raw: '',
  });
});

it('tells the ufrag of a candidate from its member or from its line', () => {
  const talk = conversation();
  const line = 'candidate:1 1 udp 1 192.0.2.1 5000 typ host ufrag inline';
  talk.says('a', 'b', { type: 'candidate', candidate: line, mid: '0' });
  talk.says('a', 'b', { type: 'candidate', candidate: line, ufrag: 'member' });
  expect(showJson(header, talk.model).events).toMatchObject([
    { signals: [{ candidate: line, mid: '0', ufrag: 'inline' }] },
    { signals: [{ ufrag: 'member' }] },
  ]);
});

it('names the session that a signal belongs to, also when an id is used again', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', bye);
  talk.says('a', 'b', offer({ by: 'a2' }));
  const { events, negotiations } = showJson(header, talk.model);
  expect(events[2]).toMatchObject({ signals: [{ pc: 'a+b#2' }] });
  expect(negotiations.map(({ pc, offer: seq, state }) => [pc, seq, state])).toEqual([
    ['a+b', 1, 'failed'],
    ['a+b#2', 3, 'open'],
  ]);
});

it('describes a round with the changes of its offer', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
  const json = talk.session().rounds.map((round) => negotiationJson(talk.model, round));
  expect(json[0]).toMatchObject({
    pc: 'a+b',
    cause: 'first',
    offer: 1,
    answer: 2,
    offerer: 'a',
    answerer: 'b',
    state: 'complete',
    changes: [],
  });
  expect(json[0]?.agreement?.sentences.map(({ mid, sentence }) => [mid, sentence])).toContainEqual([
    '0',
    expect.stringMatching(/^Audio /),
  ]);
  expect(json[0]?.effect).toEqual([{ mid: '0', class: 'section-added', sentence: expect.stringMatching(/^Audio /) }]);
  expect(json[1]).toMatchObject({ answer: null, state: 'open' });
  expect(json[1]).not.toHaveProperty('agreement');
  expect(json[1]?.changes.map((change) => [change.class, change.mid])).toContainEqual(['section-added', '1']);
});
