import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import type { Model } from '../../src/core/model.ts';
import { check } from '../../src/rules/index.ts';
import { agreementTab } from '../../src/tui/rows/agreement.ts';
import { changesTab } from '../../src/tui/rows/changes.ts';
import { eventOf } from '../../src/tui/rows/event-of.ts';
import { findingsTab } from '../../src/tui/rows/findings.ts';
import { rawTab } from '../../src/tui/rows/raw.ts';
import { allOf, type Row } from '../../src/tui/rows/row.ts';
import { sdpTab } from '../../src/tui/rows/sdp.ts';
import { stateTab } from '../../src/tui/rows/state.ts';
import { modelAt } from '../../src/tui/rows/state-at.ts';
import { descriptionOf, type Scene, type Tab } from '../../src/tui/rows/tab.ts';
import { TABS } from '../../src/tui/screens.ts';
import { someFinding } from '../helpers/finding.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { sceneOf } from './scene.ts';

const { model } = recorded('ice-restart.ndjson');

const scene = (seq: number, over?: Partial<Scene>, of: Model = model): Scene => sceneOf(of, seq, over);

const lineOf = ({ cells }: Row) =>
  cells
    .map(({ text }) => text)
    .join('')
    .trimEnd();
const shown = (tab: Tab, of: Scene) => allOf(tab.rows(of)).map(lineOf);

function modelOf(...drafts: Draft[]): Model {
  const recording = emptyRecording();
  for (const draft of drafts) recording.log.append(draft);
  return recording.model;
}

const SDP_OF_OFFER = model.described.get(1)?.[0]?.sdp.text ?? '';
const frame = { from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: '', signals: [] } as const;

describe('every tab', () => {
  it.each(TABS.map((tab) => [tab.title, tab] as const))('%s gives its rows keys of their own', (_title, tab) => {
    for (const event of model.events) {
      const keys = allOf(tab.rows(scene(event.seq))).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it.each(TABS.map((tab) => [tab.title, tab] as const))('%s has something to show for nothing', (_title, tab) => {
    const nothing = modelOf();
    expect(() => allOf(tab.rows(scene(1, {}, nothing)))).not.toThrow();
  });
});

describe('a call made again under the same id', () => {
  const sdp = SDP_OF_OFFER;
  const call = (from: string, to: string): Draft[] => [
    { ...frame, from, to, signals: [{ type: 'offer', pc: 'a+b', sdp }] },
    { ...frame, signals: [{ type: 'bye', pc: 'a+b' }] },
  ];
  const open: Draft = { from: 'a', to: 'a', kind: 'state', pc: 'a+b', of: 'data', value: 'open' };
  const calls = modelOf(...call('a', 'b'), ...call('b', 'a'), ...call('a', 'b').slice(0, 1), open);

  it('has its own round in Changes', () => {
    const rounds = shown(changesTab, scene(6, {}, calls)).filter((line) => line.startsWith('offer #'));
    expect(rounds).toEqual([expect.stringMatching(/^offer #1 of a · event 5/)]);
  });

  it('stands in State before those that are over', () => {
    const heads = shown(stateTab, scene(6, {}, calls)).filter((line) => line.startsWith('▾ a+b'));
    expect(heads).toEqual(['▾ a+b#3', '▾ a+b · closed by event 2', '▾ a+b#2 · closed by event 4']);
  });
});

describe('Changes', () => {
  it('says what can be done until something happens, and that nothing is listed where something has', () => {
    const waiting = 'Put ws://a into the app';
    expect(shown(changesTab, scene(1, { waiting }, modelOf()))).toEqual(['nothing has happened yet', '', waiting]);
    expect(shown(changesTab, scene(1, { waiting, event: undefined })).join(' ')).toContain('Esc clears the filter');
  });

  it('tells what the restarting offer changes, and against what', () => {
    expect(shown(changesTab, scene(11))).toEqual(
      expect.arrayContaining([
        'offer #2 alice → bob · committed',
        'compared with offer #1 (event 1)',
        expect.stringMatching(/^▸ .*ICE/),
      ]),
    );
  });

  it('shows the lines behind a sentence when unfolded', () => {
    const lines = shown(changesTab, scene(11, { folds: new Set(['change 0']) }));
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {4}- +\d+ a=ice-ufrag:/),
        expect.stringMatching(/^ {4}\+ +\d+ a=ice-ufrag:/),
      ]),
    );
  });

  it('shows them side by side where there is room', () => {
    const lines = shown(changesTab, scene(11, { folds: new Set(['change 0']), width: 120 }));
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ {4}- +\d+ a=ice-ufrag:\S+ +│ \+ +\d+ a=ice-ufrag:/)]),
    );
  });

  it('compares the marked two', () => {
    const [a, b] = [1, 20].map((seq) => descriptionOf(model, eventOf(model, seq)));
    if (a === undefined || b === undefined) throw new Error('no descriptions');
    expect(shown(changesTab, scene(3, { compared: [a, b] })).slice(0, 2)).toEqual([
      '- offer #1 of alice · event 1',
      '+ offer #3 of alice · event 20',
    ]);
  });

  it('breaks a long sentence into rows that fit', () => {
    for (const line of shown(changesTab, scene(11, { width: 40 }))) expect(line.length).toBeLessThanOrEqual(40);
  });

  it.each([
    [
      'a refusal',
      {
        from: 'a',
        to: 'a',
        kind: 'apply',
        pc: 'p',
        op: 'remote',
        type: 'answer',
        ok: false,
        error: { name: 'InvalidStateError', message: 'no' },
      },
      'error       InvalidStateError: no',
    ],
    ['a state', { from: 'a', to: 'a', kind: 'state', pc: 'p', of: 'ice', value: 'failed' }, 'ice         failed'],
    ['an action', { from: 'a', to: 'a', kind: 'action', action: { do: 'add', media: 'video' } }, 'media       video'],
    ['a lost connection', { from: 'a', to: 'b', kind: 'link', change: 'close', code: 1006 }, 'code        1006'],
    ['a problem', { from: 'a', to: 'b', kind: 'problem', code: 'X', detail: 'y\u0007' }, 'detail      y\\x07'],
    ['a mark', { from: 'a', to: 'a', kind: 'mark', text: 'here' }, 'mark        here'],
  ] as const)('tells of %s', (_what, draft, line) => {
    expect(shown(changesTab, scene(1, {}, modelOf(draft)))).toContain(line);
  });

  it('tells of a candidate to which generation it belongs', () => {
    expect(shown(changesTab, scene(2))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ICE +generation 1 of alice, ufrag /)]),
    );
  });
});

