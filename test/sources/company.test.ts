import { expect, test } from 'vitest';
import type { Draft, Signal, SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { createCompany } from '../../src/sources/company.ts';

const sdp = (id: number) => `v=0\r\no=- ${id} 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n`;

/** What two members tell, as the log has it. */
function meeting(anonymous?: string) {
  const model = emptyModel();
  const company = createCompany({ members: ['alice', 'bob'], anonymous });
  const sink = (draft: Draft) => {
    const seq = model.events.length + 1;
    reduce(model, { ...draft, seq, t: seq } as SignalEvent);
    return seq;
  };
  const tell = { alice: company.heard('alice', sink), bob: company.heard('bob', sink) };
  const envelope = { kind: 'message', protocol: 'x', encoding: 'text', raw: '' } as const;
  return {
    model,
    tell,
    says: (from: 'alice' | 'bob', to: string, signal: Signal) =>
      tell[from]({ ...envelope, dir: 'c2s', from, to, signals: [signal] }),
    gets: (to: 'alice' | 'bob', from: string, signal: Signal) =>
      tell[to]({ ...envelope, dir: 's2c', from, to, signals: [signal] }),
  };
}

const pc = 'alice+bob';
const offer = (id: number): Signal => ({ type: 'offer', pc, sdp: sdp(id) });

test('what a member says is told once, by who says it; where it arrives it is a delivery of that', () => {
  const { model, says, gets, tell } = meeting();
  says('alice', 'bob', offer(1));
  const delivered = gets('bob', 'alice', offer(1));
  tell.bob({ from: 'bob', to: 'bob', kind: 'apply', pc, op: 'remote', type: 'offer', ok: true, of: delivered ?? 0 });
  expect(model.events.slice().map(({ link }) => link)).toEqual(['alice', 'bob', undefined]);
  expect(model.events.slice()[1]).toMatchObject({
    signals: [{ type: 'other', label: 'delivery of offer of alice', carries: 'offer', pc, of: 1 }],
  });
  expect(model.events.slice()[2]).toMatchObject({ kind: 'apply', of: 1 });
  expect(model.sessions.get(pc)?.rounds).toHaveLength(1);
});

test('offers that cross: the rollback of the polite one is of its own offer', () => {
  const { model, says, gets, tell } = meeting();
  says('alice', 'bob', offer(1));
  says('bob', 'alice', offer(2));
  const delivered = gets('bob', 'alice', offer(1)) ?? 0;
  tell.bob({ from: 'bob', to: 'bob', kind: 'apply', pc, op: 'local', type: 'rollback', ok: true });
  tell.bob({ from: 'bob', to: 'bob', kind: 'apply', pc, op: 'remote', type: 'offer', ok: true, of: delivered });
  gets('alice', 'bob', offer(2));
  says('bob', 'alice', { type: 'answer', pc, sdp: sdp(2) });
  expect(model.sessions.get(pc)?.rounds.map(({ offerer, state }) => `${offerer} ${state}`)).toEqual([
    'alice complete',
    'bob rolled-back',
  ]);
});

test('a goodbye and an end of candidates look the same from everybody: who sent them tells', () => {
  const { model, gets } = meeting();
  gets('bob', 'alice', { type: 'bye', pc });
  gets('bob', 'server', { type: 'bye', pc });
  expect(model.events.slice().map((event) => event.kind === 'message' && event.signals[0]?.type)).toEqual([
    'other',
    'bye',
  ]);
});

test('what a server has changed on the way is no delivery', () => {
  const { model, says, gets } = meeting();
  says('alice', 'bob', offer(1));
  gets('bob', 'alice', offer(3));
  expect(model.events.slice()[1]).toMatchObject({ signals: [{ type: 'offer' }] });
});

test('where nobody has a name, the only other one is meant, and both call their connections the same', () => {
  const { model, says, gets, tell } = meeting('peer');
  const mine = (name: string): Signal => ({ type: 'offer', pc: [name, 'peer'].sort().join('+'), sdp: sdp(1) });
  says('alice', 'peer', mine('alice'));
  gets('bob', 'peer', mine('bob'));
  tell.bob({ from: 'bob', to: 'bob', kind: 'state', pc: 'bob+peer', of: 'signaling', value: 'have-remote-offer' });
  expect(model.events.slice().map(({ from, to }) => `${from} ${to}`)).toEqual(['alice bob', 'alice bob', 'bob bob']);
  expect([...model.sessions.keys()]).toEqual([pc]);
});
