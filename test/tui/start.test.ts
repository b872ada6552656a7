import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Action } from '../../src/core/event.ts';
import { fixedFindings } from '../../src/rules/finding-store.ts';
import { check } from '../../src/rules/index.ts';
import { createLiveCheck } from '../../src/rules/live.ts';
import { startTui, type TuiOptions } from '../../src/tui/start.ts';
import { emptyRecording, type Recording, recorded } from '../recording.ts';
import { createScreen, type Screen } from '../screen.ts';

const open: AbortController[] = [];
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

interface Running {
  readonly screen: Screen;
  readonly ended: Promise<void>;
  readonly abort: AbortController;
  /** Types, and waits until the screen shows the text. */
  press(keys: string, shows: string): Promise<string>;
}

function start({ log, model }: Recording, size: readonly [number, number], options: Partial<TuiOptions> = {}): Running {
  const screen = createScreen(...size);
  const abort = new AbortController();
  open.push(abort);
  const { stdin, stdout } = screen;
  const ended = startTui({
    log,
    model,
    title: 'ice-restart.ndjson',
    live: false,
    ascii: false,
    stdin,
    stdout,
    signal: abort.signal,
    // A frame has time for everything, also where the machine has none.
    clock: () => 0,
    ...options,
  });
  const shown = (text: string) =>
    vi.waitFor(async () => expect(await screen.text()).toContain(text), { timeout: 10_000, interval: 5 });
  return {
    screen,
    ended,
    abort,
    async press(keys, shows) {
      if (keys !== '') screen.type(keys);
      await shown(shows);
      return screen.text();
    },
  };
}

const RESTART = recorded('ice-restart.ndjson');
/** What `renego view` gives the screen. */
const VIEWED: Partial<TuiOptions> = {
  findings: fixedFindings(check(RESTART.log.events)),
  save: () => '',
  note: () => {},
  pager: async (text) => text,
  editor: async (text) => text,
  suspendProcess: async () => {},
};
const END = '\u001b[F';
const ESC = '\u001b';

describe('the screen', () => {
  it.each([
    ['80x24', [80, 24], false],
    ['120x40', [120, 40], false],
    ['200x60', [200, 60], false],
    ['80x24-ascii', [80, 24], true],
    ['120x40-ascii', [120, 40], true],
    ['200x60-ascii', [200, 60], true],
  ] as const)('of a recording at %s', async (name, size, ascii) => {
    const { press } = start(RESTART, size, { ...VIEWED, ascii });
    await press('', 'quit');
    await press('jjjjj', 'compared with offer #1');
    const shots = [
      await press('', 'offer #2 · ICE restart'.replaceAll('·', ascii ? '-' : '·')),
      await press('2', '[2 Agreement]'),
      await press('3\rj\r', ascii ? '>- mid 0' : '▌▾ mid 0'),
      await press(`${ESC}6`, 'after event 11'),
      await press('5', '[5 Findings]'),
      await press('6E', '8  0.370'),
      await press('7', 'equal lines'),
      await press('8', 'from offer to answer'),
      await press(':', 'command:'),
    ];
    const text = shots.join(`\n${'='.repeat(size[0])}\n`);
    if (ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(`${text}\n`).toMatchFileSnapshot(`../fixtures/screens/ice-restart-${name}.txt`);
  });

  it('asks for more room below 60×15, and takes it', async () => {
    const { screen, press } = start(RESTART, [40, 10]);
    await press('', 'needs 60x15');
    screen.resize(20, 5);
    expect((await press('', '20x5')).split('\n').filter((line) => line !== '')).toEqual([
      'renego needs 60x15,',
      'this is 20x5',
    ]);
    screen.resize(1, 1);
    screen.resize(80, 24);
    await press('', 'alice');
    screen.resize(59, 24);
    expect((await press('', 'needs 60x15')).split('\n').filter((line) => line !== '')).toHaveLength(1);
  });

  it('writes nothing while nothing changes', async () => {
    const { screen, press } = start(RESTART, [80, 24]);
    await press('j', '▌   2');
    await new Promise((resolve) => setTimeout(resolve, 60));
    const before = screen.writes.length;
    screen.type('\u0000');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.writes.length).toBe(before);
  });

  it('writes little when only the cursor moves', async () => {
    const { screen, press } = start(RESTART, [120, 40]);
    await press('4', 'transcript, text');
    await press('6', 'after event');
    const before = screen.writes.join('').length;
    await press('j', 'after event 2');
    expect(screen.writes.join('').length - before).toBeLessThan(2000);
  });

  it('never falls back to clearing the whole screen', async () => {
    const { screen, press } = start(RESTART, [80, 24]);
    await press(`${END}`, '▌  36');
    await press('z', 'end of candidates');
    await press('z?', 'next tab');
    expect(screen.writes.join('')).not.toContain('\u001b[1;1H\u001b[J');
  });

  it('shows what came over the wire without obeying it', async () => {
    const recording = emptyRecording();
    recording.log.append({
      from: 'a\u001b[31m',
      to: 'b',
      kind: 'message',
      protocol: 'p\u001b]0;x\u0007',
      encoding: 'text',
      raw: '\u001b[2J\u202etrap',
      signals: [],
    });
    const { screen, press } = start(recording, [80, 24]);
    await press('4', '\\x1b[2J\\u202etrap');
    expect(screen.writes.join('')).not.toContain('\u001b[2J\u202e');
    expect(screen.writes.join('')).not.toContain('\u001b]0;x');
  });
});

