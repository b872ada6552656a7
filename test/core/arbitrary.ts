/** Arbitrary events for property tests: every kind, hostile texts, real descriptions among them. */
import fc from 'fast-check';
import type { SignalEvent } from '../../src/core/event.ts';
import { sdp } from './conversation.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('', '__proto__', 'a', '0'));
const party = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c') }, { weight: 1, arbitrary: text });
const pc = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a+b', 'a+c') }, { weight: 1, arbitrary: text });
const finite = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const description = fc.oneof(
  fc
    .record({
      by: fc.constantFrom('a', 'b'),
      ufrag: fc.constantFrom('u1', 'u2', 'u3'),
      version: fc.nat(5),
      sections: fc.array(fc.constantFrom('audio 0', 'video 1', 'audio 1 rejected', 'video 0'), { maxLength: 3 }),
    })
    .map(sdp),
  text,
);
const failure = fc.record({ name: text, message: text });
type Fields = Record<string, fc.Arbitrary<unknown>>;
const optional = (required: Fields, more: Fields): fc.Arbitrary<object> =>
  fc.record({ ...required, ...more } as Fields, { requiredKeys: Object.keys(required) });

const signal = fc.oneof(
  optional({ type: fc.constantFrom('offer', 'answer', 'pranswer'), pc, sdp: description }, { id: text }),
  fc.record({ type: fc.constantFrom('rollback', 'bye'), pc }),
  optional(
    {
      type: fc.constant('candidate'),
      pc,
      candidate: fc.oneof(text, fc.constant('candidate:1 1 udp 1 ::1 9 typ host')),
    },
    { mid: text, mLine: fc.integer(), ufrag: fc.constantFrom('u1', 'u2', '') },
  ),
  optional({ type: fc.constant('end-of-candidates'), pc }, { mid: text, ufrag: text }),
  optional({ type: fc.constantFrom('request', 'response', 'notify'), method: text }, { id: text, ok: fc.boolean() }),
  fc.record({ type: fc.constant('presence'), who: party, change: fc.constantFrom('join', 'leave') }),
  fc.record({ type: fc.constant('other'), label: text }),
);

const kind = <K extends string>(value: K) => fc.constant(value);
const states = fc.constantFrom('signaling', 'gathering', 'ice', 'dtls', 'connection', 'data', 'media');

const body = fc.oneof(
  {
    weight: 6,
    arbitrary: optional(
      {
        kind: kind('message'),
        protocol: text,
        encoding: kind('text'),
        raw: text,
        signals: fc.array(signal, { maxLength: 3 }),
      },
      {},
    ),
  },
  optional(
    { kind: kind('link'), change: fc.constantFrom('connecting', 'open', 'close', 'error', 'retry') },
    { url: text, code: finite, reason: text, delay: finite },
  ),
  optional(
    { kind: kind('apply'), pc, op: fc.constantFrom('local', 'remote', 'candidate'), ok: fc.boolean() },
    { type: fc.constantFrom('offer', 'answer', 'pranswer', 'rollback', 'x'), error: failure, of: fc.nat(20) },
  ),
  fc.record({
    kind: kind('state'),
    pc,
    of: states,
    value: fc.oneof(text, fc.constantFrom('closed', 'stable', 'have-local-offer')),
  }),
  optional(
    { kind: kind('call'), pc, name: text },
    {
      args: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      ok: fc.boolean(),
      error: failure,
    },
  ),
  fc.record({
    kind: kind('action'),
    action: fc.constantFrom({ do: 'offer' }, { do: 'add', media: 'audio' }, { do: 'mark', text: 'x' }),
  }),
  fc.record({ kind: kind('mark'), text }),
  optional({ kind: kind('problem'), code: text, detail: text }, { of: fc.nat(), raw: text }),
  fc.record({ kind: kind('other'), label: text, raw: text }),
);

/** A log of any content: `seq` from 1, `t` growing. */
export const events: fc.Arbitrary<SignalEvent[]> = fc
  .array(fc.tuple(optional({ from: party, to: party }, { link: text }), body, fc.nat(70_000)), { maxLength: 30 })
  .map((drafts) => {
    let t = 0;
    return drafts.map(([stamp, rest, gap], index) => {
      t += gap / 8;
      return { seq: index + 1, t, ...stamp, ...rest } as SignalEvent;
    });
  });
