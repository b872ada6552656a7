import { expect, test } from 'vitest';

test('the tests run on the Node they are meant to run on', () => {
  const wanted = process.env.RENEGO_EXPECT_NODE ?? process.version;
  expect(process.version.startsWith(wanted), `${process.version} where ${wanted} was asked for`).toBe(true);
});
