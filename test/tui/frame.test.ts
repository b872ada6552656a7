import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import type { Log } from '../../src/core/log.ts';
import { displayWidth } from '../../src/core/text.ts';
import { growingFindings } from '../../src/rules/finding-store.ts';
import { createLiveCheck } from '../../src/rules/live.ts';
import { BINDINGS } from '../../src/tui/bindings.ts';
import { frameOf } from '../../src/tui/frame/frame.ts';
import { glyphsOf } from '../../src/tui/glyphs.ts';
import { commandFor } from '../../src/tui/keymap.ts';
import type { Size } from '../../src/tui/layout.ts';
import { matches } from '../../src/tui/palette.ts';
import { helpRows } from '../../src/tui/rows/help.ts';
import { TABS } from '../../src/tui/screens.ts';
import type { Command, Setting } from '../../src/tui/state.ts';
import { createStore, type Store } from '../../src/tui/store.ts';
import { THEME_NAMES } from '../../src/tui/theme.ts';
import { look } from '../../src/tui/view.ts';
import { isListing } from '../../src/tui/visible.ts';
import { someFinding } from '../helpers/finding.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { settingOf } from './setting.ts';

const SDPS = recorded('ice-restart.ndjson')
  .model.events.slice()
  .flatMap((event) =>
    event.kind === 'message' ? event.signals.flatMap((signal) => ('sdp' in signal ? [signal.sdp] : [])) : [],
  );

const party = fc.constantFrom('alice', 'bob', 'cid', 'dörte', 'e\u001b[31m', '王', 'שלום', 'g', 'a name that is long');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('\u001b[2J', '\u202e', '👩‍👩‍👧', '\r\n\t'),
);
const signal = fc.oneof(
  fc.record({
    type: fc.constantFrom('offer', 'answer', 'pranswer'),
    pc: fc.constantFrom('p', 'q'),
    sdp: fc.oneof(fc.constantFrom(...SDPS), text),
  }),
  fc.record({ type: fc.constant('candidate'), pc: fc.constantFrom('p', 'q'), candidate: text, mid: text }),
  fc.record({ type: fc.constant('bye'), pc: fc.constantFrom('p', 'q') }),
  fc.record({ type: fc.constant('other'), label: text }),
);
const draft = fc.oneof(
  fc.record({
    from: party,
    to: party,
    kind: fc.constant('message'),
    protocol: text,
    encoding: fc.constantFrom('text', 'base64'),
    raw: text,
    signals: fc.array(signal, { maxLength: 2 }),
  }),
  fc.record({
    from: party,
    to: party,
    kind: fc.constant('state'),
    pc: fc.constantFrom('p', 'q'),
    of: fc.constantFrom('ice', 'signaling', 'connection'),
    value: text,
  }),
  fc.record({ from: party, to: party, kind: fc.constant('problem'), code: text, detail: text, of: fc.nat(9) }),
  fc.record({
    from: party,
    to: party,
    kind: fc.constant('link'),
    change: fc.constantFrom('open', 'close', 'error'),
    url: text,
  }),
  fc.record({ from: party, to: party, kind: fc.constant('mark'), text }),
  fc.record({ from: party, to: party, kind: fc.constant('mark'), text, of: fc.nat(30) }),
  fc.record({
    from: party,
    to: party,
    kind: fc.constant('apply'),
    pc: fc.constantFrom('p', 'q'),
    op: fc.constantFrom('setLocalDescription', 'setRemoteDescription', 'candidate'),
    type: fc.constantFrom('offer', 'answer'),
    ok: fc.boolean(),
    error: fc.record({ name: text, message: text }),
  }),
  fc.record({
    from: party,
    to: party,
    kind: fc.constant('call'),
    pc: fc.constantFrom('p', 'q'),
    name: text,
    args: text,
    ok: fc.boolean(),
  }),
) as fc.Arbitrary<Draft>;

