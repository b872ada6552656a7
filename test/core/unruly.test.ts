import { describe, expect, test } from 'vitest';
import { keepsCredentials, keptOpen, offeredAgain } from '../../src/core/unruly.ts';
import { answer, conversation, offer, type Shape } from './conversation.ts';

const AV = ['audio 0', 'video 1'];
const STOPPED = ['audio 0', 'video 1 rejected'];

/** Rounds of a, each with the shapes of its offer and answer. */
function rounds(...shapes: readonly (readonly [Omit<Shape, 'by'>, Omit<Shape, 'by'>])[]) {
  const talk = conversation();
  for (const [index, [ours, theirs]] of shapes.entries()) {
    talk.says('a', 'b', offer({ by: 'a', version: index + 1, sections: AV, ...ours }));
    talk.says('b', 'a', answer({ by: 'b', version: index + 1, sections: AV, ...theirs }));
  }
  return talk.session().rounds;
}

describe('what no engine does', () => {
  test('a restart answered with the credentials from before', () => {
    const told = rounds([{}, {}], [{ ufrag: 'a002' }, {}], [{ ufrag: 'a003' }, { ufrag: 'b003' }]);
    expect(told.map(keepsCredentials)).toEqual([false, true, false]);
  });

  test('an answer that leaves open what the offer has stopped', () => {
    const told = rounds([{}, {}], [{ sections: STOPPED }, {}], [{ sections: STOPPED }, { sections: STOPPED }]);
    expect(told.map(keptOpen)).toEqual([[], [1], []]);
  });

  test('an offer of what was rejected, in its old place', () => {
    const told = rounds([{}, { sections: STOPPED }], [{}, {}], [{ sections: ['audio 0', 'video 2'] }, {}]);
    expect(told.map((round, index) => offeredAgain(round, told[index - 1]))).toEqual([[], [1], []]);
  });

  test('a rejected section may be used anew', () => {
    const [first, second] = rounds([{}, { sections: STOPPED }], [{ sections: ['audio 0', 'video 2'] }, {}]);
    expect(second && offeredAgain(second, first)).toEqual([]);
  });
});
