import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WORDS } from '../../src/cli/scenario/file.ts';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { hasCome, readAwaited } from '../../src/scenario/awaited.ts';
import { expectationOf } from '../../src/scenario/expectations.ts';
import { insteadOf } from '../../src/scenario/instead.ts';

function sceneOf(events: readonly SignalEvent[]) {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return { model, findings: check(events, {}) };
}

const eventsOf = (name: string) =>
  readSession(readFileSync(new URL(`../fixtures/negotiations/${name}`, import.meta.url), 'utf8'), name).events;
const crossed = eventsOf('fuzz-glare-three-times.ndjson');
const video = eventsOf('s02-add-video__chromium-chromium.ndjson');
const restart = eventsOf('s06-ice-restart-option__chromium-firefox.ndjson');

/** The same with another text in what `from` sends as `type`, the nth time on. */
function changed(events: readonly SignalEvent[], type: string, nth: number, edit: (sdp: string) => string) {
  let seen = 0;
  return events.map((event): SignalEvent => {
    if (event.kind !== 'message') return event;
    const signals = event.signals.map((signal) => {
      if (signal.type !== type || !('sdp' in signal)) return signal;
      seen += 1;
      return seen >= nth ? { ...signal, sdp: edit(signal.sdp) } : signal;
    });
    return { ...event, signals };
  });
}

