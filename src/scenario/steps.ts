/** One step of a scenario: a peer's action, or a word with its value. */
import type { Action, PartyId } from '../core/event.ts';
import { isObject } from '../protocols/json.ts';
import { type Path, TemplateFault } from '../protocols/template/fault.ts';
import { readAwaited } from './awaited.ts';
import { expectationOf } from './expectations.ts';
import { type Fields, list, object, oneOf, onlyKeys, text, time, worded } from './fields.ts';
import type { Expected, Fault, Faulted, FaultKind, PeerMove, Step, Words } from './scenario.ts';

export interface StepReading {
  readonly words: Words;
  readonly peers: readonly PartyId[];
}

const FAULTS: readonly FaultKind[] = ['lose', 'duplicate', 'delay', 'reorder'];
const FAULTED: readonly Faulted[] = ['offer', 'answer', 'candidate'];
/** What a step may begin with, besides a peer's name. */
const HEADS: readonly string[] = ['connect', 'wait', 'together', 'pause', 'drop-socket', 'expect', ...FAULTS];
/** What no peer can be called. */
export const STEP_WORDS: readonly string[] = [...HEADS, 'within', 'peer', 'of', 'by', 'count'];

/** Throws TemplateFault. */
export function readStep(value: unknown, path: Path, reading: StepReading): Step {
  const fields = object(value, path, 'a step');
  const heads = [...HEADS, ...reading.peers];
  const head = Object.keys(fields).find((key) => heads.includes(key));
  if (head === undefined) {
    onlyKeys(fields, path, heads);
    throw new TemplateFault(path, 'this step does nothing', `A step begins with ${heads.join(', ')}.`);
  }
  const at = [...path, head];
  const timeout =
    fields.within === undefined ? {} : { timeout: time(fields.within, [...path, 'within'], reading.words.duration) };
  return { ...timeout, ...bodyOf(head, fields, path, at, reading) };
}

function bodyOf(head: string, fields: Fields, path: Path, at: Path, reading: StepReading): Step {
  const { words, peers } = reading;
  const value = fields[head];
  const keys = (...more: string[]) => onlyKeys(fields, path, [head, 'within', ...more]);
  const peer = (key: string) => {
    if (fields[key] !== undefined) return oneOf(fields[key], [...path, key], peers);
    throw new TemplateFault(path, 'it is not said whose', `Add ${key}: with one of ${peers.join(', ')}.`);
  };
  if ((FAULTS as readonly string[]).includes(head) && !isPause(head, value)) {
    keys('of', 'by', 'count');
    const fault = readFault(head as FaultKind, fields, path, peer('of'), words);
    return { do: 'fault', fault, text: `${head} ${fault.what} of ${fault.peer}` };
  }
  switch (head) {
    case 'wait': {
      keys('peer');
      const awaited = worded(at, () => readAwaited(text(value, at), words));
      if (fields.peer === undefined) return { do: 'wait', awaited, text: `wait: ${value}` };
      return { do: 'wait', awaited, peer: peer('peer'), text: `wait: ${value} of ${fields.peer}` };
    }
    case 'delay':
    case 'pause':
      keys();
      return { do: 'pause', time: time(value, at, words.duration), text: `delay: ${value}` };
    case 'connect':
      keys();
      return { do: 'connect', peer: peer(head), text: `connect: ${value}` };
    case 'drop-socket':
      keys();
      return { do: 'cut', peer: peer(head), text: `drop-socket: ${value}` };
    case 'expect': {
      keys();
      const expected = readExpected(value, at, reading);
      return { do: 'expect', expected, text: `expect: ${expected.text}` };
    }
    case 'together': {
      keys();
      const moves = list(value, at, 'together').flatMap((one, index) => readMoves(one, [...at, index], words, peers));
      return { do: 'act', moves, text: moves.map(moveText).join(', ') };
    }
    default: {
      keys();
      const moves = readMoves({ [head]: value }, path, words, peers);
      return { do: 'act', moves, text: moves.map(moveText).join(', ') };
    }
  }
}

