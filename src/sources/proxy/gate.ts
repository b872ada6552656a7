/**
 * What may happen to the messages of one direction of one connection, as a pure machine: hold, let go, edit, drop,
 * duplicate, delay, reorder, inject. It returns what to do; ids are its own, and become those of the log by `known`.
 * Order is kept: what comes after a message that waits, waits behind it, unless that one waits `alone`.
 */
import type { Action } from '../../core/event.ts';
import { createPassingIce } from '../../core/filter/passing-ice.ts';
import type { Passing } from '../../core/matcher.ts';
import { actionDraft, arrival } from './gate-drafts.ts';
import type { Content, Gate, GateOptions, GateOutput, Intervention, MessageDraft } from './intervention.ts';
import { meaningOf, means } from './meaning.ts';
import type { Message } from './message-reader.ts';
import { createOutlet } from './outlet.ts';

/** More than this must not wait: memory is not the peers' to fill. */
const MOST_WAITING = { messages: 1000, bytes: 8 * 1024 * 1024 };

interface Item {
  readonly id: number;
  readonly message: Message;
  seq: number;
  content: Content;
  changed: boolean;
  copies: number;
  /** Waits for a key, for a time, or only for those before it. */
  waits: 'key' | 'time' | 'turn';
  alone: boolean;
  /** Somebody works on it. */
  attended: boolean;
}

