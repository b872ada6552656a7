/** What a scenario may expect, by its words. One row each: the pattern, and what is wrong if it does not hold. */
import { changesOf } from '../core/changes.ts';
import { RenegoError } from '../core/errors.ts';
import type { Description, Round } from '../core/model.ts';
import { nearest } from '../core/nearest.ts';
import { catalogue } from '../rules/index.ts';
import type { Severity } from '../rules/rule.ts';
import { shiftedExtension } from './extmaps.ts';
import type { Words } from './scenario.ts';
import type { Scene } from './scene.ts';

/** Why it does not hold, as a sentence; undefined if it does. */
export type Expectation = (scene: Scene) => string | undefined;

interface Kind {
  /** For the list in errors. */
  readonly shown: string;
  readonly pattern: RegExp;
  make(match: readonly (string | undefined)[], words: Pick<Words, 'state' | 'duration'>): Expectation;
}

const LEVELS: readonly Severity[] = ['error', 'warning', 'info'];

const KINDS: readonly Kind[] = [
  {
    shown: 'no findings of level error',
    pattern: /^no findings(?: of level (error|warning|info))?$/,
    make([, level = 'info']) {
      const counted = LEVELS.slice(0, LEVELS.indexOf(level as Severity) + 1);
      return ({ findings }) => {
        const found = findings.filter(({ severity }) => counted.includes(severity));
        return found.length === 0 ? undefined : found.map(({ rule, message }) => `${rule}: ${message}`).join(' ');
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
        if (no !== undefined) return found?.message;
        return found === undefined ? `The rule ${id} found nothing.` : undefined;
      };
    },
  },
  {
    shown: 're-offer adds exactly one m-section',
    pattern: /^(?:re-offer|offer #(\d{1,6})) adds exactly (one|no|\d{1,4}) m-sections?$/,
    make([, nth, word]) {
      const wanted = countOf(word);
      return (scene) => {
        const offer =
          nth === undefined
            ? roundsOf(scene).findLast(({ number }) => number > 1)?.offer
            : offerNumbered(scene, Number(nth));
        if (offer === undefined) return nth === undefined ? 'There was no re-offer.' : `There was no offer #${nth}.`;
        const added = offer.base === undefined ? offer.sdp.media.length : addedBy(offer);
        return added === wanted ? undefined : `Offer #${offer.number} of ${offer.from} adds ${sections(added)}.`;
      };
    },
  },
  { shown: 'extmap stable', pattern: /^extmap stable$/, make: () => shiftedExtension },
  {
    shown: 'restart answered with new credentials within 2 s',
    pattern: /^restart answered with new credentials(?: within (.+))?$/,
    make([, within], { duration }) {
      const limit = within === undefined ? Number.POSITIVE_INFINITY : duration(within);
      return (scene) => {
        const round = roundsOf(scene).findLast(({ offer }) => restarts(offer));
        if (round === undefined) return 'No offer restarted ICE.';
        const { offer, answer } = round;
        if (answer === undefined) return `Offer #${offer.number} of ${offer.from} restarts ICE and has no answer.`;
        if (!restarts(answer)) return `${answer.from} answered the restart of ${offer.from} with its old credentials.`;
        const took = Math.round(answer.t - offer.t);
        return took <= limit ? undefined : `The answer to the restart took ${took} ms.`;
      };
    },
  },
  {
    shown: 'every offer answered',
    pattern: /^every offer answered$/,
    make: () => (scene) => {
      const open = roundsOf(scene).find(({ state, offer }) => state === 'open' || UNANSWERED.has(offer.status));
      if (open === undefined) return undefined;
      const fate = open.offer.status === 'rejected' ? 'was refused' : 'has no answer';
      return `Offer #${open.offer.number} of ${open.offerer} ${fate}.`;
    },
  },
  {
    shown: 'glare',
    pattern: /^(no )?glare$/,
    make([, no]) {
      return ({ model }) => {
        const crossed = [...model.sessions.values()].some(({ glares }) => glares.length > 0);
        if (no === undefined) return crossed ? undefined : 'No two offers crossed.';
        return crossed ? 'Two offers crossed.' : undefined;
      };
    },
  },
  {
    shown: 'alice reached connected',
    pattern: /^(\S+) reached (\S+)$/,
    make([, peer = '', said = ''], { state }) {
      const { of, value } = state(said);
      return ({ model }) =>
        model.events.some(
          (event) => event.kind === 'state' && event.from === peer && event.value === value && of.includes(event.of),
        )
          ? undefined
          : `${peer} did not reach ${said}.`;
    },
  },
];

/** What becomes of an offer when a call ends, or when it is not taken. */
const UNANSWERED: ReadonlySet<Description['status']> = new Set(['unanswered', 'rejected']);

const ADDS: ReadonlySet<string> = new Set(['section-added', 'section-recycled', 'section-revived']);

/** Throws RenegoError `usage`/`UNKNOWN_EXPECTATION`, listing those that there are; and what `words` throws. */
export function expectationOf(said: string, words: Pick<Words, 'state' | 'duration'>): Expectation {
  for (const { pattern, make } of KINDS) {
    const match = pattern.exec(said);
    if (match !== null) return make(match, words);
  }
  const known = KINDS.map(({ shown }) => shown).join('; ');
  throw new RenegoError('usage', 'UNKNOWN_EXPECTATION', `nothing expects '${said}'`, `There are: ${known}.`);
}

/** How many m-sections the description adds, brings back, or puts in the place of stopped ones. */
export function addedBy(description: Description): number {
  return changesOf(description).filter((change) => ADDS.has(change.class)).length;
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

function offerNumbered(scene: Scene, nth: number): Description | undefined {
  return roundsOf(scene).find(({ offer }) => offer.number === nth)?.offer;
}

/** Whether its ICE credentials are new. */
export const restarts = (description: Description): boolean =>
  changesOf(description).some((change) => change.class === 'ice-restart');

const countOf = (word = ''): number => (word === 'one' ? 1 : word === 'no' ? 0 : Number(word));
const sections = (count: number): string => (count === 1 ? 'one m-section' : `${count} m-sections`);