describe('a live session', () => {
  it('is followed, paused and acted on', async () => {
    const recording = emptyRecording();
    const dispatch = vi.fn();
    const { press } = start(recording, [80, 24], {
      live: true,
      dispatch,
      refusal: ({ do: what }) => (what === 'rollback' ? 'there is no pending offer' : undefined),
    });
    const mark = (text: string) => recording.log.append({ from: 'a', to: 'a', kind: 'mark', text });
    await press('', 'following');
    mark('first');
    await press('', '1 event ');
    await press('p', 'paused, 0 more');
    mark('second');
    await press('', 'paused, 1 more');
    await press('b', 'there is no pending offer');
    await press('rp', 'following');
    expect(dispatch.mock.calls).toEqual([[{ do: 'restart-ice', how: 'restartIce' }]]);
  });

  it('counts the time an offer waits', async () => {
    const recording = emptyRecording();
    let now = 0;
    const { press } = start(recording, [100, 24], { live: true, clock: () => now });
    recording.log.append({
      t: 100,
      from: 'a',
      to: 'b',
      kind: 'message',
      protocol: 'p',
      encoding: 'text',
      raw: '',
      signals: [{ type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }],
    });
    await press('', "offer #1 waiting for b's answer 0.0 s");
    now = 1200;
    await press('', "offer #1 waiting for b's answer 1.2 s");
  });
});

describe('findings', () => {
  it('are counted, marked, and ring the bell once', async () => {
    const recording = emptyRecording();
    const { findings } = createLiveCheck(recording.log, recording.model);
    const { screen, press } = start(recording, [80, 24], { live: true, findings });
    await press('', 'following');
    const offer = (pc: string) =>
      recording.log.append({
        from: 'a',
        to: 'b',
        kind: 'message',
        protocol: 'p',
        encoding: 'text',
        raw: '',
        signals: [{ type: 'offer', pc, sdp: `rubbish ${pc}` }],
      });
    offer('p');
    await press('', 'error');
    await press('', '✗│');
    offer('q');
    await press('n', '[5 Findings]');
    expect(screen.writes.filter((chunk) => chunk === '\u0007')).toHaveLength(1);
  });

  it('ring no bell when told not to', async () => {
    const recording = emptyRecording();
    const { findings } = createLiveCheck(recording.log, recording.model);
    const { screen, press } = start(recording, [80, 24], { live: true, findings, bell: false });
    await press('', 'following');
    recording.log.append({
      from: 'a',
      to: 'b',
      kind: 'message',
      protocol: 'p',
      encoding: 'text',
      raw: '',
      signals: [{ type: 'offer', pc: 'p', sdp: 'rubbish' }],
    });
    await press('', 'error');
    expect(screen.writes.join('')).not.toContain('\u0007');
  });
});

