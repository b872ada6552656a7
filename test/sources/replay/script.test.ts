import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SessionHeader, SignalEvent } from '../../../src/core/event.ts';
import { emptyModel, reduce } from '../../../src/core/reduce.ts';
import { showJson } from '../../../src/core/report.ts';
import { readSession } from '../../../src/importers/index.ts';
import { retell } from '../../../src/sources/replay/retell.ts';
import { scriptOf } from '../../../src/sources/replay/script.ts';

const read = (name: string) =>
  readSession(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')).events;

describe('a script', () => {
  const events = read('frames/mdn.ndjson');

  it('has a lane for each connection, named by who speaks on it', () => {
    const { lanes, steps } = scriptOf(events, { as: 'client' });
    expect(lanes.map(({ client }) => client)).toEqual(['alice', 'bob', 'carol']);
    expect([...steps].find(({ lane, do: what }) => lane === lanes[0]?.key && what === 'say')?.raw).toContain(
      '"username"',
    );
  });

  it('is the other way round for the server', () => {
    const [client, server] = (['client', 'server'] as const).map((as) => [...scriptOf(events, { as }).steps]);
    expect(server?.map((step) => step.do)).toEqual(client?.map((step) => (step.do === 'say' ? 'hear' : 'say')));
  });

  it('can be of one side', () => {
    expect(scriptOf(events, { as: 'client', sides: ['bob'] }).lanes.map(({ client }) => client)).toEqual(['bob']);
  });

  it('of a transcript plays its first party', () => {
    const { lanes } = scriptOf(read('sessions/ice-restart.ndjson'), { as: 'client' });
    expect(lanes.map(({ client }) => client)).toEqual(['alice']);
  });

  it('of a watched page is what went over the wire, not what its connections were told beside it', () => {
    const offer = { type: 'offer', pc: 'pc1', sdp: 'v=0' } as const;
    const both = { kind: 'message', encoding: 'text', raw: '{}' } as const;
    const told = { ...both, seq: 1, t: 1, from: 'pc1', to: 'remote', protocol: 'page', signals: [offer] } as const;
    const answered = { ...told, seq: 3, t: 3, from: 'remote', to: 'pc1', link: 'ws1' };
    const frame = {
      ...both,
      seq: 2,
      t: 2,
      from: 'page',
      to: 'server',
      link: 'ws1',
      dir: 'c2s',
      protocol: 'x',
    } as const;
    const carried = { ...frame, signals: [{ type: 'other', label: 'carries offer of pc1' }] } as const;
    const steps = (list: SignalEvent[]) => [...scriptOf(list, { as: 'client' }).steps].map(({ seq }) => seq);
    expect(steps([told, carried, answered])).toEqual([2]);
    // Where nothing of the wire was seen there is nothing else.
    expect(steps([told])).toEqual([1]);
  });

  it('leaves out what was still under way to a client that had closed', () => {
    const at = events.findIndex((event) => event.kind === 'message' && event.from === 'server' && event.to === 'bob');
    const message = events[at];
    if (message === undefined) throw new Error('no message to bob');
    const close = {
      seq: 0,
      t: message.t,
      kind: 'link',
      change: 'close',
      code: 1001,
      from: 'bob',
      to: 'server',
    } as const;
    const link = message.link === undefined ? close : { ...close, link: message.link };
    const bobs = (list: typeof events) =>
      [...scriptOf(list, { as: 'client', sides: ['bob'] }).steps].map(({ seq }) => seq);
    const cut = bobs([...events.slice(0, at), link, ...events.slice(at)]);
    expect(bobs(events)).toContain(message.seq);
    expect(cut).toEqual(bobs(events).filter((seq) => seq < message.seq));
  });

  it('told anew means the same', async () => {
    const told = await retell(scriptOf(events, { as: 'client' }), 'client');
    const rounds = (list: Iterable<SignalEvent>) => {
      const model = emptyModel();
      for (const event of list) reduce(model, event);
      return showJson({} as SessionHeader, model).negotiations.map(({ pc, cause, state }) => `${pc} ${cause} ${state}`);
    };
    expect(rounds(told.events)).toEqual(rounds(events));
    const awaited = [...told.script.steps].filter(
      (step) => step.do === 'hear' && step.signals.some(({ type }) => type === 'offer'),
    );
    expect(awaited.length).toBeGreaterThan(0);
  });
});

describe('a frame that is told anew without the description it had', () => {
  const script = scriptOf(read('frames/mdn.ndjson'), { as: 'client' });

  it('is said so, unless it is a copy', async () => {
    expect((await retell(script, 'client')).untold).toEqual([]);
    const offers = [...script.steps].filter(({ signals }) => signals.some(({ type }) => type === 'offer'));
    const [first = offers[0]] = offers;
    const garbled = [...script.steps].map((step) =>
      step.seq === first?.seq
        ? { ...step, raw: step.raw.replace('"video-offer"', '"t0001"').replace('v=0', 'v0') }
        : step,
    );
    const changed = { ...script, steps: garbled };
    expect((await retell(changed, 'client')).untold).toEqual([first?.seq]);
  });
});
