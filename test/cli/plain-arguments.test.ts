import { CommanderError } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { type Choice, plainChoice } from '../../src/cli/plain-arguments.ts';
import { createProgram } from '../../src/cli/program.ts';
import { collected } from './run.ts';

/** What commander makes of it; undefined where it prints help or complains. */
function commanderChoice(argv: readonly string[]): Choice | undefined {
  let choice: Choice | undefined;
  const program = createProgram(COMMANDS, '0.0.0', collected().io, (spec, args, options, globals) => {
    choice = { spec, args, options, globals };
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return undefined;
  }
  return choice;
}

const plain = (...argv: string[]) => plainChoice(COMMANDS, argv);

describe('a command line of the common kind', () => {
  test('is read as commander reads it, or left to it', () => {
    const values = fc.constantFrom('a.ndjson', '-', 'json', 'error', '', '30s', 'warning');
    const line = fc.constantFrom(...COMMANDS).chain((spec) => {
      const flags = [...spec.options.map(({ flags: all }) => all.split(' ')[0] ?? ''), '--color', '--ascii', '--help'];
      const word = fc.oneof(values, fc.constantFrom(...flags));
      return fc.array(word, { maxLength: 6 }).map((words) => [spec.name, ...words]);
    });
    let read = 0;
    fc.assert(
      fc.property(line, (argv) => {
        const choice = plainChoice(COMMANDS, argv);
        if (choice === undefined) return;
        read++;
        expect(choice).toEqual(commanderChoice(argv));
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test('has arguments, options with their defaults, and what holds for every command', () => {
    expect(
      plain('check', 'a', '--fail-on', 'warning', 'b', '--rule', 'x=off', '--rule', 'y=off', '--no-color'),
    ).toEqual({
      spec: COMMANDS.find(({ name }) => name === 'check'),
      args: ['a', 'b'],
      options: { format: 'text', failOn: 'warning', rule: ['x=off', 'y=off'] },
      globals: { color: false },
    });
    expect(plain('connect', 'ws://x')?.options).toMatchObject({ reconnect: true });
    expect(plain('show', '-#4')?.args).toEqual(['-#4']);
  });

  test.each([
    ['help', ['check', '--help']],
    ['a mistyped command', ['chek', 'a']],
    ['an unknown option', ['check', 'a', '--jsn']],
    ['a missing argument', ['check']],
    ['one too many', ['explain', 'a', 'b']],
    ['a missing value', ['check', 'a', '--fail-on']],
    ['a value that looks like an option', ['check', 'a', '--config', '--json']],
    ['a value that is no choice', ['check', 'a', '--fail-on', 'all']],
    ['a value after =', ['check', 'a', '--fail-on=error']],
    ['options whose order counts', ['proxy', 'ws://x', '--drop']],
  ])('leaves to commander: %s', (_, argv) => expect(plainChoice(COMMANDS, argv)).toBeUndefined());
});
