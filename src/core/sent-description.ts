/** A description that was sent: its text stays in the event, what is parsed of it is kept for a while. */
import { parsing } from '../sdp/parse.ts';
import type { Sdp } from '../sdp/sdp.ts';
import { finished, type Steps } from '../sdp/steps.ts';
import type { DescriptionSignal } from './event.ts';
import type { Description } from './model.ts';
import { createRecent } from './recent.ts';
import { type SignalPlace, signalIn } from './signal-text.ts';

/** Characters of SDP whose parse is kept: it takes some fifteen times as many bytes. */
const KEPT = 4 * 1024 * 1024;

const parsed = createRecent<Description, Sdp>(KEPT);

type Fields = Omit<Description, 'text' | 'created' | 'sdp'>;

class Sent implements Description {
  readonly seq: number;
  readonly t: number;
  readonly pc: string;
  from: string;
  to: string;
  readonly type: Description['type'];
  readonly number: number;
  status: Description['status'];
  round: Description['round'];
  readonly base: Description['base'];
  readonly repeats: Description | undefined;
  readonly reflects: Description | undefined;
  readonly #events: SignalPlace['events'];
  readonly #at: number;

  constructor({ events, at }: SignalPlace, fields: Fields) {
    this.seq = fields.seq;
    this.t = fields.t;
    this.pc = fields.pc;
    this.from = fields.from;
    this.to = fields.to;
    this.type = fields.type;
    this.number = fields.number;
    this.status = fields.status;
    this.round = fields.round;
    this.base = fields.base;
    this.repeats = fields.repeats;
    this.reflects = fields.reflects;
    this.#events = events;
    this.#at = at;
  }

  #signal(): DescriptionSignal | undefined {
    const signal = signalIn({ events: this.#events, seq: this.seq, at: this.#at });
    return signal !== undefined && 'sdp' in signal ? signal : undefined;
  }

  get text(): string {
    return this.#signal()?.sdp ?? '';
  }

  get created(): string | undefined {
    return this.#signal()?.created;
  }

  get sdp(): Sdp {
    return parsed.get(this) ?? finished(parsingAnew(this));
  }
}

/** What `sdp` gives, in steps. */
export function* parsingOf(description: Description): Steps<Sdp> {
  if (!(description instanceof Sent)) return description.sdp;
  return parsed.get(description) ?? (yield* parsingAnew(description));
}

/** The same for who looks at very many, one after the other: it is not kept. */
export function* passing(description: Description): Steps<Sdp> {
  if (!(description instanceof Sent)) return description.sdp;
  return parsed.get(description) ?? (yield* parsing(description.text));
}

function* parsingAnew(description: Description): Steps<Sdp> {
  const { text } = description;
  const sdp = yield* parsing(text);
  parsed.set(description, sdp, text.length);
  return sdp;
}

export function createDescription(place: SignalPlace, fields: Fields): Description {
  return new Sent(place, fields);
}

/** The same description as if its text meant something else, for asking what somebody makes of a part of it. */
export function readAs(description: Description, sdp: Sdp): Description {
  const { text, created } = description;
  return { ...description, text, created, sdp };
}
