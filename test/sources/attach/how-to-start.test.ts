/** The commands that start a browser so that it listens, for each system. */
import { expect, test } from 'vitest';
import { howToStart } from '../../../src/sources/attach/how-to-start.ts';

const NONE = { chromium: undefined, firefox: undefined };
const commands = (text: string) => text.split('\n').filter((line) => line.startsWith('  '));

test('names the browser that is installed, the port that was asked for and a profile of its own', () => {
  const linux = howToStart('127.0.0.1:9333', { ...NONE, platform: 'linux', chromium: '/usr/bin/chromium' });
  expect(commands(linux)).toEqual([
    '  /usr/bin/chromium --remote-debugging-port=9333 --user-data-dir=/tmp/renego-chrome',
    '  mkdir -p /tmp/renego-firefox && firefox --remote-debugging-port=9333 --no-remote --profile /tmp/renego-firefox',
  ]);
  expect(linux).toMatch(/since version 136/);
  expect(linux).not.toMatch(/ssh/);
  const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
  expect(commands(howToStart('localhost:9222', { ...NONE, platform: 'darwin', chromium: edge }))[0]).toBe(
    '  open -na "Microsoft Edge" --args --remote-debugging-port=9222 --user-data-dir=/tmp/renego-chrome',
  );
  const windows = { ...NONE, platform: 'win32', chromium: 'C:\\Edge\\msedge.exe' } as const;
  expect(commands(howToStart('localhost:9222', windows))[0]).toBe(
    '  cmd /c start msedge --remote-debugging-port=9222 --user-data-dir=%TEMP%\\renego-chrome',
  );
});

test('says how a browser of another machine is reached', () => {
  expect(howToStart('laptop:9222', { ...NONE, platform: 'linux' })).toMatch(/ssh -L 9222:127\.0\.0\.1:9222 laptop$/);
});