describe('taking something away', () => {
  it('copies by OSC 52', async () => {
    const { screen, press } = start(RESTART, [80, 24]);
    await press('3y', 'sent to the clipboard');
    const [, payload = ''] = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(screen.writes.join('')) ?? [];
    expect(Buffer.from(payload, 'base64').toString()).toMatch(/^v=0\r\n/);
  });

  it('saves, and says where or why not', async () => {
    const { press } = start(RESTART, [80, 24], { save: () => 'saved to /tmp/x' });
    await press('w', 'saved to /tmp/x');
    const failing = start(RESTART, [80, 24], {
      save: () => {
        throw new Error('the disk is full');
      },
    });
    await failing.press('w', 'not saved: the disk is full');
  });

  it('hands the terminal to an editor and takes it back', async () => {
    let during = '';
    const editor = vi.fn(async () => {
      await screen.lines();
      during = screen.buffer();
      return '';
    });
    const { screen, press } = start(RESTART, [80, 24], { editor });
    await press('', 'alice');
    await press('3e', '[3 SDP]');
    await vi.waitFor(() => expect(editor).toHaveBeenCalledWith(expect.stringMatching(/^v=0/), 'SDP of offer #1'));
    await press('j', '▌   2');
    expect([during, screen.buffer()]).toEqual(['normal', 'alternate']);
  });
});

