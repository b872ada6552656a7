import { expect, test } from 'vitest';
import { parseListen } from '../../src/cli/listen.ts';

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8080],
  ['0.0.0.0:0', '0.0.0.0', 0],
  ['9000', '127.0.0.1', 9000],
  [':9000', '127.0.0.1', 9000],
  ['localhost:80', 'localhost', 80],
  ['[::1]:8080', '::1', 8080],
])('%s', (text, host, port) => {
  expect(parseListen(text)).toEqual({ host, port });
});

test.each(['', 'localhost', '127.0.0.1:', '127.0.0.1:99999', '::1:80', 'a b:80', 'http://x:1'])(
  "'%s' is no address",
  (text) => {
    expect(() => parseListen(text)).toThrow(/is no address/);
  },
);
