import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { engineSentences, isOfEngine } from '../../src/rules/golden/of-engine.ts';
import { compareRecordings, compareShapes, type Golden } from '../../src/rules/golden.ts';
import { check } from '../../src/rules/index.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { createRedactor } from '../../src/session/redact.ts';

const folder = new URL('../fixtures/negotiations/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
const eventsOf = (name: string) => readSession(readFileSync(new URL(name, folder), 'utf8'), name).events;

function golden(events: readonly SignalEvent[]): Golden {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return { model, findings: check(events, {}) };
}

test.each(names)('%s is the same as itself, with other credentials, addresses and names', (name) => {
  const events = eventsOf(name);
  const redactor = createRedactor();
  const other = events.map((event) => redactor.event(event));
  expect(compareRecordings(golden(events), golden(other)).differences).toEqual([]);
});

it('does not mind another session id, which is all that a server with one certificate changes', () => {
  const other = changed(AV, 'answer', (sdp) => sdp.replace(/^o=(\S+) \S+/m, 'o=$1 4711'));
  expect(compareRecordings(golden(eventsOf(AV)), golden(other)).differences).toEqual([]);
});

describe('what engines have done again', () => {
  const offered = (from: string, to: string): SignalEvent => ({
    ...{ seq: 0, t: 0, from, to, kind: 'message', protocol: 'transcript', encoding: 'text', raw: '' },
    signals: [{ type: 'offer', pc: `${from}+${to}`, sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n' }],
  });

  it('is compared with the call that was meant, whoever had offered before in vain', () => {
    const call = eventsOf(AV);
    const before = golden([offered('b', 'a'), ...call].map((event, index) => ({ ...event, seq: index + 1 })));
    const meant = {
      expected: ({ seq }: { seq: number }) => seq > 1,
      lacking: new Set<string>(),
      ofEngine: () => false,
    };
    expect(compareShapes(before, golden(call), meant).differences).toEqual([]);
    const all = { ...meant, expected: () => true };
    expect(compareShapes(before, golden(call), all).equal).toBe(false);
  });

  it('do not answer for what the engine does by itself', () => {
    const found = (rule: string, side: string): Finding => ({
      ...{ rule, side, severity: 'error', message: 'x', explain: 'x', fix: 'x', cites: [] },
      ...{ pc: 'a+b', event: 1, related: [], mid: null, line: null, refusedBy: {} },
    });
    const own = [found('extmap-id-reassigned', 'a')];
    const all = [...own, found('extmap-id-reassigned', 'app'), found('fingerprint-missing', 'a')];
    const call = golden(eventsOf(AV));
    const ofEngine = (finding: Finding) => isOfEngine(finding, ['a', 'b']);
    const meant = { expected: () => true, lacking: new Set<string>(), ofEngine };
    const { differences } = compareShapes(call, { ...call, findings: all }, meant);
    expect(differences.map(({ kind }) => kind)).toEqual(['finding-new', 'finding-new']);
    expect(engineSentences([...own, ...own])).toEqual([expect.stringMatching(/extmap-id-reassigned is about it/)]);
  });

  it.each([
    ['restart with the credentials from before', RESTART, keepsIce],
    ['stopped section as open', 's05b-stop-recycle-kind__chromium-chromium.ndjson', keepsOpen],
  ])('need not answer a %s', (_title, name, edit) => {
    const before = golden(edit(name));
    const outcome = compareShapes(before, golden(eventsOf(name)), {
      ...{ expected: () => true, lacking: new Set(), ofEngine: () => false },
    });
    expect(outcome.differences).toEqual([]);
    expect(compareRecordings(before, golden(eventsOf(name))).equal).toBe(false);
  });
});

/** Every answer has the credentials of the first. */
function keepsIce(name: string): readonly SignalEvent[] {
  let first: readonly string[] | undefined;
  return changed(name, 'answer', (sdp) => {
    first ??= /a=ice-ufrag:.*\r\na=ice-pwd:.*\r\n/.exec(sdp) ?? [''];
    return sdp.replace(/a=ice-ufrag:.*\r\na=ice-pwd:.*\r\n/g, first[0] ?? '');
  });
}

/** Stopped sections of answers are inactive instead. */
const keepsOpen = (name: string): readonly SignalEvent[] =>
  changed(name, 'answer', (sdp) => sdp.replace(/^m=video 0 /gm, 'm=video 9 '));

/** A recording with every description of that type and number rewritten. */
function changed(
  name: string,
  type: string,
  edit: (sdp: string, nth: number) => string | undefined,
): readonly SignalEvent[] {
  let nth = 0;
  return eventsOf(name).flatMap((event): SignalEvent[] => {
    if (event.kind !== 'message') return [event];
    const signals = event.signals.flatMap((signal) => {
      if (signal.type !== type || !('sdp' in signal)) return [signal];
      nth += 1;
      const sdp = edit(signal.sdp, nth);
      return sdp === undefined ? [] : [{ ...signal, sdp }];
    });
    return signals.length === 0 ? [] : [{ ...event, signals }];
  });
}

const RESTART = 's06-ice-restart-option__chromium-firefox.ndjson';
const AV = 's02-add-video__chromium-chromium.ndjson';

describe('a regression turns into a sentence', () => {
  test.each([
    ['m-lines in another order', AV, 'answer', swapSections, /m-line|order|Reuses/i],
    ['other extmap ids', AV, 'answer', (sdp: string) => sdp.replace(/a=extmap:3 /g, 'a=extmap:13 '), /extension/i],
    ['a codec less', AV, 'answer', dropVp8, /Drops .*VP8/],
    ['another direction', AV, 'answer', (sdp: string) => sdp.replace('a=sendrecv', 'a=inactive'), /inactive/],
    [
      'an answer that is missing',
      AV,
      'answer',
      (sdp: string, nth: number) => (nth === 2 ? undefined : sdp),
      /answer #2 of . is missing|is missing/,
    ],
  ])('%s', (_title, name, type, edit, sentence) => {
    const { equal, differences } = compareRecordings(golden(eventsOf(name)), golden(changed(name, type, edit)));
    expect(equal).toBe(false);
    expect(differences.map((one) => one.sentence).join('\n')).toMatch(sentence);
  });

  it('an ICE restart that is answered with the old credentials', () => {
    let first = '';
    const old = changed(RESTART, 'answer', (sdp, nth) => {
      const credentials = sdp.match(/a=ice-ufrag:\S+|a=ice-pwd:\S+/g) ?? [];
      if (nth === 1) first = credentials.slice(0, 2).join('\r\n');
      return sdp.replace(/a=ice-ufrag:\S+\r\na=ice-pwd:\S+|a=ice-pwd:\S+\r\na=ice-ufrag:\S+/g, first);
    });
    const told = compareRecordings(golden(eventsOf(RESTART)), golden(old)).differences.map((one) => one.sentence);
    expect(told.join('\n')).toMatch(/restarts ICE in the recording, but not now/);
    expect(told.join('\n')).toMatch(/New error ice-restart-ignored/);
  });

  it('candidates that never come', () => {
    const silent = eventsOf(AV).filter(
      (event) =>
        event.kind !== 'message' || event.from !== 'b' || event.signals.every(({ type }) => type !== 'candidate'),
    );
    const { differences } = compareRecordings(golden(eventsOf(AV)), golden(silent));
    expect(differences.map(({ kind, sentence }) => `${kind}: ${sentence}`)).toContain(
      'candidates: No candidates of side B of call 1, of which the recording has some.',
    );
  });
});

function swapSections(sdp: string): string {
  const [head = '', ...sections] = sdp.split(/(?=^m=)/m);
  return sections.length < 2 ? sdp : [head, sections[1], sections[0], ...sections.slice(2)].join('');
}

function dropVp8(sdp: string): string {
  const pt = /a=rtpmap:(\d+) VP8\//.exec(sdp)?.[1];
  if (pt === undefined) return sdp;
  return sdp
    .replace(new RegExp(`^a=(?:rtpmap|fmtp|rtcp-fb):${pt} .*\r\n`, 'gm'), '')
    .replace(new RegExp(`(m=video .*?) ${pt}(?= |\r)`), '$1');
}