const sizes = fc.oneof(
  fc.record({ columns: fc.integer({ min: 1, max: 170 }), rows: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ columns: fc.integer({ min: 60, max: 130 }), rows: fc.integer({ min: 15, max: 30 }) }),
  fc.constant({ columns: 300, rows: 100 }),
);
const keys = fc.constantFrom(...new Set(BINDINGS.flatMap((binding) => binding.keys)), 'é', 'Z');
const mouse = fc.oneof(
  fc.record({ type: fc.constantFrom('click', 'drag'), column: fc.nat(310), row: fc.nat(110) }),
  fc.record({ type: fc.constant('wheel'), column: fc.nat(310), row: fc.nat(110), by: fc.constantFrom(1, -1) }),
  fc.constant({ type: 'release' }),
) as fc.Arbitrary<Command>;
/** Typed after `/`, `\\`, `M` or `:`, and kept or thrown away. */
const typing = fc.record({
  opens: fc.constantFrom('/', '\\', 'M', ':'),
  text: fc.oneof(
    fc.constantFrom(
      'offer',
      'from:alice or candidate[relay',
      'not kind:state',
      'finding:any',
      'frm:x',
      '@mine',
      '@new=answer',
      'zzzz',
      'time>1s (',
      'tab',
      'ice',
      'a=',
    ),
    text,
  ),
  ends: fc.constantFrom('return', 'escape', 'tab', 'ctrl+u', 'down'),
});

