import { describe, expect, test } from 'vitest';
import { parseDo, parseState } from '../../src/cli/do.ts';
import { createPlan, type Plan } from '../../src/cli/plan.ts';
import type { Action, Draft, StateOf } from '../../src/core/event.ts';
import { createLog } from '../../src/core/log.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';

const header = { format: 1, tool: '', startedAt: '', source: '', parties: [], redacted: [] } as const;

/** A plan that listens to a log, as in a live session. */
function staged(plan: Plan) {
  const log = createLog(header, () => 0);
  const model = emptyModel();
  const actions: string[] = [];
  const refused = new Map<Action['do'], string>();
  const say = (draft: Draft) => {
    const event = log.append(draft);
    reduce(model, event);
    plan.accept(event);
    ask();
  };
  const ask = () => {
    const action = plan.next((wanted) => refused.get(wanted.do));
    if (action !== undefined) actions.push(action.do);
  };
  const state = (of: StateOf, value: string) => say({ kind: 'state', from: 'me', to: 'me', pc: 'p', of, value });
  const signal = (
    type: 'offer' | 'answer',
    from: string,
    to: string,
    sdp = `v=0\r\no=- ${log.version} 1 IN IP4 0\r\n`,
  ) => say({ kind: 'message', from, to, protocol: 'x', encoding: 'text', raw: '', signals: [{ type, pc: 'p', sdp }] });
  const act = (what: 'restart-ice' | 'hangup') => say({ kind: 'action', from: 'me', to: 'me', action: { do: what } });
  return { actions, refused, say, state, signal, act, done: () => plan.done(model) };
}

const plan = (doing: readonly string[], exitWhen?: string) =>
  createPlan(doing.map(parseDo), exitWhen === undefined ? undefined : parseState(exitWhen, ''));

describe('planned actions', () => {
  test('wait for their state, and are done once', () => {
    const stage = staged(plan(['restart-ice@connected']));
    stage.state('connection', 'connecting');
    expect(stage.actions).toEqual([]);
    stage.state('connection', 'connected');
    stage.state('connection', 'connected');
    expect(stage.actions).toEqual(['restart-ice']);
  });

  test('without a trigger are done as soon as they are not refused', () => {
    const stage = staged(plan(['call']));
    stage.refused.set('call', 'nobody is there');
    stage.say({ kind: 'link', from: 'me', to: 'server', change: 'open' });
    expect(stage.actions).toEqual([]);
    stage.refused.clear();
    stage.say({ kind: 'mark', from: 'me', to: 'me', text: '' });
    expect(stage.actions).toEqual(['call']);
  });

  test('that are refused at their moment are done as soon as they can be', () => {
    const stage = staged(plan(['restart-ice@connected']));
    stage.refused.set('restart-ice', 'a negotiation is under way');
    stage.state('connection', 'connected');
    expect(stage.actions).toEqual([]);
    stage.refused.clear();
    stage.state('signaling', 'stable');
    expect(stage.actions).toEqual(['restart-ice']);
  });

  test('that can never be done are given up, and the rest goes on', () => {
    const planned = plan(['restart-ice@connected', 'hangup@connected'], 'connected');
    const stage = staged(planned);
    stage.refused.set('hangup', 'wait');
    stage.refused.set('restart-ice', 'wait');
    stage.state('connection', 'connected');
    expect([planned.lost, planned.due.length]).toEqual([[], 2]);
    const never = ({ do: what }: Action) => (what === 'restart-ice' ? 'one offer a call' : undefined);
    expect(planned.next((action) => (action.do === 'hangup' ? undefined : 'wait'), never)).toEqual({ do: 'hangup' });
    const lost = [{ text: 'restart-ice@connected', why: 'one offer a call' }];
    expect([planned.lost, planned.undone, planned.due]).toEqual([lost, lost, []]);
    expect(stage.done()).toBe(true);
  });

  test('wait for an offer or answer of either side, and for as many as they say', () => {
    const stage = staged(plan(['add-video@answer', 'restart-ice@answer#2', 'hangup@offer#3']));
    stage.signal('offer', 'me', 'you');
    expect(stage.actions).toEqual([]);
    stage.signal('answer', 'you', 'me');
    expect(stage.actions).toEqual(['add']);
    stage.signal('offer', 'you', 'me');
    stage.signal('answer', 'me', 'you');
    expect(stage.actions).toEqual(['add', 'restart-ice']);
    stage.signal('offer', 'me', 'you');
    expect(stage.actions).toEqual(['add', 'restart-ice', 'hangup']);
  });

  test('at a time are due then', () => {
    const timed = plan(['add-video@+2s', 'hangup@+5s']);
    const next = () => timed.next(() => undefined)?.do;
    expect(timed.times).toEqual([2000, 5000]);
    expect(next()).toBeUndefined();
    timed.reach(2000);
    expect([next(), next()]).toEqual(['add', undefined]);
    expect(timed.undone.map(({ text }) => text)).toEqual(['hangup@+5s']);
    timed.reach(5000);
    expect([next(), next()]).toEqual(['hangup', undefined]);
    expect(timed.undone).toEqual([]);
  });
});

describe('the end is reached', () => {
  test('when the state is, and no round is open', () => {
    const stage = staged(plan([], 'connected'));
    stage.signal('offer', 'me', 'you');
    stage.signal('answer', 'you', 'me');
    expect(stage.done()).toBe(false);
    stage.state('connection', 'connected');
    expect(stage.done()).toBe(true);
    stage.signal('offer', 'you', 'me');
    expect(stage.done()).toBe(false);
  });

  test('not before the round of a planned action is over', () => {
    const stage = staged(plan(['restart-ice@connected'], 'connected'));
    stage.signal('offer', 'me', 'you');
    stage.signal('answer', 'you', 'me');
    stage.state('connection', 'connected');
    stage.act('restart-ice');
    expect(stage.done()).toBe(false);
    stage.signal('offer', 'me', 'you');
    expect(stage.done()).toBe(false);
    stage.signal('answer', 'you', 'me');
    expect(stage.done()).toBe(true);
  });

  test('not while a planned action is refused', () => {
    const stage = staged(plan(['restart-ice@connected'], 'connected'));
    stage.refused.set('restart-ice', 'a negotiation is under way');
    stage.state('connection', 'connected');
    expect(stage.done()).toBe(false);
  });

  test('when a planned action turned out to be impossible', () => {
    const stage = staged(plan(['restart-ice@connected'], 'connected'));
    stage.state('connection', 'connected');
    stage.act('restart-ice');
    stage.say({ kind: 'problem', from: 'me', to: 'me', code: 'ACTION_FAILED', detail: '' });
    expect(stage.done()).toBe(true);
  });

  test('no longer when the state is lost again', () => {
    const stage = staged(plan([], 'connected'));
    stage.state('connection', 'connected');
    stage.state('connection', 'failed');
    expect(stage.done()).toBe(false);
  });

  test('never without --exit-when', () => {
    const stage = staged(plan([]));
    stage.state('connection', 'connected');
    expect(stage.done()).toBe(false);
  });
});
