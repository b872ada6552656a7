import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { type DecodedSession, decodeSession } from '../../src/session/decode.ts';
import { type Hostile, startHostile } from './hostile.ts';
import { type Installed, installPacked } from './packed.ts';
import { withParts } from './parts.ts';
import { eventually, openTerminal, type Terminal } from './terminal.ts';

withParts(['tmux', 'npm', 'wrtc'], 'the installed program in a terminal', () => {
  let installed: Installed;
  let terminal: Terminal;
  let path: string;
  let folder: string;

  beforeAll(() => {
    installed = installPacked();
  });
  afterAll(() => installed?.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(installed.folder, 'run-'));
    path = join(folder, 'session.ndjson');
  });
  afterEach(() => {
    terminal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const recorded = (): DecodedSession => decodeSession(readFileSync(path, 'utf8'));
  const ended = () =>
    eventually(
      () => (recorded().end === undefined ? undefined : recorded()),
      () => 'no end line',
    );

  /** The terminal's modes as `stty` tells them, but for its size. */
  async function modes(name: string): Promise<string> {
    const file = join(folder, name);
    terminal.run(`stty -a > '${file}'; echo said''-${name}`);
    await terminal.until(new RegExp(`said-${name}`));
    return readFileSync(file, 'utf8').replace(/rows \d+; columns \d+;/, '');
  }

  /** Opens a terminal, notes its modes, starts a command line that tells how it ended, and waits for its screen. */
  async function started(command: string, columns = 120, rows = 36): Promise<string> {
    terminal = await openTerminal(installed.folder, columns, rows);
    const before = await modes('before');
    terminal.run(`clear; ${command}; echo "left with $?"`);
    await terminal.until(/\? help/);
    expect(terminal.normal()).toBe(false);
    return before;
  }

  /** The terminal is as it was before, with what was on it. */
  async function expectRestored(before: string, code: number): Promise<void> {
    await terminal.until(new RegExp(`left with ${code}`));
    expect([terminal.normal(), terminal.cursorShown()]).toEqual([true, true]);
    expectModesLeft();
    expect(await modes('after')).toBe(before);
  }

  /** Cursor and line breaks are switched on last, mouse, frames in one piece and the alternate screen off. */
  function expectModesLeft(): void {
    const last = (mode: string) => [...terminal.written().matchAll(new RegExp(`\\?${mode}([hl])`, 'g'))].at(-1)?.[1];
    expect(['25', '7'].map(last)).toEqual(['h', 'h']);
    expect(['1000', '1002', '1006', '1049', '2026'].map(last)).toEqual(['l', 'l', 'l', 'l', 'l']);
  }

  describe('demo', () => {
    test('is restarted by a key, and shows what that changes on both sides', async () => {
      const before = await started(`npx --no-install renego demo --record '${path}'`);
      await terminal.until(/offer #1 · audio, data/);
      await terminal.until(/answer #3 · ICE restart/);
      await pressedRestart();
      await terminal.until(/round 4 · ICE restart/);
      const screen = await terminal.until(
        /^(?=[\s\S]*answer #4[\s\S]*signaling stable +ICE (connected|completed))(?:[\s\S]*Restarts ICE: ufrag){2}[\s\S]*⇒/,
      );
      expect(screen).toMatch(/you.*│ offer #4 · ICE restart|│ offer #4 · ICE restart/);

      await narrowed();
      await widened();
      terminal.press('q');
      await expectRestored(before, 0);
      const session = await ended();
      expect(session.end).toEqual({ events: session.events.length, reason: 'user' });
      expectRestart(session, screen);
    });

    test('filters, marks, searches commands, and lists every event', async () => {
      await started(`node_modules/.bin/renego demo`, 80, 24);
      await terminal.until(/answer #3 · ICE restart/);
      await terminal.until(/\+\d+ hidden/);
      terminal.press('E', 'g');
      await terminal.until(/notify id[\s\S]*ours: call robin[\s\S]*negotiationneeded/);
      terminal.press('E', '/');
      terminal.press('kind:offer', 'Enter');
      await terminal.until(/3 of \d+ events · filter kind:offer/);
      terminal.press('g', 'Space', 'j', 'Space', 'D');
      await terminal.until(/- offer #1 of you · event \d+\n.*\+ offer #2 of robin/);
      terminal.press('Escape', 'Escape', ':');
      terminal.press('follow');
      await terminal.until(/▌ f +follow the newest event/);
      terminal.press('Enter');
      await terminal.until(/· following/);
      terminal.press('q');
      await terminal.until(/left with 0/);
    });

    /** A key that comes while the story negotiates is refused; then it is pressed again. */
    async function pressedRestart(): Promise<void> {
      for (let tries = 0; tries < 5; tries++) {
        terminal.press('r');
        const screen = await terminal.until(/offer #4|under way|waits for its answer|nothing is negotiated/);
        if (screen.includes('offer #4')) return;
      }
    }

    async function narrowed(): Promise<void> {
      terminal.resize(80, 24);
      // Both new fragments are in the details without any further key.
      const screen = await terminal.until(
        /^(?=[\s\S]*\[1 Changes\] 2 Agreement)(?=[\s\S]*│ offer #4 · ICE restart)(?:[\s\S]*Restarts ICE: ufrag){2}/,
      );
      expect(screen.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(screen.trimEnd().split('\n')).toHaveLength(24);
      expect(screen.match(/Restarts ICE: ufrag/g)).toHaveLength(2);
    }

    async function widened(): Promise<void> {
      terminal.resize(130, 40);
      const screen = await terminal.until(/│\[1 Changes\]/);
      expect(screen.trimEnd().split('\n')).toHaveLength(40);
    }

    function expectRestart({ events }: DecodedSession, screen: string): void {
      const [offers, answers] = [fragments(events, 'offer'), fragments(events, 'answer')];
      expect([offers.length, answers.length]).toEqual([4, 4]);
      const said = screen.replace(/.*│/g, ' ').replace(/\s+/g, ' ');
      for (const [from, to] of [offers.slice(-2), answers.slice(-2)]) {
        expect(from).not.toBe(to);
        expect(said).toContain(`ufrag ${from} → ${to}`);
      }
      const ice = events.findLast((event) => event.kind === 'state' && event.of === 'ice' && event.from === 'you');
      expect(ice).toMatchObject({ value: expect.stringMatching(/^(connected|completed)$/) });
    }
  });

  describe('leaving in any way restores the terminal and finishes the recording', () => {
    /** Tells its process id, and breaks when asked to by SIGUSR2. */
    const BREAKABLE =
      "data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('broken on purpose')});" +
      "(await import('node:fs')).writeFileSync(process.env.PID_FILE,String(process.pid))";

    async function startedBreakable(): Promise<{ before: string; pid: number }> {
      const pidFile = join(folder, 'pid');
      const node = `PID_FILE='${pidFile}' node --import "${BREAKABLE}"`;
      const before = await started(`${node} node_modules/renego/bin/renego.js demo --record '${path}'`);
      await terminal.until(/answer #1/);
      return { before, pid: Number(readFileSync(pidFile, 'utf8')) };
    }

    async function expectRecorded(reason: string): Promise<void> {
      const session = await ended();
      expect(session.end).toEqual({ events: session.events.length, reason });
      expect(session.problems).toEqual([]);
    }

    test('Ctrl-C', async () => {
      const { before } = await startedBreakable();
      terminal.press('C-c');
      await expectRestored(before, 0);
      await expectRecorded('user');
    });

    test.each([
      ['SIGTERM', 143],
      ['SIGINT', 130],
      ['SIGHUP', 129],
    ] as const)('%s', async (signal, code) => {
      const { before, pid } = await startedBreakable();
      process.kill(pid, signal);
      await expectRestored(before, code);
      await expectRecorded(signal);
    });

    test('Ctrl-Z, and fg', async () => {
      const { before } = await startedBreakable();
      terminal.press('C-z');
      await terminal.until(/left with 147/);
      expect([terminal.normal(), terminal.cursorShown()]).toEqual([true, true]);
      expectModesLeft();
      terminal.run('clear; fg; echo left with $?');
      await terminal.until(/answer #1[\s\S]*signaling/);
      expect(terminal.normal()).toBe(false);
      terminal.press('q');
      await expectRestored(before, 0);
      await expectRecorded('user');
    });

    test('SIGTSTP and SIGCONT', async () => {
      const { before, pid } = await startedBreakable();
      process.kill(pid, 'SIGTSTP');
      await terminal.until(/left with 147/);
      expect(terminal.normal()).toBe(true);
      expectModesLeft();
      terminal.run('clear; fg; echo left with $?');
      await terminal.until(/answer #1[\s\S]*signaling/);
      terminal.press('C-c');
      await expectRestored(before, 0);
      await expectRecorded('user');
    });

    test('a bug', async () => {
      const { before, pid } = await startedBreakable();
      process.kill(pid, 'SIGUSR2');
      await expectRestored(before, 70);
      expect(terminal.written()).toContain('broken on purpose');
      await expectRecorded('error');
    });

    test('a window that is closed', async () => {
      const { pid } = await startedBreakable();
      terminal.close();
      await expectRecorded('SIGHUP');
      await eventually(
        () => (isAlive(pid) ? undefined : true),
        () => `${pid} is still there`,
      );
    });
  });

  describe('connect to a server that means harm', () => {
    let server: Hostile;
    afterEach(() => server?.close());

    async function connected(): Promise<string> {
      server = await startHostile();
      return started(`node_modules/.bin/renego connect ${server.url} --protocol mdn --record '${path}'`, 100, 30);
    }

    test('shows everything it sends as harmless text, and lives', async () => {
      const before = await connected();
      await terminal.until(/offer #1/);
      await terminal.until(/problem \w+|invalid|not JSON|unreadable/i);
      server.attack();
      await server.attacked;
      terminal.press('G');
      await terminal.until(/last words/);
      for (const tab of ['1', '2', '3', '4', '5', '6', '3']) {
        terminal.press(tab);
        await terminal.until(new RegExp(`\\[${tab} `));
      }
      terminal.press('/');
      terminal.press('kind:offer', 'Enter');
      await terminal.until(/filter kind:offer/);
      terminal.press('4');
      const screen = await terminal.until(/\\u001b\]52;c;/);
      expect(screen).toContain('\\x1b[2J');
      expect(screen.split('\n').filter((line) => line.length > 100)).toEqual([]);
      terminal.press('q');
      await expectRestored(before, 0);
      const written = terminal.written();
      expect(written).not.toMatch(/\u001b\]52|\u001b\]0;owned|\u001b\[31mred/);
      expect(written).not.toContain('\u001b[2J\u001b[31m');
    });

    test('outlives a server that leaves in the middle of an offer', async () => {
      const before = await connected();
      await terminal.until(/offer #1/);
      server.leave();
      await terminal.until(/link (close|retry|error)/);
      terminal.press('q');
      await expectRestored(before, 0);
      expect((await ended()).end?.reason).toBe('user');
    });
  });
});

/** The ICE user fragment of each description of that type, in order. */
function fragments(events: readonly SignalEvent[], type: 'offer' | 'answer'): readonly string[] {
  const signals = events.flatMap((event) => (event.kind === 'message' ? event.signals : []));
  return signals.flatMap((signal) => {
    if (signal.type !== type || !('sdp' in signal)) return [];
    return /a=ice-ufrag:(\S+)/.exec(signal.sdp)?.[1] ?? [];
  });
}

function isAlive(pid: number): boolean {
  // A process that nobody has waited for yet is still there by its number.
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && !/\) Z /.test(readFileSync(status, 'utf8'));
}
