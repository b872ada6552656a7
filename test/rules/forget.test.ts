/** Judging a long recording of short calls, most of which are forgotten meanwhile. */
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import type { EventList } from '../../src/core/event-list.ts';
import { eventView } from '../../src/core/event-view.ts';
import type { Forgetting } from '../../src/core/forget.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { beginCheck, check } from '../../src/rules/index.ts';
import { answer, bye, candidate, offer } from '../core/conversation.ts';

const FORGETTING: Forgetting = { kept: 20, rest: 600_000 };

const CALL = [
  ['a', (n: number) => offer({ by: `a${n}` })],
  ...Array.from({ length: 5 }, () => ['a', (n: number) => candidate(`a${n}001`)] as const),
  ['b', (n: number) => answer({ by: `b${n}` })],
  ['a', (n: number) => offer({ by: `a${n}`, version: 2, ufrag: `a${n}002` })],
  // Nobody has described these credentials, and the offer stays without an answer.
  ['b', () => candidate('none')],
  ['a', () => bye],
] as const;

/** Short calls a minute apart, made when they are asked for; every third ends without goodbye. */
function calls(count: number): EventList {
  return eventView(count * CALL.length, (place) => {
    const [n, step] = [Math.floor(place / CALL.length), place % CALL.length];
    const [from, signal] = CALL[step] as (typeof CALL)[number];
    const quiet = step === CALL.length - 1 && n % 3 === 0;
    return {
      ...{ seq: place + 1, t: n * 60_000 + step * 100, from, to: from === 'a' ? 'b' : 'a' },
      ...{ kind: 'message', protocol: 'p', encoding: 'text', raw: '' },
      signals: [quiet ? { type: 'other', label: 'ping' } : { ...signal(n), pc: `call-${n}` }],
    } as unknown as SignalEvent;
  });
}

function judged(events: EventList) {
  const model = emptyModel(events);
  const checking = beginCheck({ forgetting: FORGETTING });
  for (const event of events) checking.observe(reduce(model, event), event);
  return { model, findings: checking.finish(model) };
}

describe('with forgetting', () => {
  it('the same is found as in the whole at once', () => {
    const events = calls(90);
    const told = ({ findings }: { findings: ReturnType<typeof check> }) =>
      findings.map(({ event, rule, message, pc }) => `${event} ${rule} ${pc} ${message}`).sort();
    const { model, findings } = judged(events);
    expect(told({ findings })).toEqual(told({ findings: check(events) }));
    expect(findings.length).toBeGreaterThan(90);
    expect(model.described.all.length).toBeLessThan(200);
  });
});
