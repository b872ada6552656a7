import { expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { isQuiet } from '../../src/core/quiet.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';

const pc = 'a+b';
const sdp = 'v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n';

function quietAfter(...bodies: readonly object[]): boolean {
  const model = emptyModel();
  for (const [index, body] of bodies.entries())
    reduce(model, { seq: index + 1, t: index, from: 'a', to: 'b', ...body } as SignalEvent);
  return isQuiet(model);
}

const says = (from: string, type: string) => ({
  ...{ kind: 'message', protocol: 'x', encoding: 'text', raw: '', from, to: from === 'a' ? 'b' : 'a' },
  signals: [{ type, pc, sdp }],
});
const state = (from: string, value: string) => ({ kind: 'state', pc, of: 'signaling', value, from, to: from });

test('an open offer is no quiet, its answer is', () => {
  expect(quietAfter()).toBe(true);
  expect(quietAfter(says('a', 'offer'))).toBe(false);
  expect(quietAfter(says('a', 'offer'), says('b', 'answer'))).toBe(true);
});

test('an answer that has not arrived yet is none; what is closed waits for nothing', () => {
  const answered = [state('a', 'have-local-offer'), says('a', 'offer'), says('b', 'answer')];
  expect(quietAfter(...answered)).toBe(false);
  expect(quietAfter(...answered, state('a', 'stable'))).toBe(true);
  expect(quietAfter(...answered, state('a', 'closed'))).toBe(true);
});