describe('pasted text', () => {
  const pasted = (text: string) => `\u001b[200~${text}\u001b[201~`;

  it('is typed where something is typed, in one line and without what a terminal would act on', async () => {
    const { press } = start(RESTART, [120, 24]);
    await press('', 'alice');
    await press('\\', 'find:');
    await press(pasted('a=\u001b[31msetup\r\n'), 'a= [31msetup');
  });

  it('is told by the terminal before there is anything to paste over', async () => {
    const { screen, press } = start(RESTART, [120, 24], { mouse: false });
    await press('', 'alice');
    const written = screen.writes.join('');
    expect(written.indexOf('\u001b[?2004h')).toBeLessThan(written.indexOf('alice'));
    expect(written).not.toContain('\u001b[?1000h');
  });

  it('is never taken for keys', async () => {
    const { screen, press, ended } = start(RESTART, [120, 24]);
    await press('', 'alice');
    await press(pasted('q\rq'), 'pasted text is not taken for keys');
    await press('?', 'Shift-Tab');
    screen.type('?q');
    await ended;
    expect(screen.writes.join('')).toMatch(/\u001b\[\?2004h[\s\S]*\u001b\[\?2004l/);
  });
});

describe('the configuration of a page', () => {
  it('is changed by way of the editor; only what is new is set', async () => {
    const before = { iceServers: [{ urls: 'turn:a' }], iceTransportPolicy: 'all' };
    const configuration = vi.fn(async () => JSON.stringify(before));
    const editor = vi.fn(async (text: string) => text.replace('"all"', '"relay"'));
    const dispatch = vi.fn();
    const given = { live: true, editor, configuration, dispatch, refusal: () => undefined };
    const { press } = start(RESTART, [100, 24], given);
    await press('', 'alice');
    await press('C', 'alice');
    const action = { do: 'set-configuration', configuration: { iceTransportPolicy: 'relay' } };
    await vi.waitFor(() => expect(dispatch).toHaveBeenCalledWith(action));
    editor.mockImplementation(async () => `${JSON.stringify({ ...before })} `);
    await press('C', 'nothing was changed');
    editor.mockImplementation(async () => '[1]');
    await press('C', 'nothing was set: it must be a JSON object');
    configuration.mockImplementation(async () => {
      throw new Error('its page is gone');
    });
    await press('C', 'the configuration cannot be read: its page is gone');
    expect(dispatch).toHaveBeenCalledTimes(1);
    await press('A', 'alice');
    const all = { do: 'set-configuration', configuration: { iceTransportPolicy: 'all' } };
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith(all));
  });
});

describe('stepping in', () => {
  const held = () => [{ seq: 1, text: 'v=0\na=setup:actpass\n', as: 'signal', frame: '{}', what: 'offer' }] as const;

  it('changes what is held by way of the editor', async () => {
    const editor = vi.fn(async (text: string) => text.replace('actpass', 'active'));
    const dispatch = vi.fn();
    const { press } = start(RESTART, [100, 24], { live: true, editor, held, dispatch, refusal: () => undefined });
    await press('', 'held: offer (event 1)');
    await press('\u0005', 'alice');
    const edit = { do: 'edit', of: 1, text: 'v=0\na=setup:active\n', as: 'signal' };
    await vi.waitFor(() => expect(dispatch).toHaveBeenCalledWith(edit));
    editor.mockImplementation(async (text) => text);
    await press('\u0005', 'nothing was changed');
    editor.mockImplementation(async () => '{"all":"else"}');
    await press('\u000f', 'alice');
    const whole = { do: 'edit', of: 1, text: '{"all":"else"}', as: 'frame' };
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith(whole));
    await press('l', 'alice');
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith({ do: 'let-go', of: 1 }));
    await press('K', 'alice');
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith({ do: 'delay', time: 2000, of: 1 }));
    await press('B', 'alice');
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith({ do: 'reorder', time: 0, of: 1 }));
  });

  it('is not stopped while others wait for what passes', async () => {
    const suspendProcess = vi.fn(async () => {});
    const { press } = start(RESTART, [100, 24], { live: true, suspendProcess, stays: 'it would stand still' });
    await press('', 'alice');
    await press('\u001a', 'it would stand still');
    expect(suspendProcess).not.toHaveBeenCalled();
  });

  it('has the message that an editor was opened for, until it is closed', async () => {
    const said: string[] = [];
    const attend = (seq: number) => {
      said.push(`has ${seq}`);
      return () => void said.push('done');
    };
    const editor = async (text: string) => {
      said.push('editor');
      return `${text}a=x\n`;
    };
    const dispatch = ({ do: what }: Action) => void said.push(what);
    const { press } = start(RESTART, [100, 24], {
      live: true,
      editor,
      held,
      attend,
      dispatch,
      refusal: () => undefined,
    });
    await press('', 'held: offer (event 1)');
    await press('\u0005', 'alice');
    await vi.waitFor(() => expect(said).toEqual(['has 1', 'editor', 'done', 'edit']));
  });

  it('shows what is held as it was changed, and goes on with that one', async () => {
    const recording = emptyRecording();
    const { log } = recording;
    const message = {
      from: 'a',
      to: 'b',
      kind: 'message',
      protocol: 'x',
      encoding: 'text',
      raw: '',
      signals: [],
    } as const;
    for (const draft of [message, message]) log.append(draft);
    log.append({
      from: 'a',
      to: 'a',
      kind: 'action',
      action: { do: 'edit', of: 2 },
    });
    const [one] = held();
    const two = () => [one, { ...one, seq: 2, text: 'a=setup:changed\n' }];
    const dispatch = vi.fn();
    const { press } = start(recording, [120, 24], {
      live: true,
      held: two,
      dispatch,
      refusal: () => undefined,
    });
    await press('3', 'a=setup:changed');
    await press('l', 'a=setup:changed');
    await vi.waitFor(() => expect(dispatch).toHaveBeenLastCalledWith({ do: 'let-go', of: 2 }));
  });

  it('sends a changed copy of the selected message on', async () => {
    const editor = vi.fn(async () => '{"changed":true}');
    const dispatch = vi.fn();
    const { press } = start(RESTART, [100, 24], { live: true, editor, dispatch, refusal: () => undefined });
    await press('g', 'alice');
    await press('J', 'alice');
    const inject = expect.objectContaining({ do: 'inject', raw: '{"changed":true}' });
    await vi.waitFor(() => expect(dispatch).toHaveBeenCalledWith(inject));
  });

  it('says why not where there is nothing in between', async () => {
    const { press } = start(RESTART, [100, 24]);
    await press('l', 'a recording cannot be acted on');
  });
});

