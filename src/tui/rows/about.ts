/** What an event that is no description says, as facts by name. */
import type { EventBody, Signal, SignalEvent } from '../../core/event.ts';
import { partyNow } from '../../core/far-side.ts';
import { label } from '../../core/label.ts';
import type { CandidateRecord, Model } from '../../core/model.ts';
import { eventOf } from './event-of.ts';
import { type Fact, factRows } from './fact.ts';
import { cell, type Row, row } from './row.ts';
import type { Scene } from './tab.ts';

/** Rows about any event; of several in one row about each. */
export function aboutRows(scene: Scene, event: SignalEvent): readonly Row[] {
  if (scene.seqs.length > 1) return togetherRows(scene);
  const inside = event.from === event.to;
  const facts: readonly Fact[] = [
    { name: 'event', value: `${event.seq} at ${(event.t / 1000).toFixed(3)} s`, tone: 'strong' },
    { name: inside ? 'at' : 'way', value: inside ? event.from : wayOf(scene.model, event) },
    ...factsOf(event),
    ...(scene.model.gathered.get(event.seq) ?? []).flatMap(candidateFacts),
  ];
  return facts.flatMap((fact, index) => factRows(`about ${index}`, fact, scene));
}

const wayOf = (model: Model, event: SignalEvent): string =>
  `${partyNow(model, event, event.from)} → ${partyNow(model, event, event.to)}`;

/** Candidates that share a row of the ladder: a line each. */
function togetherRows({ model, seqs, glyphs }: Scene): readonly Row[] {
  const events = seqs.flatMap((seq) => eventOf(model, seq) ?? []);
  const way = events[0] === undefined ? '' : wayOf(model, events[0]);
  const digits = String(seqs.at(-1)).length;
  return [
    row('together', cell(`${events.length} events ${way}`, 'strong', glyphs)),
    ...events.map((event) =>
      row(
        `about ${event.seq}`,
        cell(`  ${String(event.seq).padStart(digits)} ${(event.t / 1000).toFixed(3)}  `, 'muted', glyphs),
        cell(label(model, event), 'plain', glyphs),
      ),
    ),
  ];
}

type FactsOf = { readonly [K in EventBody['kind']]: (event: Extract<EventBody, { kind: K }>) => readonly Fact[] };

const FACTS: FactsOf = {
  link: ({ change, url, code, reason, delay }) => [
    { name: 'connection', value: change, tone: change === 'error' ? 'bad' : 'plain' },
    { name: 'address', value: url },
    { name: 'code', value: code },
    { name: 'reason', value: reason },
    { name: 'again in', value: delay === undefined ? undefined : `${delay} ms` },
  ],
  message: ({ protocol, raw, encoding, signals }) => [
    { name: 'protocol', value: protocol },
    { name: 'frame', value: `${encoding === 'base64' ? 'binary' : 'text'}, ${raw.length} characters` },
    ...signals.map((signal): Fact => ({ name: 'means', value: meaning(signal) })),
  ],
  apply: ({ op, type, ok, error, of }) => [
    { name: 'applied', value: [op, type].filter(Boolean).join(' ') },
    { name: 'result', value: ok ? 'accepted' : 'refused', tone: ok ? 'strong' : 'bad' },
    { name: 'error', value: error === undefined ? undefined : `${error.name}: ${error.message}`, tone: 'bad' },
    { name: 'of event', value: of },
  ],
  state: ({ of, value, pc }) => [
    { name: of, value, tone: value === 'failed' ? 'bad' : 'plain' },
    { name: 'connection', value: pc },
  ],
  call: ({ name, args, ok, error }) => [
    { name: 'call', value: name },
    { name: 'arguments', value: args === undefined ? undefined : JSON.stringify(args) },
    {
      name: 'result',
      value: ok === undefined ? undefined : ok ? 'fine' : 'failed',
      tone: ok === false ? 'bad' : 'strong',
    },
    { name: 'error', value: error === undefined ? undefined : `${error.name}: ${error.message}`, tone: 'bad' },
  ],
  action: ({ action: { do: what, ...rest } }) => [
    { name: 'action', value: what, tone: 'accent' },
    ...Object.entries(rest).map(([name, value]): Fact => ({ name, value: String(value) })),
  ],
  mark: ({ text, of }) => [
    { name: of === undefined ? 'mark' : 'note', value: text },
    { name: 'of event', value: of },
  ],
  problem: ({ code, detail, of }) => [
    { name: 'problem', value: code, tone: 'bad' },
    { name: 'detail', value: detail },
    { name: 'of event', value: of },
  ],
  other: ({ label }) => [{ name: 'kind', value: label }],
};

function factsOf(event: SignalEvent): readonly Fact[] {
  return (FACTS[event.kind] as (event: SignalEvent) => readonly Fact[])(event);
}

function meaning(signal: Signal): string {
  switch (signal.type) {
    case 'request':
    case 'response':
    case 'notify':
      return [signal.type, signal.method, signal.ok === false ? 'refused' : ''].join(' ').trim();
    case 'presence':
      return signal.change === 'join' ? `${signal.who} is there` : `${signal.who} is gone`;
    case 'other':
      return signal.label;
    case 'bye':
      return 'hang up';
    default:
      return signal.type;
  }
}

function candidateFacts({ candidate, text, mid, mLine, generation, early, stale }: CandidateRecord): readonly Fact[] {
  if (candidate === undefined) return [{ name: 'candidate', value: text === '' ? 'empty' : text, tone: 'bad' }];
  const related =
    candidate.relatedAddress === undefined ? undefined : `${candidate.relatedAddress}:${candidate.relatedPort}`;
  return [
    {
      name: 'candidate',
      value: `${candidate.type} ${candidate.transport} ${candidate.address} port ${candidate.port}`,
    },
    { name: 'related', value: related },
    {
      name: 'component',
      value: candidate.component === 1 ? '1 (RTP)' : candidate.component === 2 ? '2 (RTCP)' : candidate.component,
    },
    { name: 'priority', value: candidate.priority },
    { name: 'section', value: mid === undefined ? (mLine === undefined ? undefined : `index ${mLine}`) : `mid ${mid}` },
    {
      name: 'ICE',
      value:
        generation === undefined
          ? 'credentials not described yet'
          : `generation ${generation.number} of ${generation.party}, ufrag ${generation.ufrag}`,
    },
    { name: 'early', value: early ? 'came before the description with its credentials' : undefined, tone: 'warn' },
    { name: 'stale', value: stale ? 'belongs to credentials that were replaced' : undefined, tone: 'warn' },
  ];
}
