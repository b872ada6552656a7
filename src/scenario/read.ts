/** A scenario from plain values, as YAML or a module holds it. */
import type { MediaKind } from '../core/event.ts';
import { type Path, TemplateFault } from '../protocols/template/fault.ts';
import { type Fields, flag, list, object, oneOf, onlyKeys, text, time } from './fields.ts';
import type { Opening, Scenario, ScenarioPeer, ScenarioServer, Step, Words } from './scenario.ts';
import { readAction, readExpected, readStep, STEP_WORDS } from './steps.ts';
import { type Env, filledIn } from './variables.ts';

const KEYS = ['name', 'tags', 'vars', 'timeout', 'server', 'peers', 'steps', 'expect'];
const MEDIA: readonly MediaKind[] = ['audio', 'video', 'data'];
const MOST_PEERS = 8;
/** Milliseconds. */
const TIMEOUT = 10_000;

export interface Reading {
  readonly words: Words;
  readonly env: Env;
  /** What the scenario is called if it does not say. */
  readonly name: string;
  /** Line of what stands at a path, where the source has lines. */
  lineOf?(path: Path): number | undefined;
}

/** Throws TemplateFault with the path of what is wrong. */
export function readScenario(value: unknown, { words, env, name, lineOf }: Reading): Scenario {
  const whole = object(value, [], 'the scenario');
  onlyKeys(whole, [], KEYS);
  const fields = filledIn(whole, env) as Fields;
  const peers = readPeers(fields.peers, words);
  const reading = { words, peers: peers.map((peer) => peer.name) };
  const placed = <T extends { readonly line?: number }>(one: T, path: Path): T => {
    const line = lineOf?.(path);
    return line === undefined ? one : { ...one, line };
  };
  const steps = readList(fields.steps ?? missing('steps'), 'steps', (step, path) =>
    placed(readStep(step, path, reading), path),
  );
  if (fields.server === undefined && peers.length > 2) addressed(steps);
  connectedOnce(steps);
  return {
    name: fields.name === undefined ? name : text(fields.name, ['name']),
    tags: readList(fields.tags, 'tags', text),
    timeout: fields.timeout === undefined ? TIMEOUT : time(fields.timeout, ['timeout'], words.duration),
    server: fields.server === undefined ? undefined : readServer(fields.server),
    peers,
    steps,
    expect: readList(fields.expect, 'expect', (one, path) => placed(readExpected(one, path, reading), path)),
  };
}

/** Among more than two, a call has to say whom. */
function addressed(steps: readonly Step[]): void {
  for (const [index, step] of steps.entries()) {
    const vague = step.do === 'act' && step.moves.find(({ action }) => action.do === 'call' && action.to === undefined);
    if (!vague) continue;
    const hint = `Write ${vague.peer}: { do: call, to: … }.`;
    throw new TemplateFault(['steps', index], `there are several whom ${vague.peer} could call`, hint);
  }
}

/** Who comes by a step comes once; the server's end of a connection is met by renego itself. */
function connectedOnce(steps: readonly Step[]): void {
  const come = new Set<string>();
  for (const [index, step] of steps.entries()) {
    if (step.do !== 'connect') continue;
    if (come.has(step.peer)) {
      const hint = 'One whose socket is dropped connects again by itself.';
      throw new TemplateFault(['steps', index, 'connect'], `${step.peer} is connected already`, hint);
    }
    come.add(step.peer);
  }
}

function missing(key: string): never {
  throw new TemplateFault([], `there are no ${key}`, `Add ${key}:.`);
}

function readList<T>(value: unknown, key: string, read: (one: unknown, path: Path) => T): readonly T[] {
  return value === undefined ? [] : list(value, [key], key).map((one, index) => read(one, [key, index]));
}

function readServer(value: unknown): ScenarioServer {
  const path = ['server'];
  const fields = object(value, path, 'server');
  onlyKeys(fields, path, ['url', 'protocol', 'room', 'params', 'headers', 'insecure']);
  const texts = (key: 'params' | 'headers') => {
    if (fields[key] === undefined) return {};
    const entries = Object.entries(object(fields[key], [...path, key], key));
    return { [key]: Object.fromEntries(entries.map(([name, one]) => [name, text(one, [...path, key, name])])) };
  };
  const optional = (key: 'protocol' | 'room') =>
    fields[key] === undefined ? {} : { [key]: text(fields[key], [...path, key]) };
  return {
    url: text(fields.url, [...path, 'url']),
    ...optional('protocol'),
    ...optional('room'),
    ...texts('params'),
    ...texts('headers'),
    ...(fields.insecure !== undefined && { insecure: flag(fields.insecure, [...path, 'insecure']) }),
  };
}

function readPeers(value: unknown, words: Words): readonly ScenarioPeer[] {
  const entries = Object.entries(object(value ?? missing('peers'), ['peers'], 'peers'));
  if (entries.length < 1 || entries.length > MOST_PEERS) {
    const hint = `A scenario has one peer to ${MOST_PEERS}.`;
    throw new TemplateFault(['peers'], `there are ${entries.length} peers`, hint);
  }
  return entries.map(([name, one]) => readPeer(name, one ?? {}, words));
}

function readPeer(name: string, value: unknown, words: Words): ScenarioPeer {
  const path = ['peers', name];
  if (STEP_WORDS.includes(name)) {
    throw new TemplateFault(path, `a peer cannot be called '${name}'`, 'Steps begin with that word.', true);
  }
  const fields = object(value, path, 'a peer');
  onlyKeys(fields, path, ['media', 'opening', 'engine', 'polite', 'answer-only']);
  const media = fields.media === undefined ? undefined : list(fields.media, [...path, 'media'], 'media');
  const opening = fields.opening === undefined ? undefined : list(fields.opening, [...path, 'opening'], 'opening');
  const { engine, polite } = fields;
  const only = fields['answer-only'];
  return {
    name,
    ...(media && { media: media.map((one, index) => oneOf(one, [...path, 'media', index], MEDIA)) }),
    ...(opening && { opening: opening.map((one, index) => readOpening(one, [...path, 'opening', index], words)) }),
    ...(engine !== undefined && { engine: text(engine, [...path, 'engine']) }),
    ...(polite !== undefined && { polite: flag(polite, [...path, 'polite']) }),
    ...(only !== undefined && { answerOnly: flag(only, [...path, 'answer-only']) }),
  };
}

function readOpening(value: unknown, path: Path, words: Words): Opening {
  const { action } = readAction(value, path, words);
  if (action.do === 'add' || action.do === 'prefer') return action;
  throw new TemplateFault(path, `a call cannot begin with ${action.do}`, 'Only add and prefer stand here.');
}