type Step =
  | { readonly key: string; readonly times?: number }
  | { readonly opens: string; readonly text: string; readonly ends: string }
  | { readonly command: Command }
  | { readonly event: Draft }
  | { readonly size: Size };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: keys.map((key) => ({ key })) },
  // As far as the line between the panes goes.
  { weight: 1, arbitrary: fc.record({ key: fc.constantFrom('{', '}'), times: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 2, arbitrary: typing },
  { weight: 2, arbitrary: mouse.map((command) => ({ command })) },
  { weight: 1, arbitrary: text.map((pasted) => ({ command: { type: 'paste', text: pasted } as const })) },
  { weight: 3, arbitrary: draft.map((event) => ({ event })) },
  { weight: 1, arbitrary: sizes.map((size) => ({ size })) },
);

const HELD = [
  { seq: 2, text: 'v=0\na=setup:actpass', as: 'signal', frame: '{}', what: 'offer \u001b[2J' },
  { seq: 3, text: '{"a":1}', as: 'frame', frame: '{"a":1}', what: 'answer' },
] as const;

const repeated = (key: string, times = 1): readonly string[] => Array.from({ length: times }, () => key);

function press(key: string, store: Store): void {
  const command = commandFor(key, store.snapshot().ui, store.setting);
  if (command !== undefined) store.send(command);
}

function expectSound(store: Store, setting: Setting): void {
  const { ui } = store.snapshot();
  const { total, index, ladder, rows, detail } = look(ui, setting);
  if (total > 0 && ladder.height > 0) {
    expect(index).toBeGreaterThanOrEqual(ladder.start);
    expect(index).toBeLessThan(ladder.start + ladder.height);
  }
  if (rows.length > 0 && detail.height > 0) {
    expect(detail.row).toBeGreaterThanOrEqual(detail.start);
    expect(detail.row).toBeLessThan(detail.start + detail.height);
  }
  const fitting = matches(ui, setting).length;
  if (ui.screen === 'palette') expect(ui.palette.index).toBeLessThan(Math.max(1, fitting));
}

function expectInFrame(store: Store): void {
  const { ui } = store.snapshot();
  const { columns, rows } = ui.size;
  const lines = frameOf(store.snapshot(), store.setting);
  expect(lines).toHaveLength(rows);
  const { length } = helpRows(ui, store.setting);
  // Between the groups of the help, and behind them, is a blank line.
  const filled = lines.filter((line) => line.trim() !== '').length;
  if (ui.screen === 'help' && look(ui, store.setting).layout.enough && length > rows)
    expect(filled).toBeGreaterThan(rows - 10);
  for (const line of lines) {
    expect(displayWidth(line)).toBe(columns);
    const shown = line.replace(/\u001b\[[0-9;]*[mG]/g, '');
    expect(shown).not.toMatch(/[\p{Cc}\u202e]/u);
    if (store.setting.glyphs.ascii) expect(shown).toMatch(/^[\x20-\x7e]*$/);
  }
}

describe('the screen under random keys, events and sizes', () => {
  it('never breaks, never leaves its frame and never loses the selection', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        sizes,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(...THEME_NAMES),
        (steps, size, live, ascii, long, theme) => {
          const { log, model } = long ? recorded('ice-restart.ndjson') : emptyRecording();
          const { findings } = createLiveCheck(log, model);
          const setting = settingOf(model, {
            title: 'x',
            live,
            glyphs: glyphsOf(ascii, theme),
            findings,
            canNote: true,
            canPage: true,
            canSaveFilter: true,
            filters: () => ({ mine: 'offer or answer' }),
            held: () => (live && model.events.length > 2 ? HELD : []),
          });
          const store = createStore(
            log,
            setting,
            size,
            () => 0,
            () => {},
          );
          try {
            for (const [index, one] of steps.entries()) {
              if ('event' in one) log.append(one.event);
              else if ('size' in one) store.send({ type: 'resize', size: one.size });
              else if ('command' in one) store.send(one.command);
              else
                for (const key of 'key' in one ? repeated(one.key, one.times) : [one.opens, ...one.text, one.ends])
                  press(key, store);
              expectSound(store, setting);
              if (index % 5 === 0 || index === steps.length - 1) expectInFrame(store);
            }
          } finally {
            store.close();
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});

const storeOf = (log: Log, setting: Setting) =>
  createStore(
    log,
    setting,
    { columns: 120, rows: 40 },
    () => 0,
    () => {},
  );

describe('a long session', () => {
  it('costs a frame no more than the rows that fit', () => {
    const { log, model } = emptyRecording();
    for (let index = 0; index < 20_000; index += 1)
      log.append({ from: 'a', to: 'b', kind: 'mark', text: `mark ${index}` });
    let reads = 0;
    const events = new Proxy(model.events, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key);
      },
    });
    const counted = settingOf({ ...model, events }, { title: 'x', live: true });
    const store = storeOf(log, counted);
    const frame = () => frameOf(store.snapshot(), counted).join('\n');
    do frame();
    while (isListing(counted));
    expect(frame()).toContain('mark 19999');
    reads = 0;
    frame();
    store.send({ type: 'move', by: -1 });
    frame();
    store.close();
    expect(reads).toBeLessThan(500);
  });

  it('costs a frame no more than what is new, in any tab', () => {
    const { log, model } = emptyRecording();
    const found = growingFindings();
    const append = (index: number) => {
      log.append({
        from: 'a',
        to: 'b',
        kind: 'state',
        pc: 'p',
        of: 'ice',
        value: index % 2 === 0 ? 'checking' : 'failed',
      });
      found.tell([someFinding({ event: index + 1 })]);
    };
    for (let index = 0; index < 20_000; index += 1) append(index);
    let reads = 0;
    const { events } = model;
    const counting = {
      at: (index: number) => {
        reads += 1;
        return events.at(index);
      },
      slice: (start?: number, end?: number) => {
        const part = events.slice(start, end);
        reads += part.length;
        return part;
      },
    };
    const list = new Proxy(events, {
      get: (target, key) => Reflect.get(key in counting ? counting : target, key),
    });
    const counted = settingOf({ ...model, events: list }, { title: 'x', live: true, findings: found.findings });
    const store = storeOf(log, counted);
    do frameOf(store.snapshot(), counted);
    while (isListing(counted));
    for (const [index] of TABS.entries()) {
      store.send({ type: 'tab-to', number: index + 1 });
      frameOf(store.snapshot(), counted);
      append(20_000 + index);
      reads = 0;
      store.send({ type: 'release' });
      expect(frameOf(store.snapshot(), counted)).toHaveLength(40);
      expect(reads, `tab ${index + 1}`).toBeLessThan(1000);
    }
    store.close();
  });

  it('is looked back into in parts, with another frame for each', () => {
    const { log, model } = emptyRecording();
    for (let index = 1; index <= 500; index += 1)
      log.append({ from: 'a', to: 'b', kind: 'mark', text: `mark ${index}` });
    let asked = 0;
    const { events } = model;
    let now = 0;
    const slow = {
      at(index: number) {
        now += 1;
        return events.at(index);
      },
    };
    const list = new Proxy(events, { get: (target, key) => Reflect.get(key in slow ? slow : target, key) });
    const setting = settingOf(
      { ...model, events: list },
      {
        title: 'x',
        clock: () => now,
        again: () => {
          asked += 1;
        },
      },
    );
    const store = storeOf(log, setting);
    const frames: string[] = [];
    store.send({ type: 'select', seq: 300 });
    store.send({ type: 'tab-to', number: 6 });
    do {
      asked = 0;
      frames.push(frameOf(store.snapshot(), setting).join('\n'));
    } while (asked > 0 && frames.length < 100);
    store.close();
    expect(frames.length).toBeGreaterThan(3);
    expect(frames[0]).toMatch(/working it out: event \d+ of 300/);
    expect(frames.at(-1)).toContain('after event 300');
  });
});
