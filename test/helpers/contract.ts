/** The JSON that scripts depend on (schema 1): every field, and no other. A field that is added is added here. */
import { anything, count, flag, list, number, object, oneOf, orNull, type Shape, sentence, text } from './shape.ts';

const schema = { schema: oneOf(1) };
const event = orNull(count);

const CHANGE_CLASSES = [
  ...['ice-restart', 'new-pc', 'transport-moved', 'dtls', 'section-added', 'section-recycled', 'section-rejected'],
  ...['section-revived', 'direction', 'track', 'codec-set', 'codec-order', 'codec-pt', 'codec-param', 'header-ext'],
  ...['simulcast', 'bundle', 'mux', 'bandwidth', 'data', 'candidates', 'order', 'format'],
];

const change: Shape = object(
  {
    class: oneOf(...CHANGE_CLASSES),
    mid: orNull(text),
    path: text,
    before: anything,
    after: anything,
    sentence,
    lines: object({ before: list(count), after: list(count) }),
  },
  { beforeIn: oneOf('committed'), folded: (value, at) => list(change)(value, at) },
);

const FINDING = {
  rule: text,
  severity: oneOf('error', 'warning', 'info'),
  message: sentence,
  explain: sentence,
  fix: sentence,
  cites: list(object({ spec: text, section: text })),
  pc: text,
  side: text,
  event: count,
  related: list(count),
  mid: orNull(text),
  line: orNull(count),
  refusedBy: object({}, { chrome: text, firefox: text }),
};
/** `folded` are consequences of the same cause. */
const finding = object(FINDING, { folded: list(anything) });

const pc = { pc: text };
const method = object(
  { type: oneOf('request', 'response', 'notify'), method: text },
  { ...pc, id: text, ok: flag, status: count, headers: anything },
);
const description = object(
  { type: oneOf('offer', 'answer', 'pranswer'), ...pc, sdp: text },
  { id: text, assumed: object({ sure: number, because: text }), mislabelled: text, created: text },
);
const SIGNALS: Readonly<Record<string, Shape>> = {
  ...{ offer: description, answer: description, pranswer: description },
  ...{ request: method, response: method, notify: method },
  rollback: object({ type: text, ...pc }),
  candidate: object({ type: text, ...pc, candidate: text }, { mid: text, mLine: count, ufrag: text }),
  'end-of-candidates': object({ type: text, ...pc }, { mid: text, ufrag: text }),
  presence: object({ type: text, who: text, change: oneOf('join', 'leave') }),
  bye: object({ type: text, ...pc }),
  other: object({ type: text, label: text }, { ...pc, carries: text, of: count }),
};
const signal: Shape = (value, at) => SIGNALS[String((value as { type?: unknown }).type)]?.(value, at) ?? [`${at}.type`];

const stamp = { seq: count, t: number, from: text, to: text, kind: text };
const link = { link: text };
const failure = object({ name: text, message: text });
const http = object({ method: text, url: text, exchange: text }, { status: count, headers: anything });
/** The fields of an event beside its stamp that must be there, and those that may. */
const EVENTS: Readonly<Record<string, readonly [Readonly<Record<string, Shape>>, Readonly<Record<string, Shape>>]>> = {
  link: [
    { change: oneOf('connecting', 'open', 'close', 'error', 'retry') },
    { url: text, code: count, reason: text, delay: number },
  ],
  message: [
    { protocol: text, encoding: oneOf('text', 'base64'), raw: text, signals: list(signal) },
    { dir: oneOf('c2s', 's2c'), http },
  ],
  apply: [
    { ...pc, op: oneOf('local', 'remote', 'candidate'), ok: flag },
    { type: text, error: failure, of: count },
  ],
  state: [
    { ...pc, of: oneOf('signaling', 'gathering', 'ice', 'dtls', 'connection', 'data', 'media'), value: text },
    {},
  ],
  call: [
    { ...pc, name: text },
    { args: anything, ok: flag, error: failure },
  ],
  action: [{ action: anything }, {}],
  mark: [{ text }, { of: count }],
  problem: [
    { code: text, detail: text },
    { of: count, raw: text },
  ],
  other: [{ label: text, raw: text }, {}],
};

const eventWith =
  (more: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    const [must, may] = EVENTS[String((value as { kind?: unknown }).kind)] ?? [{ kind: oneOf() }, {}];
    return object({ ...more, ...stamp, ...must }, { ...link, ...may })(value, at);
  };

