/** What a scenario may expect, by its words. One row each: the pattern, and what is wrong if it does not hold. */
import { changesOf } from '../core/changes.ts';
import { RenegoError } from '../core/errors.ts';
import type { PartyId, SignalEvent } from '../core/event.ts';
import type { Description, Round } from '../core/model.ts';
import { nearest } from '../core/nearest.ts';
import { catalogue } from '../rules/index.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import { shiftedExtension } from './extmaps.ts';
import type { Words } from './scenario.ts';
import type { Scene } from './scene.ts';

/** What does not hold. */
export interface Failing {
  /** One or more sentences. */
  readonly why: string;
  /** The event that shows it; undefined for what never happened. */
  readonly event?: number;
}

/** Undefined if it holds. */
export type Expectation = (scene: Scene) => Failing | undefined;

/** What the words of an expectation are read with. */
export interface ExpectedWords extends Pick<Words, 'state' | 'duration'> {
  readonly peers: readonly PartyId[];
}

interface Kind {
  /** For the list in errors. */
  readonly shown: string;
  /** As it is usually said, where words are not for the writer to choose: what is meant by one that is misspelt. */
  readonly said?: readonly string[];
  readonly pattern: RegExp;
  make(match: readonly (string | undefined)[], words: ExpectedWords): Expectation;
}

type StateEvent = Extract<SignalEvent, { kind: 'state' }>;

const LEVELS: readonly Severity[] = ['error', 'warning', 'info'];

