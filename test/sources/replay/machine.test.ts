import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/core/event.ts';
import {
  type ReplayInput,
  type ReplayOptions,
  type ReplayOutput,
  replayMachine,
  replayStep,
} from '../../../src/sources/replay/machine.ts';
import type { Script, Step } from '../../../src/sources/replay/script.ts';

const offer: Signal = { type: 'offer', pc: 'p', sdp: 'v=0' };
const answer: Signal = { type: 'answer', pc: 'p', sdp: 'v=0' };
const hello: Signal = { type: 'notify', method: 'id' };
const candidate = (line: string): Signal => ({ type: 'candidate', pc: 'p', candidate: line });

function script(...steps: readonly (readonly [Step['do'], string, number, Signal, string?])[]): Script {
  const lanes = [...new Set(steps.map(([, , , , lane = 'a']) => lane))];
  return {
    lanes: lanes.map((key) => ({ key, client: key, url: undefined, link: key, carrier: 'websocket', protocol: 'x' })),
    turns: [],
    steps: steps.map(([what, raw, t, signal, lane = 'a'], index) => ({
      ...{ seq: index + 1, t, lane, do: what, raw, encoding: 'text', protocol: 'x', from: 'bob', signals: [signal] },
    })),
  };
}

/** Runs inputs through the machine; what it does as words. */
function run(what: Script, inputs: readonly ReplayInput[], options: Partial<ReplayOptions> = {}): string[] {
  let state = replayMachine(what, { speed: Number.POSITIVE_INFINITY, patience: 10_000, byHand: false, ...options });
  return inputs.flatMap((input) => {
    const stepped = replayStep(state, input);
    state = stepped.state;
    return stepped.outputs.map(words);
  });
}

function words(output: ReplayOutput): string {
  if (output.do === 'say') return `say ${output.step.raw}`;
  if (output.do === 'matched') return `matched ${output.step.raw}`;
  if (output.do === 'report') return `${output.report.kind}: ${output.report.sentence}`;
  if (output.do === 'open' || output.do === 'close') return `${output.do} ${output.lane}`;
  if (output.do === 'strange') return `strange ${output.heard.raw}`;
  return output.do === 'wake' ? `wake ${output.at}` : 'over';
}

const open = (now = 0, lane = 'a'): ReplayInput => ({ on: 'open', lane, now });
const heard = (signal: Signal, now: number, lane = 'a'): ReplayInput => ({
  on: 'heard',
  lane,
  signals: [signal],
  raw: 'now',
  now,
});

it('who asks at the end, when all has been played, is answered too', () => {
  const http = { method: 'GET', url: '/', exchange: '7' };
  const request: ReplayInput = { on: 'heard', lane: 'a', signals: [], raw: 'more', now: 1, http };
  const what = script(['say', 'hi', 0, hello]);
  expect(run(what, [open(), request, heard(hello, 2)])).toEqual(['say hi', 'over', 'strange more']);
});

describe('what passes by', () => {
  const note: Signal = { type: 'other', label: 'note' };
  const notes = Array.from({ length: 300 }, (_, n) => `note ${n}`);
  const echoed = script(...notes.flatMap((raw) => [['say', raw, 0, note] as const, ['hear', raw, 0, note] as const]));
  const times = (now: number): readonly ReplayInput[] => Array.from({ length: 10 }, () => ({ on: 'time', now }));
  const said = (outputs: readonly string[]) => outputs.filter((word) => word.startsWith('say')).length;
  const back = (raw = '', now = 1): ReplayInput => ({ on: 'heard', lane: 'a', signals: [note], raw, now });

  it('is waited for where too much of it is still to come, and taken for itself', () => {
    const ahead = run(echoed, [open(), ...times(0)]);
    expect(said(ahead)).toBe(101);
    const some = notes.slice(0, 50).map((raw) => back(raw));
    const after = run(echoed, [open(), ...times(0), ...some, ...times(1)]);
    expect(said(after)).toBe(151);
    expect(after.filter((word) => word.startsWith('matched'))).toEqual(some.map((_, n) => `matched note ${n}`));
  });

  it('is waited for no more where it does not come, but if it was only late', () => {
    expect(said(run(echoed, [open(), ...times(0), ...times(1_999)]))).toBe(101);
    expect(said(run(echoed, [open(), ...times(0), ...times(2_000)]))).toBe(300);
    const late = [open(), ...times(0), { on: 'time', now: 2_000 } as const, back('note 60', 2_001), ...times(2_002)];
    expect(said(run(echoed, late))).toBeLessThan(200);
  });
});

