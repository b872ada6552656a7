/** What a frame of the screen costs at 200×60: every tab, at the beginning, in the middle and at the end, first looks included. */
import type * as EventStore from '../../src/cli/event-store.ts';
import type * as Renego from '../../src/index.ts';
import type * as Frame from '../../src/tui/frame/frame.ts';
import type * as Glyphs from '../../src/tui/glyphs.ts';
import type * as Screens from '../../src/tui/screens.ts';
import type { Command } from '../../src/tui/state.ts';
import type * as Store from '../../src/tui/store.ts';
import type * as Visible from '../../src/tui/visible.ts';
import { answerTo, conversationOf, offerOf } from './material.ts';
import { load, print } from './measure.ts';
import { target } from './targets.ts';

const { check, createLog, emptyModel, reduce } = await load<typeof Renego>('index.js');
const { frameOf } = await load<typeof Frame>('tui/frame/frame.js');
const { UNICODE } = await load<typeof Glyphs>('tui/glyphs.js');
const { TABS } = await load<typeof Screens>('tui/screens.js');
const { letDieYoung } = await load<typeof EventStore>('cli/event-store.js');
const { isListing } = await load<typeof Visible>('tui/visible.js');
const { createStore } = await load<typeof Store>('tui/store.js');

const HEADER = { format: 1, tool: 'bench', startedAt: '', source: 'bench', parties: [], redacted: [] } as const;
/** Frames that one key may ask for. */
const MOST = 2000;
const SIZE = { columns: 200, rows: 60 };

/** A call whose descriptions have 200 sections each, as with a large SFU. */
function large(): readonly Renego.Draft[] {
  const [first, renewed] = ['', 'again'].map((more) => offerOf(200).replace(/^a=ice-ufrag:.*\r$/gm, `$&${more}`));
  const said = [
    ['a', 'offer', first ?? ''],
    ['b', 'answer', answerTo(first ?? '')],
    ['a', 'offer', (renewed ?? '').replaceAll('a=sendrecv', 'a=recvonly')],
    ['b', 'answer', answerTo(renewed ?? '')],
  ] as const;
  return said.map(([from, type, sdp], n) => {
    const signals = [{ type, pc: 'a+b', sdp }];
    const to = from === 'a' ? 'b' : 'a';
    return { t: n * 1000, from, to, kind: 'message', protocol: 'bench', encoding: 'text', raw: '', signals };
  });
}

/** One of many calls, one after the other; the last message is a goodbye. */
function callOf(n: number): readonly Renego.Draft[] {
  const talk = conversationOf(49, 2);
  const call = [...talk, { ...talk[0], signals: [{ type: 'bye', pc: '' }] } as (typeof talk)[number]];
  return call.map((draft, i) => {
    const signals = draft.kind === 'message' ? draft.signals.map((signal) => ({ ...signal, pc: `call-${n}` })) : [];
    return { ...draft, t: (n * 50 + i) * 100, signals } as Renego.Draft;
  });
}

const SESSIONS: Readonly<Record<string, () => readonly Renego.Draft[]>> = {
  'a call of 40 messages': () => conversationOf(40, 3),
  'a session of 20,000 messages': () => conversationOf(20_000, 3),
  '400 calls of 50 messages': () => Array.from({ length: 400 }, (_, n) => callOf(n)).flat(),
  'descriptions of 200 sections': large,
};

/** What a frame took of the processor, and what was asked for: tab, place, key; `more` where it went on by itself. */
interface Timed {
  readonly ms: number;
  readonly what: string;
}

/** Each frame of a walk through the session, the worst last. */
function walk(drafts: readonly Renego.Draft[]): readonly Timed[] {
  const log = createLog(HEADER, () => 0);
  const model = emptyModel();
  for (const draft of drafts) reduce(model, log.append(draft));
  const found = check(log.events);
  const findings = { list: () => found, subscribe: () => () => {} };
  const about = { title: 'bench', live: false, canSave: false, canEdit: false };
  let asked = false;
  const again = (): void => {
    asked = true;
  };
  const setting = { model, again, glyphs: UNICODE, findings, held: () => [], refusal: () => undefined, ...about };
  const store = createStore(
    log,
    setting,
    SIZE,
    () => 0,
    () => {},
  );
  const times: Timed[] = [];
  let at = 'at first';
  const frame = (what: string, command?: Command): void => {
    asked = false;
    const began = process.cpuUsage();
    if (command !== undefined) store.send(command);
    frameOf(store.snapshot(), setting);
    const { user, system } = process.cpuUsage(began);
    times.push({
      ms: (user + system) / 1000,

      what: `${store.snapshot().ui.tab} ${at}, ${what}`,
    });
  };
  /** What does not fit into a frame goes on in the next ones. */
  const does = (what: string, command: Command): void => {
    frame(what, command);
    for (let more = 1; (asked || isListing(setting)) && more < MOST; more += 1) frame(`${what}, going on`);
  };
  const middle = log.events[Math.floor(log.events.length / 2)]?.seq ?? 1;
  for (const number of TABS.map((_, index) => index + 1)) {
    does('chosen', { type: 'tab-to', number });
    for (const [place, command] of [
      ['the first', { type: 'edge', to: 'first' }],
      ['the middle', { type: 'select', seq: middle }],
      ['the last', { type: 'edge', to: 'last' }],
    ] as const) {
      at = `at ${place}`;
      does('gone to', command);
      for (const by of [-1, -1, 1]) does(`moved by ${by}`, { type: 'move', by });
    }
  }
  store.close();
  return times.sort((x, y) => x.ms - y.ms);
}

export function frames(): void {
  letDieYoung(); // as the program does
  const rows = Object.entries(SESSIONS).map(([name, drafts]) => {
    const first = walk(drafts()); // the engine compiles what it runs often
    const times = walk(drafts());
    const at = (part: number, of = times): Timed => of[Math.min(of.length - 1, Math.floor(of.length * part))] as Timed;
    target(`frame at 200×60, the worst in ${name}`, at(1).ms, { most: 12, unit: ' ms', of: 'of the processor' });
    const cells = [0.5, 0.9, 0.99, 1].map((part) => at(part).ms.toFixed(1));
    return [name, String(times.length), ...cells, at(1).what, at(1, first).ms.toFixed(1)];
  });
  const head = ['session', 'frames', 'median', '90 %', '99 %', 'worst', 'which is', 'worst of the first walk'];
  print('Frames at 200×60 (ms of the processor)', head, rows);
}