const NEGOTIATION = {
  must: {
    pc: text,
    cause: oneOf('first', 'renegotiation', 'ice-restart', 'glare', 'new-pc'),
    offer: count,
    answer: event,
    offerer: text,
    answerer: text,
    state: oneOf('complete', 'open', 'superseded', 'rolled-back', 'failed'),
    changes: list(change),
  },
  may: { agreement: anything, effect: list(anything) },
};

const session = object({
  pc: text,
  partial: flag,
  closedBy: event,
  sides: list(
    object({
      party: text,
      signaling: text,
      reason: text,
      politeness: orNull(oneOf('polite', 'impolite')),
      generations: list(anything),
    }),
  ),
  ledgers: object({
    slots: list(anything),
    extmap: list(anything),
    payloads: anything,
    bundle: anything,
    dtls: anything,
    breaches: list(anything),
  }),
});

/** `renego show --json`. */
export const SHOW = object({
  ...schema,
  source: object(
    { format: oneOf(1), tool: text, startedAt: text, source: text, redacted: list(text) },
    { url: text, part: count },
  ),
  parties: list(text),
  events: list(eventWith({})),
  negotiations: list(object(NEGOTIATION.must, NEGOTIATION.may)),
  findings: list(finding),
  sessions: list(session),
});

/** `renego check --json`. */
export const CHECK = object({
  ...schema,
  files: list(
    object(
      {
        path: text,
        format: text,
        events: count,
        findings: list(finding),
        counts: object({ error: count, warning: count, info: count }),
      },
      { error: object({ code: text, message: text }) },
    ),
  ),
});

const COMPARED = { equal: flag, changes: list(change) };
const extras = { lines: list(anything), agreement: anything };

/** `renego diff --json`; of a session with `rounds`. */
export const DIFF = object(
  { ...schema, ...COMPARED },
  {
    ...extras,
    rounds: list(
      object(
        { offer: event, base: event, answer: event, state: orNull(text), ...COMPARED },
        {
          ...extras,
          outcome: object({ head: text, sentences: list(object({ mid: orNull(text), sentence }, { class: text })) }),
        },
      ),
    ),
  },
);

/** The last line of `renego replay --json`, and each of `renego check --golden --json`. */
export const VERDICT = object(
  {
    ...schema,
    kind: oneOf('verdict'),
    golden: text,
    equal: flag,
    differences: list(
      object({
        kind: oneOf('missing', 'unexpected', 'changed', 'goodbye', 'candidates', 'finding-new', 'finding-gone'),
        sentence,
        before: event,
        after: event,
        mid: orNull(text),
      }),
    ),
    reports: list(object({ kind: text, sentence, recorded: event, event })),
    pairs: list(object({ recorded: event, event, type: oneOf('offer', 'answer', 'pranswer'), side: oneOf('A', 'B') })),
  },
  {
    path: text,
    notes: list(sentence),
    live: object({ connected: flag, flowed: list(oneOf('audio', 'video', 'data')) }),
    error: object({ code: text, message: text }),
  },
);

/** Each line of `renego run --json`. */
export const SCENARIO = object({
  ...schema,
  kind: oneOf('scenario'),
  name: text,
  file: text,
  tags: list(text),
  ok: flag,
  steps: list(
    object({
      text,
      outcome: oneOf('ok', 'failed', 'skipped'),
      ms: count,
      why: orNull(sentence),
      event,
      line: orNull(count),
      events: list(count),
    }),
  ),
  findings: list(finding),
});

/** Each line of a live session's `--json`. */
export const LIVE: Shape = (value, at) => {
  const { kind } = value as { kind?: unknown };
  if (kind === 'finding')
    return object({ ...schema, kind: anything, ...FINDING }, { folded: list(anything) })(value, at);
  if (kind === 'negotiation')
    return object({ ...schema, kind: anything, ...NEGOTIATION.must }, NEGOTIATION.may)(value, at);
  return eventWith(schema)(value, at);
};

/** What of the lines of JSON is not of the shape. */
export const broken = (lines: string, shape: Shape): readonly string[] =>
  lines
    .trimEnd()
    .split('\n')
    .flatMap((line, index) => shape(JSON.parse(line), `line ${index + 1}`));