describe('a replay', () => {
  const call = script(
    ['hear', 'id', 0, hello],
    ['say', 'offer', 100, offer],
    ['hear', 'answer', 300, answer],
    ['say', 'bye', 5_000, { type: 'bye', pc: 'p' }],
  );

  it('says what comes next as soon as what was heard before it is heard again', () => {
    expect(run(call, [open(), heard(hello, 5), heard(answer, 9)])).toEqual([
      'wake 2000',
      'matched id',
      'say offer',
      'wake 10005',
      'matched answer',
      'say bye',
      'over',
    ]);
  });

  it('keeps the recorded pace, or a multiple of it', () => {
    expect(
      run(call, [open(), heard(hello, 5), { on: 'time', now: 54 }, { on: 'time', now: 55 }], { speed: 2 }),
    ).toEqual(['wake 2000', 'matched id', 'wake 55', 'wake 55', 'say offer', 'wake 10055']);
  });

  it('goes on without a greeting, and tells of an answer that does not come', () => {
    expect(run(call, [open(), { on: 'time', now: 2_000 }, { on: 'time', now: 12_000 }])).toEqual([
      'wake 2000',
      'say offer',
      'wake 12000',
      'missing: The answer of bob (event 3 of the recording) did not come.',
      'say bye',
      'over',
    ]);
  });

  it('waits by hand', () => {
    const inputs = [open(), heard(hello, 5), { on: 'step', now: 7 } as const];
    expect(run(call, inputs, { byHand: true })).toEqual(['wake 2000', 'matched id', 'say offer', 'wake 10007']);
  });

  it('tells what nobody expected, and does not mind what matters little', () => {
    const told = run(call, [
      open(),
      heard(hello, 1),
      heard(offer, 2),
      heard(candidate('candidate:9'), 3),
      heard(hello, 4),
    ]);
    expect(told.filter((one) => /^\w+: /.test(one))).toEqual([
      'unexpected: An offer came that the recording does not have here.',
    ]);
  });

  it('tells what came in another order', () => {
    const two = script(['say', 'offer', 0, offer], ['hear', 'answer', 1, answer], ['hear', 'offer 2', 2, offer]);
    expect(run(two, [open(), heard(offer, 1), heard(answer, 2)])).toEqual([
      'say offer',
      'wake 10000',
      'matched offer 2',
      'out-of-order: The offer came before the answer (event 2 of the recording).',
      'wake 10001',
      'matched answer',
      'over',
    ]);
  });

  it('tells what a description was changed to on its way, where both sides are played', () => {
    const sdp = (direction: string) =>
      `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=${direction}\r\n`;
    const said: Signal = { type: 'answer', pc: 'p', sdp: sdp('sendrecv') };
    const both = script(['say', 'answer', 0, said, 'a'], ['hear', 'delivery', 1, said, 'b']);
    const changed: Signal = { ...said, sdp: sdp('inactive') };
    const told = run(both, [open(0, 'a'), open(0, 'b'), heard(changed, 1, 'b')]);
    expect(told.filter((one) => one.startsWith('altered'))).toEqual([
      expect.stringMatching(/^altered: The answer of bob \(event 2 of the recording\) arrives changed: .*inactive/),
    ]);
    const far = script(['hear', 'answer', 1, said, 'b']);
    expect(run(far, [open(0, 'b'), heard(changed, 1, 'b')])).toEqual(['wake 10000', 'matched answer', 'over']);
  });

  it('does not mind in which order candidates come', () => {
    const lines = ['candidate:1', 'candidate:2'].map(candidate);
    const steps = (['say', 'hear'] as const).flatMap((what) =>
      lines.map((line, n) => [what, `${what} ${n}`, n, line, what === 'say' ? 'a' : 'b'] as const),
    );
    const [first, second] = lines as [Signal, Signal];
    const told = run(script(...steps), [open(0, 'a'), open(0, 'b'), heard(second, 1, 'b'), heard(first, 2, 'b')]);
    expect(told.filter((one) => one.includes(':'))).toEqual([]);
    expect(told.at(-1)).toBe('over');
  });

  it('awaits the candidates that it says itself on another connection, and no others', () => {
    const line = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
    const both = script(
      ['say', 'c', 0, candidate(line), 'a'],
      ['hear', 'c', 1, candidate(line), 'b'],
      ['hear', 'x', 2, candidate('candidate:2'), 'b'],
    );
    const opened = [open(0, 'a'), open(0, 'b')];
    expect(run(both, [...opened, heard(candidate(line), 5, 'b')])).toEqual([
      'say c',
      'wake 10000',
      'matched c',
      'over',
    ]);
    expect(run(both, [...opened, heard(candidate('candidate:7'), 5, 'b'), { on: 'time', now: 10_005 }]).at(-2)).toBe(
      `missing: The candidate '${line}' of bob (event 2 of the recording) did not come.`,
    );
  });

  it('does not mind a candidate of its own that arrives, where the recording ended before it did', () => {
    const line = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
    const ended = script(
      ['say', 'c', 0, candidate(line), 'a'],
      ['say', 'offer', 1, offer, 'a'],
      ['hear', 'answer', 2, answer, 'b'],
    );
    const told = run(ended, [open(0, 'a'), open(0, 'b'), heard(candidate(line), 5, 'b'), heard(answer, 6, 'b')]);
    expect(told).toEqual(['say c', 'say offer', 'wake 10000', 'wake 10000', 'matched answer', 'over']);
  });

  it('ends when a connection is closed, and says what it never heard', () => {
    expect(run(call, [open(), heard(hello, 1), { on: 'closed', lane: 'a', now: 3 }])).toEqual([
      'wake 2000',
      'matched id',
      'say offer',
      'wake 10001',
      'closed: The connection of a is closed before the answer (event 3 of the recording).',
      'closed: The connection of a is closed before the bye (event 4 of the recording).',
      'over',
    ]);
  });
});