describe('Changes of an event that is no description', () => {
  it('are those of the round it belongs to: both sides, and the effect', () => {
    const lines = shown(changesTab, scene(18, { following: true, width: 100 }));
    expect(lines).toEqual(
      expect.arrayContaining([
        'round 2 · ICE restart · alice → bob · complete in 23 ms',
        'offer #2 of alice · event 11 · against offer #1',
        expect.stringMatching(/^▸ Restarts ICE: ufrag UT\+3 → lbIe/),
        'answer #2 of bob · event 13 · against answer #1',
        expect.stringMatching(/^▸ Restarts ICE: ufrag a0642d70 → 11f01d58/),
        expect.stringMatching(/^⇒ ICE restarted: both sides have new credentials/),
      ]),
    );
    expect(lines[0]).toMatch(/^round 2/);
  });

  it('come after what was selected by hand for its own sake', () => {
    expect(shown(changesTab, scene(18))[0]).toMatch(/^event +18 at/);
    expect(shown(changesTab, scene(18, { following: true })).join('\n')).toMatch(/^round 2[\s\S]*event +18 at/);
  });

  it('list every event of a folded row', () => {
    const lines = shown(changesTab, scene(2, { seqs: [2, 3, 4] }));
    expect(lines[0]).toBe('3 events alice → bob');
    expect(lines.slice(1, 4)).toEqual([2, 3, 4].map((seq) => expect.stringMatching(`^ {2}${seq} .*candidate mid`)));
  });

  it('tell of an open round that it has no answer', () => {
    const talk = modelOf(
      { ...frame, signals: [{ type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }] },
      {
        ...frame,
        signals: [],
      },
    );
    expect(shown(changesTab, scene(2, {}, talk))[0]).toBe('round 1 · first · a → b · open: no answer from b yet');
  });

  it('put the answer below the offer that is selected', () => {
    const lines = shown(changesTab, scene(11));
    expect(lines.findIndex((line) => line.startsWith('offer #2'))).toBe(0);
    expect(lines.findIndex((line) => line.startsWith('answer #2 of bob'))).toBeGreaterThan(2);
  });
});

