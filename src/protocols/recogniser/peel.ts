/**
 * Takes a payload apart, whatever it is packed in, down to descriptions, candidates and what else tells of a negotiation.
 * No protocol needed: SDP and candidate lines look like nothing else. Work is bounded by `budget.ts`. Never throws.
 */
import { type Budget, createBudget, LIMITS, take } from './budget.ts';
import { visitBytes } from './bytes.ts';
import type { Find, Place } from './found.ts';
import { isObject } from './found.ts';
import { visitObject } from './json.ts';
import { inside, type Peeler } from './peeler.ts';
import { isAboutCandidates, senseOf } from './senses.ts';
import { visitText } from './text.ts';
import { DISCRIMINATORS } from './words.ts';

export interface Peeled {
  readonly finds: readonly Find[];
  /** The packings that were opened, outermost first: `socket.io`, `json`, … */
  readonly carriers: readonly string[];
  /** The first name of a message that was come across, else what its outermost object looks like; undefined if there is neither. */
  readonly name: string | undefined;
  /** The payload is larger or deeper than `LIMITS`: what is in the rest is not known. */
  readonly spent: boolean;
}

/** `place` tells what is known of the payload from outside: the head of a request, a topic. */
export function peel(payload: string | Uint8Array, outside: Omit<Place, 'depth' | 'up'> = { key: '' }): Peeled {
  const peeler = createPeeler(createBudget(payload.length));
  peeler.visit(payload, { ...outside, up: undefined, depth: 0 });
  return finish(peeler);
}

/** The same for a value that has been taken out of its packing already. */
export function peelValue(value: unknown, outside: Omit<Place, 'depth' | 'up'> = { key: '' }): Peeled {
  const peeler = createPeeler(createBudget(0));
  peeler.visit(value, { ...outside, up: undefined, depth: 0 });
  return finish(peeler);
}

function createPeeler(budget: Budget): Peeler {
  const peeler: Peeler = {
    budget,
    finds: [],
    carriers: new Set(),
    said: new Map(),
    name: undefined,
    shape: undefined,
    visit(value, place) {
      if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return;
      if (place.depth > LIMITS.depth) budget.spent = true;
      else if (!take(budget, 'nodes', 1)) return;
      else if (typeof value === 'string') visitText(peeler, value, place);
      else if (value instanceof Uint8Array) visitBytes(peeler, value, place);
      else if (Array.isArray(value)) visitList(peeler, value, place);
      else if (isObject(value)) visitObject(peeler, value, place);
    },
    hear(word, place) {
      if (word === '') return;
      peeler.name ??= word;
      const sense = senseOf(word);
      if (sense !== undefined && !peeler.said.has(sense)) peeler.said.set(sense, { word, place });
    },
  };
  return peeler;
}

/** Texts of a list name what stands beside them, as in `["offer", {…}, "room"]`. */
const LONGEST_NAME = 80;

function visitList(peeler: Peeler, list: readonly unknown[], place: Place): void {
  if (list[0] === 'v=0' && list.every((line) => typeof line === 'string' && /^[a-z]=/.test(line))) {
    peeler.visit(`${list.join('\r\n')}\r\n`, place);
    return;
  }
  const beside: string[] = [];
  for (const item of list.slice(0, 8)) {
    if (typeof item === 'string' && item !== '' && item.length <= LONGEST_NAME && !/[{=]/.test(item)) beside.push(item);
  }
  const within = inside(place, beside.length > 0 ? { beside } : {});
  if (isSaid(place)) for (const word of beside.slice(0, 4)) peeler.hear(word, within);
  else if (list.length === 2 && beside.length === 2 && DISCRIMINATORS.includes(beside[0] ?? '')) {
    peeler.hear(beside[1] ?? '', within);
  }
  for (const item of list) peeler.visit(item, within);
  // `["ice-candidate", null]`
  const [name] = list;
  if (typeof name === 'string' && isAboutCandidates(name) && list.includes(null) && !list.some(isObject)) {
    peeler.finds.push({ is: 'end', place: within });
  }
}

/** Whether the texts of a list are what an event is called and its arguments; in `{users: ['bye', …]}` they are names. */
function isSaid({ key, up, carrier }: Place): boolean {
  if (key !== '') return ARGUMENTS.test(key);
  return up === undefined || carrier !== undefined || isSaid(up);
}
const ARGUMENTS = /^(?:a|args?|arguments|params|data|payload|message|messages|msg|body|event|d|M|A)$/;

/** What was only said counts where nothing was sent with it. */
function finish({ finds, said, carriers, name, shape, budget }: Peeler): Peeled {
  if (finds.length === 0) {
    const [bye, end, ask] = (['bye', 'end', 'ask'] as const).map((sense) => said.get(sense));
    if (end !== undefined) finds.push({ is: 'end', place: end.place });
    else if (ask !== undefined) finds.push({ is: 'ask', ...ask });
    else if (bye !== undefined) finds.push({ is: 'bye', ...bye });
  }
  return { finds, carriers: [...carriers], name: name ?? shape, spent: budget.spent };
}