describe('a replay that says much', () => {
  const note = (n: number) => ['say', `note ${n}`, 0, { type: 'other', label: 'note' } as Signal] as const;
  const many = script(...Array.from({ length: 120 }, (_, n) => note(n)));
  const time: ReplayInput = { on: 'time', now: 1 };

  it('says so much at once, and the rest when there was time for it', () => {
    const counts = [[open()], [open(), time], [open(), time, time]].map((inputs) => {
      const told = run(many, inputs);
      return [told.filter((one) => one.startsWith('say')).length, told.at(-1)];
    });
    expect(counts).toEqual([
      [50, 'wake 0'],
      [100, 'wake 1'],
      [120, 'over'],
    ]);
  });

  it('says nothing while what was said has not gone out, whatever is heard', () => {
    const full: ReplayInput = { on: 'full', now: 1 };
    const told = run(many, [open(), full, heard(hello, 2), time]);
    expect(told.slice(50, 53)).toEqual(['wake 0', 'wake 1', 'wake 2']);
    expect(told.filter((one) => one.startsWith('say'))).toHaveLength(100);
  });
});

describe('a replay over HTTP', () => {
  const post = { method: 'POST', url: 'http://then/whip', exchange: '1' };
  const patch = { method: 'PATCH', url: 'http://then/s/1', exchange: '2' };
  const response = (method: string): Signal => ({ type: 'response', method });
  const request = (method: string): Signal => ({ type: 'request', method });
  const step = (what: Step['do'], http: Step['http'] & {}, signals: Signal[], seq: number): Step => ({
    ...{ seq, t: 0, lane: 'a', do: what, raw: `raw ${seq}`, encoding: 'text', protocol: 'whip', from: 'server' },
    ...{ signals, http },
  });
  const both = (says: boolean): Script => {
    const [ask, tell] = says ? (['say', 'hear'] as const) : (['hear', 'say'] as const);
    return {
      lanes: [{ key: 'a', client: 'me', url: post.url, link: 'http', carrier: 'http', protocol: 'whip' }],
      turns: says ? [{ at: 0, lane: 'a', do: 'open' }] : [],
      steps: [
        step(ask, post, [request('POST'), offer], 1),
        step(tell, { ...post, status: 201 }, [response('POST'), answer], 2),
        step(ask, patch, [request('PATCH'), candidate('candidate:1')], 3),
        step(tell, { ...patch, status: 204 }, [response('PATCH')], 4),
      ],
    };
  };
  const answered = (http: typeof post, status: number, now: number, ...signals: Signal[]): ReplayInput => ({
    ...{ on: 'heard', lane: 'a', raw: 'now', now, signals: [response(http.method), ...signals] },
    http: { ...http, url: 'http://now/whip', status },
  });

  it('opens, asks, and waits for the response to each request', () => {
    const told = run(both(true), [
      { on: 'time', now: 0 },
      open(1),
      answered(post, 201, 2, answer),
      answered(patch, 204, 3),
    ]);
    expect(told).toEqual([
      ...['open a', 'say raw 1', 'wake 10001', 'matched raw 2', 'say raw 3', 'wake 10002', 'matched raw 4', 'over'],
    ]);
  });

  it('tells of a refusal, and of a request without a response', () => {
    const gone: ReplayInput = { on: 'unanswered', exchange: '2', why: 'connection refused', now: 3 };
    const told = run(both(true), [{ on: 'time', now: 0 }, open(1), answered(post, 403, 2), gone]);
    expect(told.filter((one) => /^\w+: /.test(one))).toEqual([
      'unexpected: POST /whip was answered with 403, in the recording with 201 (event 2); give credentials with --header.',
      'unanswered: The response to PATCH (event 4 of the recording) did not come: connection refused.',
    ]);
  });

  const asked = (http: typeof post, now: number, ...signals: Signal[]): ReplayInput => ({
    ...{ on: 'heard', lane: 'a', raw: 'now', now, signals: [request(http.method), ...signals] },
    http: { ...http, url: http.url.replace('http://then', ''), exchange: `now ${now}` },
  });

  it('as the server does not wait for candidates, answers them late too, and tells what is none of the recording', () => {
    const script = both(false);
    const last = step(
      'hear',
      { ...post, method: 'DELETE', exchange: '3' },
      [request('DELETE'), { type: 'bye', pc: 'p' }],
      5,
    );
    const told = run({ ...script, steps: [...script.steps, last] }, [
      open(0),
      asked(post, 1, offer),
      asked(patch, 2, candidate('candidate:5')),
      asked(patch, 3, candidate('candidate:6')),
      asked(post, 4, offer),
    ]);
    expect(told.filter((one) => !one.startsWith('wake'))).toEqual([
      ...['matched raw 1', 'say raw 2', 'say raw 4', 'matched raw 3', 'say raw 4', 'strange now'],
      ...['unexpected: An offer came that the recording does not have here.', 'strange now'],
    ]);
  });
});