describe('Agreement', () => {
  it('tells what is settled, what was lost and who plays which part', () => {
    const text = shown(agreementTab, scene(5, { width: 200 })).join('\n');
    expect(text).toMatch(/^round 1 · first/);
    expect(text).toContain('Audio flows both ways with opus (111)');
    expect(text).toMatch(/codecs +opus 111 · G722 9/);
    expect(text).toMatch(/lost +abs-send-time · not in both/);
    expect(text).toContain('messages up to 1 GiB to bob and up to 256 KiB to alice');
    expect(text).toContain('bob is the DTLS client');
    expect(text).toMatch(/mid 0 +ufrag UT\+3 of alice, a0642d70 of bob/);
    expect(text).toContain("⇒ Audio 'mid 0' flows both ways");
  });

  it('of an open round is what holds until it is answered', () => {
    const half = emptyRecording();
    for (const event of model.events.slice(0, 11)) half.log.append(event);
    const lines = shown(agreementTab, scene(11, {}, half.model));
    expect(lines.slice(0, 2)).toEqual([
      'round 2 · ICE restart · alice → bob · open: no answer from bob yet',
      'what holds is round 1:',
    ]);
  });

  it('says that there is none', () => {
    expect(shown(agreementTab, scene(1, {}, modelOf({ ...frame })))).toEqual([
      'no offer has been made by then: nothing is agreed',
    ]);
  });
});

describe('Findings', () => {
  const broken = modelOf({ ...frame, signals: [{ type: 'offer', pc: 'a+b', sdp: 'rubbish\u001b[2J' }] }, frame);
  const all = check(broken.events);
  const here = all.filter(({ event }) => event === 1);

  it('tell what, why, who refuses, what to do and where it is written', () => {
    expect(here.length).toBeGreaterThan(0);
    const text = shown(findingsTab, scene(1, { findings: { here, all } }, broken)).join('\n');
    for (const word of ['✗', 'rule', 'why', 'fix', 'see', here[0]?.rule]) expect(text).toContain(word);
    expect(text).not.toContain('\u001b');
  });

  it('are told worst first, and the bad ones with what changes too', () => {
    const several = [
      someFinding({ severity: 'info', message: 'worth knowing' }),
      someFinding({ severity: 'warning', message: 'something is lost' }),
      someFinding({ severity: 'error', message: 'it cannot work' }),
    ];
    const of = scene(1, { findings: { here: several, all: several } });
    const told = shown(findingsTab, of).filter((line) => /^[✗!i] /.test(line));
    expect(told).toEqual(['✗ it cannot work', '! something is lost', 'i worth knowing']);
    expect(shown(changesTab, of).slice(0, 4)).toEqual([
      '✗ it cannot work',
      '! something is lost',
      '  why, and what to do: Findings',
      '',
    ]);
  });

  it('of other rows are listed by severity, worst first', () => {
    const lines = shown(findingsTab, scene(2, { findings: { here: [], all } }, broken));
    expect(lines[0]).toContain('elsewhere');
    expect(lines[1]).toMatch(/^✗ event 1 · /);
  });

  it('says that there are none', () => {
    expect(shown(findingsTab, scene(1))).toEqual(['nothing wrong has been found']);
  });
});

describe('SDP', () => {
  it('of what was applied is the description, whose event the log does not name', () => {
    const applied = modelOf(
      { ...frame, signals: [{ type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }] },
      { from: 'b', to: 'b', kind: 'apply', pc: 'a+b', op: 'remote', type: 'offer', ok: true },
    );
    expect(shown(sdpTab, scene(2, {}, applied))[0]).toBe('offer #1 a → b · event 1');
  });

  it('names the descriptions of the round for anything else', () => {
    expect(shown(sdpTab, scene(18)).join(' ')).toContain('offer #2 is event 11, answer #2 is event 13');
  });

  it('is folded at first, one row a level', () => {
    expect(shown(sdpTab, scene(1))).toEqual([
      expect.stringMatching(/^▸ session · version 2 · BUNDLE 0 1 2/),
      expect.stringMatching(/^▸ mid 0 · audio · sendrecv · opus/),
      expect.stringMatching(/^▸ mid 1 · video · sendrecv · VP8/),
      expect.stringMatching(/^▸ mid 2 · application · SCTP port 5000/),
    ]);
  });

  it('marks the lines that changed', () => {
    const lines = shown(sdpTab, scene(11, { folds: new Set(['sdp section 0']) }));
    expect(lines.filter((line) => /^ +\d+ \* /.test(line)).join()).toContain('a=ice-ufrag:');
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^ +\d+ {3}a=rtcp-mux$/)]));
  });

  it('explains the line under the cursor', () => {
    const rows = allOf(sdpTab.rows(scene(1, { folds: new Set(['sdp section 0']) })));
    expect(rows.find((row) => lineOf(row).endsWith('a=rtcp-mux'))?.note?.()).toMatch(/^rtcp-mux: .*\(RFC \d+/);
  });

  it('says where there is none', () => {
    expect(shown(sdpTab, scene(2))[0]).toContain('select an offer or an answer');
  });
});

