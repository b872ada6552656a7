import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { version } from '../../src/cli/version.ts';
import { wrap } from '../../src/sinks/wrap.ts';
import { renego } from './run.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const RESTART = fixture('sessions/ice-restart.ndjson');
const SDP = fixture('sdp/chromium-156-offer-av-data.sdp');

describe('help', () => {
  test('of renego lists every command', async () => {
    const { code, stdout, stderr } = await renego(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const unbroken = stdout.replace(/\n {10,}/g, ' ');
    for (const { name, summary } of COMMANDS)
      expect(unbroken).toMatch(new RegExp(`^ {2}${name} .*${escaped(summary)}$`, 'm'));
  });

  test('is what renego says where there is no terminal', async () => {
    expect(await renego([])).toEqual(await renego(['--help']));
  });

  test.each(COMMANDS.map((spec) => [spec.name, spec] as const))(
    'of %s has two real examples and no long line',
    async (name, spec) => {
      const { code, stdout } = await renego([name, '--help']);
      expect(code).toBe(0);
      expect(spec.examples.length).toBeGreaterThanOrEqual(2);
      for (const { command } of spec.examples) expect(stdout).toContain(`  $ ${command}\n`);
      const prose = stdout.split('\n').filter((line) => !line.startsWith('  $ '));
      expect(prose.filter((line) => line.length > 80)).toEqual([]);
      // Each paragraph is broken where the line is full, and nowhere else.
      for (const paragraph of spec.details?.split('\n') ?? []) expect(stdout).toContain(wrap(paragraph, 80).join('\n'));
      expect(await renego(['help', name])).toMatchObject({ code: 0, stdout });
    },
  );

  test.each(COMMANDS.flatMap((spec) => spec.examples.map(({ command }) => [command, spec] as const)))(
    'example is accepted as written: %s',
    (command, spec) => {
      const own = command
        .split(' | ')
        .flatMap((part) => part.split(' '))
        .filter((word) => word.startsWith('--'));
      const known = COMMANDS.flatMap(({ options }) => options.map(({ flags }) => flags.split(/[ ,]/)[0]));
      expect(own.filter((flag) => !known.includes(flag))).toEqual([]);
      expect(command).toContain(`renego ${spec.name}`);
    },
  );
});

test('--version prints the version of the package', async () => {
  expect(await renego(['--version'])).toEqual({ code: 0, stdout: `${version()}\n`, stderr: '' });
  expect(await renego(['-V'])).toEqual(await renego(['--version']));
});

/** Every way to get it wrong: what is printed, and the exit code. */
describe('misuse', () => {
  test.each<[string, string[], number, RegExp]>([
    ['an unknown command', ['shw'], 2, /unknown command 'shw' \[USAGE\]\n {2}Did you mean show\?/],
    ['an unknown option', ['show', SDP, '--jsn'], 2, /unknown option '--jsn' \[USAGE\]\n {2}Did you mean --json\?/],
    ['a missing argument', ['show'], 2, /missing required argument 'session' \[USAGE\]/],
    ['an argument too many', ['explain', SDP, SDP], 2, /too many arguments/],
    ['a value that is none of the choices', ['check', SDP, '--format', 'pdf'], 2, /Allowed choices are text, json/],
    [
      'an unknown protocol',
      ['connect', 'ws://127.0.0.1:1/', '--protocol', 'smoke'],
      2,
      /no protocol 'smoke' \[UNKNOWN_PROTOCOL\]\n {2}renego protocols lists all/,
    ],
    [
      'an unknown engine',
      ['connect', 'ws://127.0.0.1:1/', '--engine', 'steam'],
      2,
      /no engine 'steam' \[UNKNOWN_ENGINE\]\n {2}There are wrtc/,
    ],
    ['unknown media', ['connect', 'ws://127.0.0.1:1/', '--media', 'audio,smell'], 2, /no 'smell' \[UNKNOWN_MEDIA\]/],
    ['a bad header', ['connect', 'ws://127.0.0.1:1/', '--header', 'nonsense'], 2, /is no header \[BAD_HEADER\]/],
    [
      'a bad ICE server',
      ['connect', 'ws://127.0.0.1:1/', '--ice-server', 'turn:host'],
      2,
      /no ICE server \[BAD_ICE_SERVER\]/,
    ],
    ['a bad time', ['connect', 'ws://127.0.0.1:1/', '--timeout', 'soon'], 2, /'soon' is no time \[BAD_TIME\]/],
    ['an unknown action', ['connect', 'ws://127.0.0.1:1/', '--do', 'dance'], 2, /no action 'dance' \[UNKNOWN_ACTION\]/],
    [
      'an unknown state',
      ['connect', 'ws://127.0.0.1:1/', '--exit-when', 'happy'],
      2,
      /no state 'happy' \[UNKNOWN_STATE\]/,
    ],
    ['a contradiction', ['connect', 'ws://127.0.0.1:1/', '--polite', '--impolite'], 2, /contradict each other/],
    ['a browser that is not started', ['attach', '--headless'], 2, /--headless is for a browser that --launch starts/],
    ['an address that is none', ['connect', 'nowhere'], 2, /'nowhere' is not an address \[CONNECT_URL\]/],
    ['a web address', ['connect', 'http://127.0.0.1:1/'], 2, /Did you mean ws:\/\/127.0.0.1:1\/ \?/],
    ['a screen without a terminal', ['view', SDP], 2, /\[NO_TERMINAL\]\n {2}renego show prints/],
    ['a bad filter', ['show', RESTART, '--filter', 'kind:nonsense'], 2, /--filter: there is no kind "nonsense"/],
    ['no such file', ['show', 'no/such/file'], 4, /there is no such file \[UNREADABLE\]/],
    ['a folder', ['show', fixture('.')], 4, /it is a folder \[UNREADABLE\]/],
    ['a file of no known format', ['show', fileURLToPath(import.meta.url)], 4, /\[INPUT_UNREADABLE\]/],
    [
      'an event that is not there',
      ['show', `${RESTART}#9999`],
      4,
      /has no event 9999 \[NO_SUCH_EVENT\]\n {2}It holds events 1 to/,
    ],
    ['an event without description', ['diff', RESTART, '2'], 2, /event 2 .* carries no description \[NO_DESCRIPTION\]/],
    [
      'a session where a description is meant',
      ['diff', RESTART, SDP],
      2,
      /\[WHICH_DESCRIPTION\]\n {2}Name one of them: /,
    ],
    ['standard input twice', ['diff', '-', '-'], 2, /read once only/],
  ])('%s', async (_, argv, code, message) => {
    const outcome = await renego(argv);
    expect(outcome.stderr).toMatch(message);
    expect(outcome).toMatchObject({ code, stdout: '' });
  });

  test('a server that is not there is shown trying, and ends with exit code 3', async () => {
    const { code, stdout, stderr } = await renego(['connect', 'ws://127.0.0.1:1/']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/link error connect ECONNREFUSED/);
    expect(stderr).toMatch(/nobody listens at .* \[CONNECT_REFUSED\]\n {2}Is the server running/);
  });

  test('stacks are printed with --debug only', async () => {
    expect((await renego(['show', 'nofile'])).stderr).not.toMatch(/ at /);
    expect((await renego(['show', 'nofile', '--debug'])).stderr).toMatch(/\n {4}at /);
  });

  test('what a file name holds does not reach the terminal as it is', async () => {
    expect((await renego(['show', 'evil\u001b]0;title\u0007'])).stderr).toContain('evil\\x1b]0;title\\x07');
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
