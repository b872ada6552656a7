import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { emptyModel, reduce } from '../../../src/core/reduce.ts';
import { readSession } from '../../../src/importers/index.ts';
import { type Operation, planOf, turnsOf } from '../../../src/sources/live-replay/intent.ts';

function plan(name: string) {
  const model = emptyModel();
  const fixtures = new URL('../../fixtures/', import.meta.url);
  const packed = new URL(`replays/${name}.ndjson.gz`, fixtures);
  const text = existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString()
    : readFileSync(new URL(`negotiations/${name}.ndjson`, fixtures), 'utf8');
  for (const event of readSession(text).events) reduce(model, event);
  return planOf(model);
}

const words = ({ action, mLine }: Operation): string =>
  [...Object.values(action).map(String), ...(mLine === undefined ? [] : [`@${mLine}`])].join(' ');

const told = (name: string) =>
  plan(name)?.intents.map(({ by, operations }) => `${by}: ${operations.map(words).join(', ')}`);

describe('what a side wanted is read from its offers', () => {
  test.each([
    [
      's02-add-video__chromium-chromium',
      ['a: add audio, add data', 'a: add video sendrecv', 'b: ', 'a: add video sendrecv'],
    ],
    ['s05b-stop-recycle-kind__chromium-chromium', undefined],
    ['s06-ice-restart-option__chromium-firefox', undefined],
  ] as const)('%s', (name, expected) => {
    const intents = told(name) ?? [];
    if (expected === undefined)
      expect(intents.join('\n')).toMatch(name.includes('restart') ? /restart-ice/ : /stop @\d[\s\S]*add/);
    else expect(intents).toEqual(expected);
  });

  it('what is offered again after it was rejected is something new in its place', () => {
    expect(told('s13d-reject-port0__aiortc-chromium')?.slice(1)).toEqual([
      'a: add video sendrecv',
      'a: add video sendrecv',
    ]);
    const omitted = plan('s13d-reject-port0__aiortc-chromium')?.omitted ?? [];
    expect(omitted.join('\n')).toMatch(/offers m-line 1 with its old mid .* puts something new in its place\./);
  });

  it('what came to nothing is left out, and said', () => {
    const omitted = plan('s10e-rollback-remote__chromium-chromium')?.omitted ?? [];
    expect(omitted.join('\n')).toMatch(/is left out: it was (?:rolled back|superseded|never answered)/);
  });

  it('another codec first is wanted of the one section that has it so; data that the engine puts elsewhere is said', () => {
    expect(told('codec-of-one-section')?.[0]).toMatch(/^\w: add audio, add audio inactive PCMA,/);
    const omitted = plan('data-before-video')?.omitted ?? [];
    expect(omitted.join('\n')).toMatch(/offer #6 of a: data in m-line 5 stands before media .*\(m-line 6\)/);
  });

  it('a section that turns needs something to send first', () => {
    const [first] = plan('s04b-hold__chromium-chromium')?.intents ?? [];
    const offer = first?.round.offer;
    const answer = first?.round.answer;
    if (offer === undefined || answer === undefined) throw new Error('the fixture has no round');
    expect(turnsOf(offer, offer, new Set())).toEqual([]);
    expect(turnsOf(offer, undefined, new Set())).toEqual([]);
    const held = plan('s04b-hold__chromium-chromium')?.intents.at(1)?.round.offer;
    expect(turnsOf(offer, held, new Set([0, 1])).map(words)).toEqual([
      'direction sendrecv @0',
      'direction sendrecv @1',
    ]);
    expect(turnsOf(offer, held, new Set()).map(words)).toEqual([
      'add audio @0',
      'direction sendrecv @0',
      'add video @1',
      'direction sendrecv @1',
    ]);
  });

  it('there is no plan without an answer', () => {
    expect(planOf(emptyModel())).toBeUndefined();
  });
});