const KINDS: readonly Kind[] = [
  {
    shown: 'no findings of level error',
    said: ['no findings', ...LEVELS.map((level) => `no findings of level ${level}`)],
    pattern: /^no findings(?: of level (error|warning|info))?$/,
    make([, level = 'info']) {
      const counted = LEVELS.slice(0, LEVELS.indexOf(level as Severity) + 1);
      return ({ findings }) => {
        const found = counted.flatMap((one) => findings.filter(({ severity }) => severity === one));
        return found.length === 0 ? undefined : unwelcome(found);
      };
    },
  },
  {
    shown: 'finding <rule>',
    pattern: /^(no )?finding ([\w-]+)$/,
    make([, no, id = '']) {
      knownRule(id);
      return ({ findings }) => {
        const found = findings.find(({ rule }) => rule === id);
        if (no !== undefined) return found === undefined ? undefined : unwelcome([found]);
        return found === undefined ? { why: `The rule ${id} found nothing.` } : undefined;
      };
    },
  },
  {
    shown: 're-offer adds exactly one m-section (or offer#2 adds …)',
    said: ['one m-section', 'no m-sections', '2 m-sections', '3 m-sections'].map(
      (what) => `re-offer adds exactly ${what}`,
    ),
    pattern: /^(?:re-offer|offer ?#(\d{1,6})) adds exactly (one|no|\d{1,4}) m-sections?$/,
    make([, nth, word]) {
      const wanted = countOf(word);
      return (scene) => {
        const offer =
          nth === undefined
            ? roundsOf(scene).findLast(({ number }) => number > 1)?.offer
            : offerNumbered(scene, Number(nth));
        if (offer === undefined)
          return { why: nth === undefined ? 'There was no re-offer.' : `There was no offer #${nth}.` };
        const added = offer.base === undefined ? offer.sdp.media.length : addedBy(offer);
        if (added === wanted) return undefined;
        return { why: `Offer #${offer.number} of ${offer.from} adds ${sections(added)}.`, event: offer.seq };
      };
    },
  },
  { shown: 'extmap stable', said: ['extmap stable'], pattern: /^extmap stable$/, make: () => shiftedExtension },
  {
    shown: 'restart answered with new credentials within 2 s',
    said: ['restart answered with new credentials'],
    pattern: /^restart answered with new credentials(?: within (.+))?$/,
    make([, within], { duration }) {
      const limit = within === undefined ? Number.POSITIVE_INFINITY : duration(within);
      return (scene) => {
        const round = roundsOf(scene).findLast(({ offer }) => restarts(offer));
        if (round === undefined) return { why: 'No offer restarted ICE.' };
        const { offer, answer } = round;
        if (answer === undefined)
          return { why: `Offer #${offer.number} of ${offer.from} restarts ICE and has no answer.`, event: offer.seq };
        if (!restarts(answer)) {
          const why = `${answer.from} answered the restart of ${offer.from} with its old credentials.`;
          return { why, event: answer.seq };
        }
        const took = Math.ceil(answer.t - offer.t);
        if (took <= limit) return undefined;
        return { why: `The answer to the restart took ${took} ms, more than ${limit} ms.`, event: answer.seq };
      };
    },
  },
  {
    shown: 'every offer answered',
    said: ['every offer answered'],
    pattern: /^every offer answered$/,
    make: () => (scene) => {
      const open = roundsOf(scene).find(({ state, offer }) => state === 'open' || UNANSWERED.has(offer.status));
      if (open === undefined) return undefined;
      const fate = open.offer.status === 'rejected' ? 'was refused' : 'has no answer';
      return { why: `Offer #${open.offer.number} of ${open.offerer} ${fate}.`, event: open.offer.seq };
    },
  },
  {
    shown: 'glare',
    said: ['glare', 'no glare'],
    pattern: /^(no )?glare$/,
    make([, no]) {
      return ({ model }) => {
        const [crossed] = [...model.sessions.values()].flatMap(({ glares }) => glares);
        if (no === undefined) return crossed ? undefined : { why: 'No two offers crossed.' };
        if (crossed === undefined) return undefined;
        const [first, second] = [crossed.first, crossed.second].map(
          ({ offer }) => `offer #${offer.number} of ${offer.from}`,
        );
        return { why: `Two offers crossed: ${first} and ${second}.`, event: crossed.since };
      };
    },
  },
  {
    shown: 'alice reached connected',
    pattern: /^(\S+) reached (\S+)$/,
    make([, peer = '', said = ''], { state, peers }) {
      knownPeer(peer, peers);
      const { of, value } = state(said);
      return ({ model }) => {
        const told: StateEvent[] = [];
        for (const event of model.events)
          if (event.kind === 'state' && event.from === peer && of.includes(event.of)) told.push(event);
        if (told.some((event) => event.value === value)) return undefined;
        const last = told.at(-1);
        if (last === undefined) return { why: `${peer} did not reach ${said}.` };
        return { why: `${peer} did not reach ${said}: it ended ${last.value}.`, event: last.seq };
      };
    },
  },
];

/** What becomes of an offer when a call ends, or when it is not taken. */
const UNANSWERED: ReadonlySet<Description['status']> = new Set(['unanswered', 'rejected']);

const ADDS: ReadonlySet<string> = new Set(['section-added', 'section-recycled', 'section-revived']);

/** Throws RenegoError `usage`/`UNKNOWN_EXPECTATION`, listing those that there are; and what `words` throws. */
export function expectationOf(said: string, words: ExpectedWords): Expectation {
  for (const { pattern, make } of KINDS) {
    const match = pattern.exec(said);
    if (match !== null) return make(match, words);
  }
  const known = KINDS.map(({ shown }) => shown).join('; ');
  const near = nearest(
    said,
    KINDS.flatMap((kind) => kind.said ?? []),
  );
  const others = near === undefined ? `There are: ${known}.` : `Did you mean '${near}'?`;
  // `- offer #2 adds …` is only `offer` for YAML.
  const hint = said === 'offer' ? "In YAML ' #' begins a comment: write offer#2 adds …" : others;
  throw new RenegoError('usage', 'UNKNOWN_EXPECTATION', `nothing expects '${said}'`, hint);
}

/** How many m-sections the description adds, brings back, or puts in the place of stopped ones. */
export function addedBy(description: Description): number {
  return changesOf(description).filter((change) => ADDS.has(change.class)).length;
}

/** How many rules are quoted. */
const QUOTED = 3;

/** Each rule once with its first message, and where the first of them is. */
function unwelcome(found: readonly Finding[]): Failing {
  const rules = [...new Set(found.map(({ rule }) => rule))];
  const quoted = rules.slice(0, QUOTED).map((id) => {
    const [first, ...others] = found.filter(({ rule }) => rule === id);
    return `${id}: ${first?.message}${others.length === 0 ? '' : ` (And ${others.length} more.)`}`;
  });
  const left = rules.length - quoted.length;
  const others = left > 0 ? [`And ${left} other ${left === 1 ? 'rule' : 'rules'} found something.`] : [];
  const place = found.find(({ event }) => event > 0);
  return { why: [...quoted, ...others].join(' '), ...(place && { event: place.event }) };
}

function roundsOf({ model }: Scene): readonly Round[] {
  return [...model.sessions.values()].flatMap(({ rounds }) => rounds).sort((a, b) => a.offer.seq - b.offer.seq);
}

/** The id. Throws RenegoError `usage`/`UNKNOWN_RULE`: what is misspelt would never be found. */
export function knownRule(id: string): string {
  if (catalogue.some((rule) => rule.id === id)) return id;
  const near = nearest(
    id,
    catalogue.map((rule) => rule.id),
  );
  const hint = near === undefined ? 'renego explain lists them.' : `Did you mean '${near}'?`;
  throw new RenegoError('usage', 'UNKNOWN_RULE', `there is no rule '${id}'`, hint);
}

/** Throws RenegoError `usage`/`UNKNOWN_PEER`: nobody would ever be waited for. */
function knownPeer(name: PartyId, peers: readonly PartyId[]): void {
  if (peers.includes(name)) return;
  throw new RenegoError('usage', 'UNKNOWN_PEER', `there is no peer '${name}'`, `There are: ${peers.join(', ')}.`);
}

function offerNumbered(scene: Scene, nth: number): Description | undefined {
  return roundsOf(scene).find(({ offer }) => offer.number === nth)?.offer;
}

/** Whether its ICE credentials are new. */
export const restarts = (description: Description): boolean =>
  changesOf(description).some((change) => change.class === 'ice-restart');

const countOf = (word = ''): number => (word === 'one' ? 1 : word === 'no' ? 0 : Number(word));
const sections = (count: number): string => (count === 1 ? 'one m-section' : `${count} m-sections`);