const shifted = changed(video, 'offer', 2, (sdp) =>
  sdp
    .replace(/a=extmap:(\d+) (.*toffset)/g, 'a=extmap:13 $2')
    .replace(/a=extmap:(\d+) (.*audio-level)/g, 'a=extmap:12 $2'),
);
const first = restart.find((event) => event.kind === 'message' && event.signals.some(({ type }) => type === 'answer'));
const oldText = first?.kind === 'message' ? first.signals.find((signal) => signal.type === 'answer') : undefined;
const [, ufrag = ''] = /a=ice-ufrag:(.*)/.exec(oldText !== undefined && 'sdp' in oldText ? oldText.sdp : '') ?? [];
const [, pwd = ''] = /a=ice-pwd:(.*)/.exec(oldText !== undefined && 'sdp' in oldText ? oldText.sdp : '') ?? [];
const ignored = changed(restart.slice(0, restart.findIndex(secondAnswer) + 1), 'answer', 2, (sdp) =>
  sdp.replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${ufrag.trim()}`).replace(/a=ice-pwd:.*/g, `a=ice-pwd:${pwd.trim()}`),
);

function secondAnswer(event: SignalEvent, _: number, all: readonly SignalEvent[]): boolean {
  const answers = all.filter((one) => one.kind === 'message' && one.signals.some(({ type }) => type === 'answer'));
  return event === answers[1];
}

const opening = video.slice(0, video.findIndex(({ kind }) => kind === 'message') + 1);
const [pc = ''] = opening.flatMap((event) =>
  event.kind === 'message' ? event.signals.flatMap((signal) => ('pc' in signal ? (signal.pc ?? []) : [])) : [],
);
const last = { t: 1e6, link: 'x' } as const;
const bye = { kind: 'message', protocol: 'x', encoding: 'text', raw: '', signals: [{ type: 'bye', pc }] } as const;
const hungUp: readonly SignalEvent[] = [...opening, { ...last, ...bye, seq: opening.length + 1, from: 'a', to: 'b' }];
const state = { kind: 'state', pc, of: 'signaling', value: 'have-local-offer' } as const;
const reached: SignalEvent = { ...last, ...state, seq: video.length + 1, from: 'a', to: 'a' };

test.each([
  ['offer #2 adds exactly one m-section', video, undefined],
  ['offer#2 adds exactly one m-section', video, undefined],
  ['offer #2 adds exactly no m-sections', video, /Offer #2 of a adds one m-section/],
  ['offer #1 adds exactly 2 m-sections', video, undefined],
  ['offer #1 adds exactly one m-section', video, /Offer #1 of a adds 2 m-sections/],
  ['offer #9 adds exactly one m-section', video, /There was no offer #9/],
  ['re-offer adds exactly one m-section', restart, /adds 0 m-sections/],
  ['extmap stable', video, undefined],
  ['extmap stable', shifted, /offer #2 of a moves .* from id \d+ to 1[23]/],
  ['restart answered with new credentials', restart, undefined],
  ['restart answered with new credentials within 1ms', restart, /took \d+ ms/],
  ['restart answered with new credentials', video, /No offer restarted ICE/],
  ['restart answered with new credentials', ignored, /answered the restart of a with its old credentials/],
  ['no findings of level error', video, undefined],
  ['no findings of level error', ignored, /ice-restart-ignored/],
  ['finding ice-restart-ignored', ignored, undefined],
  ['finding ice-restart-ignored', restart, /found nothing/],
  ['no finding ice-restart-ignored', ignored, /./],
  ['glare', video, /No two offers crossed/],
  ['no glare', video, undefined],
  ['glare', crossed, undefined],
  ['no glare', crossed, /Two offers crossed/],
  ['every offer answered', video, undefined],
  [
    'every offer answered',
    video.slice(0, video.findIndex((e) => e.kind === 'message') + 1),
    /Offer #1 of a has no answer/,
  ],
  ['every offer answered', hungUp, /Offer #1 of a has no answer/],
  ['a reached failed', video, /a did not reach failed/],
  ['a reached have-local-offer', [...video, reached], undefined],
])('%s', (said, events, why) => {
  const got = expectationOf(said, { ...WORDS, peers: ['a', 'b'] })(sceneOf(events));
  if (why === undefined) expect(got).toBeUndefined();
  else expect(got?.why).toMatch(why);
});

test.each([
  ['offer #2 adds exactly no m-sections', video, 'offer'],
  ['extmap stable', shifted, 'offer'],
  ['restart answered with new credentials', ignored, 'answer'],
  ['every offer answered', hungUp, 'offer'],
  ['no glare', crossed, 'offer'],
  ['no finding ice-restart-ignored', ignored, 'answer'],
  ['no findings of level warning', ignored, 'answer'],
])('what breaks %s is shown by an event', (said, events, type) => {
  const failing = expectationOf(said, { ...WORDS, peers: [] })(sceneOf(events));
  const event = events.find(({ seq }) => seq === failing?.event);
  expect(event?.kind === 'message' && event.signals.map((signal) => signal.type)).toContain(type);
});

test('what never happened is shown by no event', () => {
  for (const said of ['glare', 'finding ice-restart-ignored', 'restart answered with new credentials'])
    expect(expectationOf(said, { ...WORDS, peers: [] })(sceneOf(video))?.event).toBeUndefined();
});

test('findings are quoted once a rule', () => {
  const { model, findings } = sceneOf(ignored);
  const [finding] = findings;
  const many = ['x', 'y', 'z', 'w', 'v'].flatMap((rule) => [
    { ...finding, rule, message: `${rule} 1.`, event: 7 },
    { ...finding, rule, message: `${rule} 2.`, event: 9 },
  ]) as typeof findings;
  expect(expectationOf('no findings', { ...WORDS, peers: [] })({ model, findings: many })).toEqual({
    why: 'x: x 1. (And 1 more.) y: y 1. (And 1 more.) z: z 1. (And 1 more.) And 2 other rules found something.',
    event: 7,
  });
});

test('nobody waits for a peer that there is not', () => {
  expect(() => expectationOf('carol reached connected', { ...WORDS, peers: ['a', 'b'] })).toThrow(
    "there is no peer 'carol'",
  );
});

test.each([
  ['negotiated', 0, true],
  ['negotiated', 1e6, false],
  ['offer', 0, true],
  ['answer', 1e6, false],
  ['answer#2', 1e6, true],
  ['answer#99', 0, false],
  ['message no such text', 0, false],
  ['finding glare', 0, false],
  ['ice=failed', 0, false],
])('after event %2$s it has come to %1$s: %3$s', (said, since, expected) => {
  const awaited = readAwaited(said, WORDS);
  expect(hasCome({ awaited, peer: undefined, peers: ['a', 'b'], since }, sceneOf(video))).toBe(expected);
});

test.each([
  ['negotiat', "Did you mean 'negotiated'?"],
  ['conected', "Did you mean 'connected'?"],
  ['somewhere', 'Else negotiated, offer, answer,'],
])('%s cannot be waited for', (said, hint) => {
  expect(() => readAwaited(said, WORDS)).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_STATE', hint: expect.stringContaining(hint) }),
  );
});

test.each([
  ['negotiated', opening, 0, 'Offer #1 of a has no answer.', true],
  ['answer', opening, 0, 'Offer #1 of a has no answer.', true],
  ['negotiated', video, 1e6, 'Nobody offered since the last action.', false],
  ['offer#9', video, 0, 'There were 4 so far.', false],
  ['pranswer', video, 0, 'There was no pranswer at all.', false],
  ['stable', [...video, reached], 0, 'a is have-local-offer (signaling). b told no such state.', true],
  ['message x', video, 0, undefined, false],
])('what there is instead of %s', (said, events, since, why, shown) => {
  const awaited = readAwaited(said, WORDS);
  const instead = insteadOf({ awaited, peer: undefined, peers: ['a', 'b'], since }, sceneOf(events));
  expect([instead?.why, instead?.event !== undefined]).toEqual([why, shown]);
});

test('what YAML takes for a comment is explained', () => {
  expect(() => expectationOf('offer', { ...WORDS, peers: [] })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_EXPECTATION', hint: expect.stringContaining('offer#2') }),
  );
});