describe('Raw', () => {
  it('loses nothing of a text frame', () => {
    const [, ...lines] = shown(rawTab, scene(2, { width: 30 }));
    const event = eventOf(model, 2);
    expect(lines.join('')).toBe(event?.kind === 'message' ? event.raw : '');
  });

  it('shows a binary frame byte for byte', () => {
    const binary = modelOf({
      ...frame,
      encoding: 'base64',
      raw: Buffer.from('\u0000Hi\u00ff there, out there', 'latin1').toString('base64'),
    });
    expect(shown(rawTab, scene(1, {}, binary))).toEqual([
      'event 1 · x, binary, 21 bytes',
      '000000  00 48 69 ff 20 74 68 65 72 65 2c 20 6f 75 74 20  .Hi. there, out',
      '000010  74 68 65 72 65                                   there',
    ]);
  });

  it('survives what is not base64', () => {
    expect(shown(rawTab, scene(1, {}, modelOf({ ...frame, encoding: 'base64', raw: '%%€' })))[0]).toBe(
      'event 1 · x, binary, 2 bytes',
    );
  });
});

describe('State', () => {
  it('is that of the selected event', () => {
    expect(shown(stateTab, scene(1))).toContain('  signaling   have-local-offer · sent offer #1');
    expect(shown(stateTab, scene(5)).filter((line) => /^ {2}signaling +stable/.test(line))).toHaveLength(2);
    expect(shown(stateTab, scene(38))[0]).toBe('now, after event 38');
  });

  it('takes long messages one by one', () => {
    const long = modelOf(...Array.from({ length: 10 }, () => ({ ...frame, raw: 'x'.repeat(100_000) })));
    const steps = modelAt(long, 9);
    const reached = [1, 2, 3].map(() => steps.next().value);
    expect(reached).toEqual([1, 2, 3].map((seq) => `working it out: event ${seq} of 9`));
  });

  it('goes back as well as forth', () => {
    const first = shown(stateTab, scene(3));
    shown(stateTab, scene(30));
    expect(shown(stateTab, scene(3))).toEqual(first);
  });

  it('keeps the ledgers: m-lines, extensions, payload types, BUNDLE and DTLS, and folds them', () => {
    const text = shown(stateTab, scene(38, { width: 100 })).join('\n');
    expect(text).toMatch(/m-line 0 +mid 0 audio · since event 1/);
    expect(text).toMatch(/BUNDLE +mid 0 1 2 · tag 0/);
    expect(text).toMatch(/DTLS +client bob, server alice/);
    expect(text).toMatch(/id 1 +ssrc-audio-level · since event 1, by alice/);
    expect(text).toMatch(/mid 0 +111 opus/);
    const fold = allOf(stateTab.rows(scene(38))).find((row) => lineOf(row).includes('payload types'))?.fold ?? '';
    expect(shown(stateTab, scene(38, { folds: new Set([fold]) })).join('\n')).not.toMatch(/111 opus/);
  });

  it('counts the candidates of each generation', () => {
    expect(shown(stateTab, scene(10)).join('\n')).toMatch(/ICE gen 1 +\S+ current · mid 0 1 2 · 3 host · gathered all/);
  });

  it('sets what the engine says beside what the wire lets believe', () => {
    const said = modelOf(
      { ...frame, signals: [{ type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }] },
      { from: 'a', to: 'a', kind: 'state', pc: 'a+b', of: 'signaling', value: 'stable' },
    );
    const row = allOf(stateTab.rows(scene(2, {}, said))).find((one) => lineOf(one).includes('engine says'));
    expect(row?.cells.at(-1)).toEqual({ text: 'signaling stable', tone: 'bad' });
  });
});
