/** The transcript format (NDJSON): one description or candidate a line, the least a script can write. */
import type { Draft, PartyId, Signal } from '../core/event.ts';
import { pairId } from '../core/event.ts';
import { candidateTarget } from '../protocols/recogniser/candidate.ts';
import { toldBy } from '../protocols/recogniser/words.ts';
import { createLineReader, isObject, type JsonLine, type JsonObject } from '../session/lines.ts';
import { type Importer, lineProblem, type Put, type Reading, startOf } from './importer.ts';

const EXAMPLE = `{"t":0,"from":"a","type":"offer","sdp":"v=0\\r\\no=- 1 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"}
{"t":12,"from":"a","candidate":{"candidate":"candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host","sdpMid":"0"}}
{"t":20,"from":"b","type":"answer","sdp":"v=0\\r\\no=- 2 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"}
{"t":30,"from":"a","candidate":null}
{"t":900,"from":"a","bye":true}
`;

export const transcript: Importer = {
  name: 'transcript',
  title: 'transcript (one message a line)',
  sniff(head) {
    const line = head.split('\n', 20).find((one) => /"from"\s*:\s*"/.test(one));
    if (line === undefined || /"kind"\s*:\s*"/.test(line)) return 0;
    return /"(?:sdp|candidate|bye)"\s*:|"type"\s*:\s*"(?:offer|answer|pranswer|rollback)"/.test(line) ? 0.8 : 0;
  },
  open: openTranscript,
  example: EXAMPLE,
};

/** A transcript from its first line on, as scripts write it: no other format needs to be asked. */
export const isTranscript = (head: string): boolean =>
  /^\ufeff?\s*\{(?:"t":[\d.]+,)?"from":"[^"]*",(?:"to":"[^"]*",)?"(?:type|sdp|candidate|bye)":/.test(head);

/** How far is looked ahead for who takes part, in lines and characters. */
const AHEAD = { lines: 10_000, characters: 16 * 1024 * 1024 };

function openTranscript(put: Put): Reading {
  const parties = new Set<PartyId>();
  let waiting: JsonLine[] | undefined = [];
  let characters = 0;
  let start = startOf([]);
  let previous: PartyId | undefined;

  function meet({ object }: JsonLine): void {
    for (const name of [object?.from, object?.to]) if (typeof name === 'string') parties.add(name);
  }

  function tell(line: JsonLine): void {
    const draft = readLine(line, (from) => receiver(from, previous, parties), start.epoch);
    if (draft.kind === 'message') previous = draft.from;
    put({ ...draft, seq: line.number });
  }

  function begin(): void {
    const lines = waiting ?? [];
    waiting = undefined;
    const [only] = parties;
    if (parties.size === 1) parties.add(only === 'b' ? 'a' : 'b');
    start = startOf(lines.map(({ object }) => object?.t));
    for (const line of lines) tell(line);
  }

  const reader = createLineReader((line) => {
    meet(line);
    if (waiting === undefined) return tell(line);
    waiting.push(line);
    characters += line.text.length;
    if (waiting.length >= AHEAD.lines || characters >= AHEAD.characters) begin();
  });
  return {
    write: reader.write,
    end() {
      reader.end();
      if (waiting !== undefined) begin();
    },
    header: () => ({ startedAt: start.startedAt, parties: [...parties] }),
  };
}

/** Without `to`: whoever spoke last before, else the first of the others. */
function receiver(from: PartyId, previous: PartyId | undefined, parties: ReadonlySet<PartyId>): PartyId {
  if (previous !== undefined && previous !== from) return previous;
  for (const party of parties) if (party !== from) return party;
  return from;
}

function readLine(line: JsonLine, receiverOf: (from: PartyId) => PartyId, epoch: number): Draft {
  const { object, text: raw } = line;
  if (object === undefined) return lineProblem(line, 'is not a JSON object');
  const { from } = object;
  if (typeof from !== 'string') return lineProblem(line, 'has no "from"');
  const to = typeof object.to === 'string' ? object.to : receiverOf(from);
  const http = readHttp(object.http, pairId(from, to));
  const signal = readSignal(object, pairId(from, to));
  if (typeof signal === 'string' && !http) return { ...lineProblem(line, signal), from, to };
  const signals = [...(http ? [http] : []), ...(typeof signal === 'string' ? [] : [signal])];
  const t = typeof object.t === 'number' ? { t: object.t - epoch } : {};
  return { ...t, from, to, kind: 'message', protocol: protocolOf(object), encoding: 'text', raw, signals };
}

/** Lines may name the protocol their message came from, such as `whip`. */
function protocolOf({ protocol }: JsonObject): string {
  return typeof protocol === 'string' && /^[a-z][a-z0-9.-]{0,30}$/.test(protocol) ? protocol : 'transcript';
}

/** `"http":{"method":"POST","status":201,"headers":{"location":"/s/1"}}`: a response if it has a status. */
function readHttp(http: unknown, pc: string): Signal | undefined {
  if (!isObject(http) || typeof http.method !== 'string') return undefined;
  const { method, status, headers } = http;
  const texts = isObject(headers) ? Object.entries(headers).filter(([, value]) => typeof value === 'string') : [];
  const read = isObject(headers)
    ? { headers: Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), String(value)])) }
    : {};
  if (typeof status !== 'number') return { type: 'request', pc, method, ...read };
  return { type: 'response', pc, method, status, ok: status >= 200 && status < 300, ...read };
}

/** Where the name of the message that carried a description says the opposite of its type. */
function mislabelled(type: string, label: unknown): { mislabelled?: string } {
  const told = typeof label === 'string' ? toldBy(label) : undefined;
  return told?.plain && (told.type === 'offer') !== (type === 'offer') ? { mislabelled: String(label) } : {};
}

/** The signal of a line; a string says what is wrong with it. */
function readSignal(object: JsonObject, pc: string): Signal | string {
  const { type, sdp, candidate, bye, created } = object;
  if (type === 'rollback') return { type, pc };
  if (type === 'offer' || type === 'answer' || type === 'pranswer') {
    // A description without text is what browsers refuse, so it is kept for the rules to say so.
    const text = typeof sdp === 'string' ? sdp : '';
    const whole = { type, pc, sdp: text, ...mislabelled(type, object.label) } as const;
    return typeof created === 'string' && created !== sdp ? { ...whole, created } : whole;
  }
  if (bye === true) return { type: 'bye', pc };
  if (candidate === null) return { type: 'end-of-candidates', pc };
  if (isObject(candidate) && typeof candidate.candidate === 'string') {
    const { mLine, ...whose } = candidateTarget(candidate);
    if (candidate.candidate === '') return { type: 'end-of-candidates', pc, ...whose };
    return { type: 'candidate', pc, candidate: candidate.candidate, ...whose, ...(mLine !== undefined && { mLine }) };
  }
  return 'is neither a description, a candidate, a rollback nor a goodbye';
}
