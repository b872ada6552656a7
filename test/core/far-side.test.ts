/** Two ends that are both heard: who stood in for one of them is forgotten. */
import { expect, test } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { ladderRow } from '../../src/core/ladder.ts';
import { createLog } from '../../src/core/log.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { anAnswer, anOffer } from '../../src/rules/example.ts';

const HEADER = { format: 1, tool: 'test', startedAt: '', source: 'attach', parties: [], redacted: [] } as const;
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.10 50000 typ host generation 0 ufrag aUf1';

function tell(...drafts: readonly Draft[]) {
  let t = 0;
  const log = createLog(HEADER, () => {
    t += 1;
    return t;
  });
  const model = emptyModel();
  log.subscribe((event) => void reduce(model, event));
  for (const draft of drafts) log.append(draft);
  const ways = () => log.events.map((event) => ladderRow(model, event)).map(({ from, to }) => `${from}>${to}`);
  return { model, ways };
}

const message = (from: string, to: string, signal: object): Draft =>
  ({
    from,
    to,
    kind: 'message',
    protocol: 'page',
    encoding: 'text',
    raw: '',
    signals: [{ pc: 'pc1', ...signal }],
  }) as unknown as Draft;
const inside = (party: string, body: object): Draft => ({ from: party, to: party, pc: 'pc1', ...body }) as Draft;

const BEGIN = [
  message('pc1', 'remote', { type: 'offer', sdp: anOffer() }),
  message('pc1', 'remote', { type: 'candidate', candidate: CANDIDATE, mid: '0' }),
  { ...inside('pc2', { kind: 'state', of: 'connection', value: 'new' }), pc: 'pc2' } as Draft,
  inside('pc2', { kind: 'state', of: 'signaling', value: 'have-remote-offer' }),
];
const TAKEN = inside('pc2', { kind: 'apply', op: 'remote', type: 'offer', ok: true, of: 1 });

test('who was given what went to a stand-in is the far side, from the beginning on', () => {
  const { model, ways } = tell(...BEGIN, TAKEN, message('pc2', 'pc1', { type: 'answer', sdp: anAnswer() }));
  const session = model.sessions.get('pc1');
  expect(model.parties).toEqual(['pc1', 'pc2']);
  expect([...model.sessions.keys()]).toEqual(['pc1']);
  expect([...(session?.sides.keys() ?? [])]).toEqual(['pc1', 'pc2']);
  expect(session?.rounds).toMatchObject([{ offerer: 'pc1', answerer: 'pc2', state: 'complete', cause: 'first' }]);
  expect(session?.sides.get('pc2')).toMatchObject({
    party: 'pc2',
    actual: { signaling: 'have-remote-offer', connection: 'new' },
  });
  expect(session?.candidates).toMatchObject([{ from: 'pc1', to: 'pc2' }]);
  expect(ways().slice(0, 2)).toEqual(['pc1>pc2', 'pc1>pc2']);
});

test('an offer of the stand-in is that of the far side', () => {
  const taken = inside('pc2', { kind: 'apply', op: 'remote', type: 'answer', ok: true, of: 2 });
  const { model } = tell(
    message('remote', 'pc1', { type: 'offer', sdp: anOffer() }),
    message('pc1', 'remote', { type: 'answer', sdp: anAnswer() }),
    taken,
  );
  expect(model.sessions.get('pc1')?.rounds).toMatchObject([{ offerer: 'pc2', answerer: 'pc1' }]);
  expect([...(model.sessions.get('pc1')?.sides.values() ?? [])].map(({ party }) => party).sort()).toEqual([
    'pc1',
    'pc2',
  ]);
});

test('nobody else is renamed: who has sent something, who it was sent to, and who else speaks to the stand-in', () => {
  const own = inside('pc1', { kind: 'apply', op: 'remote', type: 'offer', ok: true, of: 1 });
  expect(tell(...BEGIN, own).model.parties).toContain('remote');
  const addressee = inside('remote', { kind: 'apply', op: 'remote', type: 'offer', ok: true, of: 1 });
  expect(tell(...BEGIN, addressee).ways()[0]).toBe('pc1>remote');
  const third = message('pc3', 'remote', { type: 'offer', pc: 'pc3', sdp: anOffer() });
  const { model } = tell(...BEGIN, third, TAKEN);
  expect(model.parties).toContain('remote');
  expect(model.sessions.get('pc3')?.rounds).toMatchObject([{ answerer: 'remote' }]);
});
