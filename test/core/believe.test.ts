import { expect, it } from 'vitest';
import { believe, correct } from '../../src/core/believe.ts';
import { conversation, offer } from './conversation.ts';

function side() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  return talk.side('a');
}

it('follows a possible transition, with the reason', () => {
  const a = side();
  believe(a, 'remote', 'answer', 'received answer #1');
  expect(a).toMatchObject({ signaling: 'stable', reason: 'received answer #1' });
});

it('keeps the state where the transition is impossible, and says so', () => {
  const a = side();
  believe(a, 'local', 'answer', 'sent answer #1');
  expect(a).toMatchObject({
    signaling: 'have-local-offer',
    reason: 'sent answer #1, but a local answer is not possible in have-local-offer',
  });
});

it('is overruled by proof', () => {
  const a = side();
  correct(a, 'closed', 'hung up');
  expect(a).toMatchObject({ signaling: 'closed', reason: 'hung up' });
});