/** How the reports of the mouse were switched: `h` on, `l` off. */
function mouseModes(writes: readonly string[]): readonly (string | undefined)[] {
  return [...writes.join('').matchAll(/\u001b\[\?1006([hl])/g)].map(([, mode]) => mode);
}

describe('the mouse and themes', () => {
  it('are read from the terminal, and switched off for an editor', async () => {
    const running = start(RESTART, [120, 24], { editor: async () => '' });
    await running.press('', 'alice');
    await running.press('\u001b[<0;20;5M', '▌   5');
    running.screen.type('e');
    await vi.waitFor(() => expect(mouseModes(running.screen.writes)).toEqual(['h', 'l', 'h']));
    running.screen.type('q');
    await running.ended;
  });

  it('can be left out', async () => {
    const running = start(RESTART, [120, 24], { mouse: false });
    await running.press('', 'alice');
    running.screen.type('q');
    await running.ended;
    expect(mouseModes(running.screen.writes)).toEqual([]);
  });

  it('T takes the next theme', async () => {
    const running = start(RESTART, [120, 24], { theme: 'none' });
    await running.press('', 'alice');
    expect(running.screen.writes.join('')).not.toContain('\u001b[36m');
    await running.press('T', 'theme: auto');
    running.screen.type('q');
    await running.ended;
  });
});

describe('leaving', () => {
  it.each([
    ['q', (running: Running) => running.screen.type('q')],
    ['Ctrl-C', (running: Running) => running.screen.type('\u0003')],
    ['the signal', (running: Running) => running.abort.abort()],
    ['the end of its input', (running: Running) => running.screen.stdin.emit('end')],
    ['a terminal that is gone', (running: Running) => running.screen.stdout.emit('error', new Error('EIO'))],
  ])('by %s restores the terminal', async (_way, leave) => {
    const running = start(RESTART, [80, 24]);
    await running.press('', 'alice');
    expect(running.screen.buffer()).toBe('alternate');
    leave(running);
    await running.ended;
    await running.screen.lines();
    expect(running.screen.buffer()).toBe('normal');
    expect(mouseModes(running.screen.writes)).toEqual(['h', 'l']);
    expect(running.screen.writes.join('').lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      running.screen.writes.join('').lastIndexOf('\u001b[?25l'),
    );
  });

  it('tells the caller that it was the user', async () => {
    const onQuit = vi.fn();
    const byUser = start(RESTART, [80, 24], { onQuit });
    await byUser.press('/q', 'filter: q');
    await byUser.press(ESC, '/ filter');
    expect(onQuit).not.toHaveBeenCalled();
    // As fast as this, Esc and q arrive like Alt-q.
    byUser.screen.type(`${ESC}q`);
    await byUser.ended;
    expect(onQuit).toHaveBeenCalledTimes(1);
  });

  it('restores the terminal when the screen breaks, and says what broke', async () => {
    const { log, model } = recorded('ice-restart.ndjson');
    const running = start({ log, model }, [80, 24]);
    await running.press('', 'alice');
    Object.defineProperty(model, 'described', {
      get: () =>
        Object.assign(
          {},
          {
            get: () => {
              throw new Error('broken');
            },
            has: () => false,
          },
        ),
    });
    running.screen.type('j');
    await expect(running.ended).rejects.toThrow('broken');
    expect(running.screen.buffer()).toBe('normal');
  });

  it('tells the caller that the terminal is gone', async () => {
    const onGone = vi.fn();
    const onQuit = vi.fn();
    const running = start(RESTART, [80, 24], { onGone, onQuit });
    await running.press('', 'alice');
    running.screen.stdout.emit('error', new Error('EIO'));
    running.screen.stdin.emit('end');
    await running.ended;
    running.screen.stdout.emit('error', new Error('EIO'));
    expect([onGone.mock.calls.length, onQuit.mock.calls.length]).toEqual([1, 0]);
  });

  it('does not even start when it is over already', async () => {
    const screen = createScreen(80, 24);
    const abort = new AbortController();
    abort.abort();
    const { stdin, stdout } = screen;
    await startTui({ ...RESTART, title: '', live: false, ascii: false, stdin, stdout, signal: abort.signal });
    expect(screen.writes).toEqual([]);
  });
});
