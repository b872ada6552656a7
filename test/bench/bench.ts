/** What renego costs: start-up against bare Node, descriptions, long sessions, frames of unknown systems, the proxy. */
import { parse } from 'sdp-transform';
import type * as EventStore from '../../src/cli/event-store.ts';
import type * as Renego from '../../src/index.ts';
import type * as Recogniser from '../../src/protocols/recogniser/recognise.ts';
import { frames } from './frames.ts';
import { long } from './long.ts';
import { answerTo, conversationOf, offerOf } from './material.ts';
import { load, ms, print, ratio, timeOf, timesOf } from './measure.ts';
import { million } from './million.ts';
import { hostilePayloads, recordedPayloads } from './payloads.ts';
import { proxy } from './proxy.ts';
import { startUp } from './start-up.ts';
import { printTargets, target, writeTargets } from './targets.ts';

// With certificates of its own set, Node 20 reads them at every start: a bare one looks slow then, and all beside it fast.
delete process.env.NODE_EXTRA_CA_CERTS;
const { check, createLog, diff, emptyModel, parseSdp, reduce } = await load<typeof Renego>('index.js');
const { letDieYoung } = await load<typeof EventStore>('cli/event-store.js');
const { recognise } = await load<typeof Recogniser>('protocols/recogniser/recognise.js');
const HEADER = { format: 1, tool: 'bench', startedAt: '', source: 'bench', parties: [], redacted: [] } as const;

function eventsOf(drafts: readonly Renego.Draft[]): readonly Renego.SignalEvent[] {
  const log = createLog(HEADER, () => 0);
  for (const draft of drafts) log.append(draft);
  return log.events;
}

/** An offer of so many sections, what its side offers next, and the call that the first began. */
function materialOf(count: number) {
  const offer = offerOf(count);
  const again = offer.replace(/^a=ice-ufrag:.*\r$/gm, 'a=ice-ufrag:Agai\r').replace('a=sendrecv', 'a=recvonly');
  const answer = answerTo(offer);
  const call = [
    { from: 'a', to: 'b', type: 'offer', sdp: offer },
    { from: 'b', to: 'a', type: 'answer', sdp: answer },
  ] as const;
  const events = eventsOf(
    call.map(({ from, to, type, sdp }, n) => {
      const signals = [{ type, pc: 'a+b', sdp }];
      return { t: n * 100, from, to, kind: 'message', protocol: 'bench', encoding: 'text', raw: '', signals };
    }),
  );
  return { offer, again, answer, events };
}

/** Of a large description beside as many sections in four of them, by turns: 1 is linear growth. */
function growth(): void {
  const [middle, large] = [materialOf(100), materialOf(400)];
  const differing = ({ offer, again }: ReturnType<typeof materialOf>) => diff(parseSdp(offer), parseSdp(again));
  const checking = ({ events }: ReturnType<typeof materialOf>) => check(events);
  for (const [what, job] of [
    ['diff', differing],
    ['check', checking],
  ] as const) {
    const four = () => [1, 2, 3, 4].map(() => job(middle));
    const [base = 1, time = 0] = timesOf([four, () => job(large)], 15);
    target(`${what} of 400 sections, per section`, time / base, { most: 1.3, of: 'of what one of 100 costs' });
  }
}

function descriptions(): void {
  letDieYoung(); // as the program does
  const rows = [10, 25, 50, 100, 200, 400].map((count) => {
    const { offer, again, answer, events } = materialOf(count);
    const beside = (ours: () => unknown, ...texts: readonly string[]): readonly [number, number] => {
      const [time = 0, base = 1] = timesOf([ours, () => texts.map((text) => parse(text))]);
      return [time, base];
    };
    // Each against the bare parse of the same texts: two for the diff, two for the check.
    const times = [
      beside(() => parseSdp(offer), offer),
      beside(() => diff(parseSdp(offer), parseSdp(again)), offer, again),
      beside(() => check(events), offer, answer),
    ] as const;
    if (count === 200) {
      const [, differing, checking] = times;
      target('diff of two offers of 200 sections', differing[0] / differing[1], {
        most: 5,
        of: 'of a bare parse of both',
      });
      target('check of an offer of 200 sections and its answer', checking[0] / checking[1], {
        most: 5,
        of: 'of a bare parse of both',
      });
    }
    const cells = times.flatMap(([time, base]) => [
      `${ms(time)} (${ratio(time, base)})`,
      ((time * 1000) / count).toFixed(0),
    ]);
    return [`${count} (${Math.round(offer.length / 1024)} KiB)`, ms(times[0][1]), ...cells];
  });
  growth();
  const head = ['parse', 'diff of two', 'check offer+answer'].flatMap((name) => [`${name} ms`, 'µs/section']);
  print('Descriptions (× sdp-transform on the same texts)', ['sections', 'sdp-transform ms', ...head], rows);
}

function sessions(): void {
  const rows = [1000, 2000, 4000, 8000].map((count) => {
    const events = eventsOf(conversationOf(count, 3));
    const reduced = timeOf(() => {
      const model = emptyModel();
      for (const event of events) reduce(model, event);
    }, 3);
    const checked = timeOf(() => check(events), 3);
    const rate = (time: number): string => Math.round((count / time) * 1000).toLocaleString('en');
    return [String(count), ms(reduced), rate(reduced), ms(checked), rate(checked)];
  });
  print('Sessions', ['messages', 'reduce ms', 'events/s', 'reduce and check ms', 'events/s'], rows);
}

/** Against `JSON.parse`, which every reader of JSON signaling pays at least. */
function recogniser(): void {
  const rows = [...recordedPayloads()].map(([name, payloads]) => {
    const json = timeOf(() => payloads.map(parseJson), 5) / payloads.length;
    const time = timeOf(() => payloads.map((payload) => recognise(payload)), 5) / payloads.length;
    return [name, String(payloads.length), (time * 1000).toFixed(0), (json * 1000).toFixed(0)];
  });
  print('Recogniser, recorded frames', ['system', 'frames', 'µs a frame', 'µs JSON.parse'], rows);
  const worst = [...hostilePayloads()].map(([name, payload]) => {
    const { found, aside } = recognise(payload);
    const size = `${Math.round(payload.length / 1024)} KiB`;
    return [name, size, ms(timeOf(() => recognise(payload), 3)), String(found.length), aside.join(', ')];
  });
  target('recogniser, the worst of these payloads', Math.max(...worst.map(([, , time]) => Number(time))), {
    most: 200,
    unit: ' ms',
    of: '',
  });
  print('Recogniser, worst cases', ['payload', 'size', 'ms', 'found', 'said'], worst);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  'start-up': startUp,
  descriptions,
  sessions,
  recogniser,
  frames,
  long,
  million,
  proxy,
};

/** `npm run bench -- proxy long` does these parts; `--readme` writes the table of the README, which needs all of them. */
const wanted = process.argv.slice(2);
const named = wanted.filter((name) => name in PARTS);
for (const [name, part] of Object.entries(PARTS)) if (named.length === 0 || named.includes(name)) await part();
printTargets();
if (wanted.includes('--readme') && named.length === 0) writeTargets();