/** `delay: 500ms` waits; `delay: offer` is a fault. */
function isPause(head: string, value: unknown): boolean {
  return head === 'delay' && !(FAULTED as readonly unknown[]).includes(value);
}

function readFault(kind: FaultKind, fields: Fields, path: Path, peer: PartyId, words: Words): Fault {
  const { count, by } = fields;
  if (count !== undefined && !(Number.isInteger(count) && Number(count) > 0)) {
    throw new TemplateFault([...path, 'count'], 'count is no number of signals', 'Write 1, 2, 3 …');
  }
  if (kind === 'delay' && by === undefined) {
    throw new TemplateFault(path, 'the delay has no length', 'Add by: 500ms.');
  }
  return {
    kind,
    what: oneOf(fields[kind], [...path, kind], FAULTED),
    peer,
    count: count === undefined ? 1 : Number(count),
    by: by === undefined ? 0 : time(by, [...path, 'by'], words.duration),
  };
}

function readMoves(value: unknown, path: Path, words: Words, peers: readonly PartyId[]): readonly PeerMove[] {
  return Object.entries(object(value, path, 'an action')).map(([peer, action]) => {
    oneOf(peer, path, peers);
    const move = { peer, ...readAction(action, [...path, peer], words) };
    if (move.with !== undefined) oneOf(move.with, [...path, peer, 'with'], peers);
    return move;
  });
}

const ACTIONS = ['call', 'restart-ice', 'offer', 'add', 'prefer', 'stop', 'direction', 'rollback', 'hangup'] as const;

/** As `--do` has it, or as an object: `{ do: add, media: video, direction: sendonly }`. */
export function readAction(value: unknown, path: Path, words: Words): Omit<PeerMove, 'peer'> {
  if (!isObject(value)) return { action: worded(path, () => words.action(text(value, path))) };
  onlyKeys(value, path, ['do', 'media', 'direction', 'codecs', 'mid', 'm-line', 'to', 'with']);
  const name = oneOf(value.do, [...path, 'do'], ACTIONS);
  for (const key of ['direction', 'mid', 'to', 'with'] as const)
    if (value[key] !== undefined) text(value[key], [...path, key]);
  if (name === 'add' || name === 'prefer') oneOf(value.media, [...path, 'media'], ['audio', 'video', 'data']);
  if (name === 'prefer') {
    list(value.codecs, [...path, 'codecs'], 'codecs').map((one, index) => text(one, [...path, 'codecs', index]));
  }
  const { 'm-line': mLine, with: other, ...action } = value;
  if (mLine !== undefined && !(Number.isInteger(mLine) && Number(mLine) >= 0)) {
    throw new TemplateFault([...path, 'm-line'], 'm-line is no number of a section', 'Sections count from 0.');
  }
  if (action.mid !== undefined) action.mid = String(action.mid);
  return {
    action: action as unknown as Action,
    ...(mLine !== undefined && { mLine: Number(mLine) }),
    ...(other !== undefined && { with: String(other) }),
  };
}

function moveText({ peer, action, mLine, with: other }: PeerMove): string {
  const { do: name, ...rest } = action;
  const values = Object.values(rest).map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
  const section = mLine === undefined ? [] : [`m-line ${mLine}`];
  const whose = other === undefined ? [] : [`with ${other}`];
  return `${peer}: ${[name, ...values, ...section, ...whose].join(' ').slice(0, 80)}`;
}

/** Throws TemplateFault. */
export function readExpected(value: unknown, path: Path, { words, peers }: StepReading): Expected {
  if (!isObject(value)) {
    const said = text(value, path);
    return { text: said, expectation: worded(path, () => expectationOf(said, { ...words, peers })) };
  }
  onlyKeys(value, path, ['golden']);
  const golden = text(value.golden, [...path, 'golden']);
  return { text: `the same as ${golden}`, golden };
}