export function createGate({
  interventions,
  mask,
  out,
  decode,
  patience,
  elapsed,
  outlet = createOutlet(mask),
}: GateOptions): Gate {
  const credentials = createPassingIce();
  let queue: Item[] = [];
  let bytes = 0;
  let serial = 0;

  function offer(message: Message, draft: MessageDraft): GateOutput[] {
    const passing = passingOf(draft);
    const matching = message.begun ? [] : interventions().filter(({ match }) => means(match, passing, draft));
    for (const { acted } of matching) acted?.();
    serial += 1;
    const content = { binary: message.binary, data: message.data, draft };
    const item: Item = {
      ...{ id: serial, message, seq: 0, content, changed: false, copies: 1 },
      ...{ waits: 'turn', alone: false, attended: false },
    };
    const outputs = matching.length === 0 ? [] : intervene(item, matching);
    if (matching.some(({ drop }) => drop === true)) return outputs;
    if (item.waits === 'turn' && !isBlocked()) return [...outputs, ...sent(item)];
    queue.push(item);
    bytes += message.data.length;
    const full = queue.length > MOST_WAITING.messages || bytes > MOST_WAITING.bytes;
    return full ? [...outputs, ...release('too much is waiting')] : outputs;
  }

  /** Every message is looked at, so that a restart is known as one. */
  function passingOf(draft: MessageDraft): Passing {
    const { link = '', protocol, raw } = draft;
    const { from, to, signals } = meaningOf(draft);
    return { out, from, to, link, protocol, raw, signals, t: elapsed(), ice: credentials.see(from, link, signals) };
  }

  function intervene(item: Item, matching: readonly Intervention[]): GateOutput[] {
    const { draft } = item.content;
    const words: string[] = [];
    const outputs: GateOutput[] = [];
    const acts = (word: string, action: Action) => {
      words.push(word);
      outputs.push({ do: 'tell', draft: actionDraft(draft, action) });
    };
    for (const { text: by, ...does } of matching) {
      if (does.drop) acts('dropped', { do: 'drop', by });
      if (does.edit !== undefined) {
        const raw = does.edit(item.content.draft);
        if (raw !== undefined) {
          change(item, rawBytes(raw, item.content.binary));
          acts('edited', { do: 'edit', by });
        }
      }
      if (does.duplicate) {
        item.copies += 1;
        acts('duplicated', { do: 'duplicate', by });
      }
      if (does.delay !== undefined && item.waits === 'turn') {
        item.waits = 'time';
        item.alone = does.alone === true;
        acts(item.alone ? 'put behind' : 'delayed', { do: item.alone ? 'reorder' : 'delay', by, time: does.delay });
        outputs.push({ do: 'wake', id: `time ${item.id}`, after: does.delay });
      }
      if (does.hold && item.waits !== 'key') {
        item.waits = 'key';
        words.push('held');
        outputs.push(waitForKey(item));
      }
    }
    if (words.length === 0) return outputs;
    return [{ do: 'tell', draft: arrival(draft, words.join(', ')), item: item.id }, ...outputs];
  }

  function change(item: Item, data: Buffer): void {
    item.content = { binary: item.content.binary, data, draft: decode(data, item.content.binary) };
    item.changed = true;
  }

  const isBlocked = () => queue.some(({ alone }) => !alone);

  function sent({ message, content, changed, copies }: Item): GateOutput[] {
    const first = changed ? outlet.other(content, message) : outlet.original(message);
    const outputs: GateOutput[] = [
      { do: 'send', bytes: first },
      { do: 'tell', draft: content.draft },
    ];
    for (let copy = 1; copy < copies; copy++) {
      outputs.push({ do: 'send', bytes: outlet.other(content, message) }, { do: 'tell', draft: content.draft });
    }
    return outputs;
  }

  function remove(item: Item): void {
    queue = queue.filter((one) => one !== item);
    bytes -= item.message.data.length;
  }

  /** Sends what nothing holds up any more. */
  function pump(): GateOutput[] {
    const outputs: GateOutput[] = [];
    for (const item of queue) {
      if (item.waits !== 'turn') {
        if (item.alone) continue;
        break;
      }
      remove(item);
      outputs.push(...sent(item));
    }
    return outputs;
  }

  function release(why: string): GateOutput[] {
    const outputs: GateOutput[] = [];
    for (const item of queue) {
      if (item.waits !== 'turn') outputs.push(told(item, { do: 'let-go', of: item.seq, by: why }));
      remove(item);
      outputs.push(...sent(item));
    }
    return outputs;
  }

  const waitForKey = ({ id }: Item): GateOutput => ({ do: 'wake', id: `key ${id}`, after: patience });

  const told = (item: Item, action: Action): GateOutput => ({
    do: 'tell',
    draft: actionDraft(item.content.draft, action),
  });

  /** It goes at once, before those that wait before it. */
  function letGo(item: Item, action: Action): GateOutput[] {
    const first = queue[0] === item;
    item.waits = 'turn';
    if (first) return [told(item, action), ...pump()];
    remove(item);
    return [told(item, action), ...sent(item)];
  }

  const withHeld = (seq: number, does: (item: Item) => GateOutput[]): GateOutput[] => {
    const item = queue.find((one) => one.seq === seq && one.waits === 'key');
    return item === undefined ? [] : does(item);
  };

  return {
    offer,
    pass(raw, counted) {
      if (counted) outlet.passed();
      return [{ do: 'send', bytes: raw }];
    },
    known(id, seq) {
      const item = queue.find((one) => one.id === id);
      if (item !== undefined) item.seq = seq;
    },
    woken(id) {
      const [waits, number] = id.split(' ');
      const item = queue.find((one) => one.id === Number(number) && one.waits === waits);
      if (item === undefined) return [];
      if (waits === 'key' && item.attended) return [waitForKey(item)];
      if (waits === 'key') return letGo(item, { do: 'let-go', of: item.seq, by: 'nobody acted in time' });
      item.waits = 'turn';
      if (!item.alone) return pump();
      remove(item);
      return sent(item);
    },
    attend: (seq, busy) =>
      withHeld(seq, (item) => {
        item.attended = busy;
        return [waitForKey(item)];
      }),
    get held() {
      return queue.filter(({ waits }) => waits === 'key').map(({ seq, content }) => ({ seq, ...content }));
    },
    letGo: (seq) => withHeld(seq, (item) => letGo(item, { do: 'let-go', of: seq })),
    drop: (seq) =>
      withHeld(seq, (item) => {
        remove(item);
        return [told(item, { do: 'drop', of: seq }), ...pump()];
      }),
    duplicate: (seq) =>
      withHeld(seq, (item) => {
        item.copies += 1;
        return letGo(item, { do: 'duplicate', of: seq });
      }),
    delay: (seq, time) =>
      withHeld(seq, (item) => {
        item.waits = 'time';
        return [told(item, { do: 'delay', of: seq, time }), { do: 'wake', id: `time ${item.id}`, after: time }];
      }),
    reorder: (seq) =>
      withHeld(seq, (item) => {
        item.alone = true;
        return [told(item, { do: 'reorder', of: seq, time: 0 }), ...pump()];
      }),
    edit: (seq, content, action) =>
      withHeld(seq, (item) => {
        item.content = content;
        item.changed = true;
        return [told(item, action), waitForKey(item)];
      }),
    inject: (content, action) => [
      { do: 'tell', draft: actionDraft(content.draft, action) },
      { do: 'send', bytes: outlet.other(content) },
      { do: 'tell', draft: content.draft },
    ],
    release,
    get empty() {
      return queue.length === 0;
    },
  };
}

const rawBytes = (raw: string, binary: boolean): Buffer => Buffer.from(raw, binary ? 'base64' : 'utf8');
