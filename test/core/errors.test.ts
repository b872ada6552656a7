import { expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';

it('carries what the user needs: what happened, a stable code, what to do', () => {
  const error = new RenegoError('input', 'SESSION_NEWER', 'written by a newer renego', 'Update renego.');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'RenegoError',
    kind: 'input',
    code: 'SESSION_NEWER',
    message: 'written by a newer renego',
    hint: 'Update renego.',
  });
});
