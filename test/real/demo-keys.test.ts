/** The keys that act as a peer, pressed in the demo: each does what the table says, or says why it cannot. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BINDINGS } from '../../src/tui/bindings.ts';
import { withParts } from './parts.ts';
import { BIN } from './process.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** What each is named in the log as ours, and what comes of it. */
const DONE: readonly (readonly [string, string, RegExp])[] = [
  ['offer', 'o', /ours: offer[\s\S]*answer #4/],
  ['add-audio', 'a', /ours: add audio[\s\S]*offer #5 · \+audio mid 3[\s\S]*answer #5/],
  ['direction', 'm', /ours: direction[\s\S]*offer #6 · mid 3[\s\S]*answer #6/],
  ['stop', 'x', /ours: stop[\s\S]*offer #7 · -audio mid 3[\s\S]*answer #7/],
  ['add-video', 'v', /ours: add video[\s\S]*offer #8 · [\s\S]*answer #8/],
  ['restart-ice-offer', 'R', /ours: restart ICE[\s\S]*offer #9 · ICE restart[\s\S]*answer #9 · ICE restart/],
  ['restart-ice', 'r', /ours: restart ICE[\s\S]*offer #10 · ICE restart[\s\S]*answer #10 · ICE restart/],
  ['hangup', 'h', /● hung up/],
  ['call', 'c', /hang up[\s\S]*ours: call +│[\s\S]*answer #1/],
];
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['add-data', 'd', /there is a data channel already/],
  ['rollback', 'b', /there is no offer of ours to roll back/],
  ['step', '.', /only replay --step has steps/],
  ['stats', 's', /only a page in a browser is asked for that/],
  ...(['S', 'A', 'C'] as const).map((key, index): (typeof DONE)[number] => [
    ['relay-only', 'all-candidates', 'configure'][index] ?? '',
    key,
    /only a page in a browser is asked for that/,
  ]),
];

withParts(['tmux', 'wrtc'], 'the keys of the demo', () => {
  let folder: string;
  let terminal: Terminal;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-demo-keys-'));
    terminal = await openTerminal(folder, 120, 50);
    terminal.run(`clear; '${process.execPath}' '${BIN}' demo; echo "left with $?"`);
    // The story has three rounds, and then leaves everything to the keys.
    await terminal.until(/answer #3[\s\S]*signaling stable +ICE (connected|completed)/);
  });
  afterAll(() => {
    terminal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are those of the table', () => {
    const acts = BINDINGS.filter(({ group }) => group === 'Act').map(({ id, keys }) => [id, keys[0]].join(' '));
    const pressed = [...DONE, ...REFUSED].map(([id, key]) => `${id} ${key}`);
    expect(acts.filter((act) => !pressed.includes(act))).toEqual([]);
  });

  test.each(REFUSED)('%s (%s) is refused with the reason', async (_id, key, why) => {
    terminal.press(key);
    await terminal.until(why);
    // The sentence goes with the next key.
    terminal.press('G');
    await terminal.until(/\? help/);
  });

  test.each(DONE)('%s (%s) is done', async (_id, key, comes) => {
    await pressedUntilDone(key, comes);
  });

  /** A key that comes while something is negotiated is refused; then it is pressed again. */
  async function pressedUntilDone(key: string, comes: RegExp): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      terminal.press(key);
      const screen = await terminal.until(new RegExp(`${comes.source}|under way|waits for its answer`));
      if (comes.test(screen)) return;
      terminal.press('g', 'G');
      await terminal.until(/\? help/);
    }
    throw new Error(`${key} was refused each time`);
  }
});