describe('what comes too late', () => {
  const note: Signal = { type: 'other', label: 'note' };
  it('is still what the recording has', () => {
    const two = script(['hear', 'note', 0, note], ['say', 'offer', 1, offer], ['hear', 'answer', 2, answer]);
    expect(run(two, [open(), heard(note, 5), heard(answer, 6)])).toEqual([
      ...['say offer', 'wake 10000', 'matched note', 'wake 10000', 'matched answer', 'over'],
    ]);
  });

  it('is what the recording has word by word, and not something later that means the same', () => {
    const said = (raw: string) => ({ ...heard(candidate(raw), 5), raw }) as ReplayInput;
    const trickle = script(
      ['hear', 'c 1', 0, candidate('c 1')],
      ['hear', 'c 2', 1, candidate('c 2')],
      ['say', 'offer', 2, offer],
      ['hear', 'answer', 3, answer],
      ['hear', 'c 3', 4, candidate('c 3')],
    );
    const inputs: ReplayInput[] = [open(), { on: 'time', now: 2_000 }, said('c 2'), said('c 3'), said('c 1')];
    expect(run(trickle, inputs).filter((one) => one.startsWith('matched'))).toEqual([
      ...['matched c 2', 'matched c 3', 'matched c 1'],
    ]);
  });
});
