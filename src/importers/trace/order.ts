/** Several peer connections of one dump: which two are the ends of one call, and in which order things really happened. */
import type { Step, TracedCandidate, TracedDescription } from './step.ts';

export interface Traced {
  /** The id in the dump. */
  readonly pc: string;
  /** Milliseconds. */
  readonly t: number;
  readonly step: Step;
  /** As recorded. */
  readonly raw: string;
}

/** What a step hands to the far side or takes from it, as one key on both sides. */
interface Passed {
  readonly key: string;
  readonly out: boolean;
}

/** A description is known by its type and its `o=` line, unique for each (RFC 8866 5.2); a candidate by its text. */
function passedBy(step: Step): Passed | undefined {
  if (step.is === 'gathered' || step.is === 'added') {
    const key = candidateKey(step.candidate);
    return key === undefined ? undefined : { key, out: step.is === 'gathered' };
  }
  if (step.is !== 'set' && (step.is !== 'done' || step.op !== 'local')) return undefined;
  const { description, op } = step;
  const key = description && descriptionKey(description);
  return key === undefined ? undefined : { key, out: op === 'local' };
}

export function candidateKey({ text }: TracedCandidate): string | undefined {
  return text === '' ? undefined : `c ${text}`;
}

export function descriptionKey({ type, sdp }: TracedDescription): string | undefined {
  const origin = /^o=(\S+ \S+ \S+)/m.exec(sdp)?.[1];
  return origin === undefined ? undefined : `${type} ${origin}`;
}

/** The other end of each peer connection that has it in the same dump. */
export function partnersOf(traced: readonly Traced[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const taken: [string, string][] = [];
  for (const { pc, step } of traced) {
    const passed = step.is === 'gathered' || step.is === 'added' ? undefined : passedBy(step);
    if (passed?.out) owners.set(passed.key, pc);
    else if (passed) taken.push([passed.key, pc]);
  }
  const votes = new Map<string, { readonly ends: readonly [string, string]; count: number }>();
  for (const [key, pc] of taken) {
    const owner = owners.get(key);
    if (owner === undefined || owner === pc) continue;
    const ends: [string, string] = owner < pc ? [owner, pc] : [pc, owner];
    const name = JSON.stringify(ends);
    const vote = votes.get(name);
    if (vote) vote.count += 1;
    else votes.set(name, { ends, count: 1 });
  }
  const partners = new Map<string, string>();
  for (const { ends } of [...votes.values()].sort((x, y) => y.count - x.count)) {
    if (ends.some((end) => partners.has(end))) continue;
    partners.set(ends[0], ends[1]).set(ends[1], ends[0]);
  }
  return partners;
}

/** How far clocks may be off: old dumps state whole seconds. */
const SLACK = 1500;

/**
 * By time; but what one end takes comes after the other end has given it, where the times allow for that. The order within
 * one peer connection stays. Linear but for the sort.
 */
export function arrange(traced: readonly Traced[], partners: ReadonlyMap<string, string>): Traced[] {
  const sorted = [...traced].sort((a, b) => a.t - b.t);
  const given = new Map<string, number>();
  for (const [i, { pc, step }] of sorted.entries()) {
    const passed = passedBy(step);
    const name = `${pc}\n${passed?.key}`;
    if (passed?.out && !given.has(name)) given.set(name, i);
  }
  const origin = (i: number): number | undefined => {
    const one = sorted[i];
    const passed = one && passedBy(one.step);
    if (one === undefined || passed === undefined || passed.out) return undefined;
    const at = given.get(`${partners.get(one.pc)}\n${passed.key}`);
    return at !== undefined && at > i && (sorted[at]?.t ?? 0) - one.t <= SLACK ? at : undefined;
  };
  return release(
    sorted.map(({ pc }) => pc),
    origin,
  ).flatMap((i) => sorted[i] ?? []);
}

interface Lane {
  readonly waiting: number[];
  head: number;
  held: boolean;
}

/** Lets the numbers 0… of each lane go in order, each after the one it waits for. What waits in a circle comes last. */
function release(lanes: readonly string[], waitsFor: (i: number) => number | undefined): number[] {
  const [order, gone] = [[] as number[], new Set<number>()];
  const queues = new Map<string, Lane>(lanes.map((name) => [name, { waiting: [], head: 0, held: false }]));
  const waiters = new Map<number, Lane[]>();
  const go = (start: Lane) => {
    const ready = [start];
    for (let lane = ready.pop(); lane !== undefined; lane = ready.pop()) {
      lane.held = false;
      for (let i = lane.waiting[lane.head]; i !== undefined && !lane.held; i = lane.waiting[lane.head]) {
        const other = waitsFor(i);
        if (other !== undefined && !gone.has(other)) {
          lane.held = true;
          waiters.set(other, [...(waiters.get(other) ?? []), lane]);
        } else {
          lane.head += 1;
          gone.add(i);
          order.push(i);
          ready.push(...(waiters.get(i) ?? []));
          waiters.delete(i);
        }
      }
    }
  };
  for (const [i, name] of lanes.entries()) {
    const lane = queues.get(name);
    lane?.waiting.push(i);
    if (lane && !lane.held) go(lane);
  }
  const rest = [...queues.values()].flatMap(({ waiting, head }) => waiting.slice(head));
  return [...order, ...rest.sort((a, b) => a - b)];
}
