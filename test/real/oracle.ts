/** Asks real stacks what they make of a mutated message, and the rules what they foresee. */
import type { Finding, TranscriptLine } from '../../src/rules/rule.ts';
import { pick, type Random } from '../helpers/seeded.ts';
import { hear, withFolded } from '../rules/conversation.ts';
import { type CandidateInit, candidateMutators, descriptionMutators } from '../rules/mutate.ts';
import type { Message, Moment, Outcome, Plan, Prepared } from './subjects.ts';

/** A stack that prepares fresh connections and applies one message to each. */
export interface Oracle {
  readonly name: 'chromium' | 'firefox' | 'engine';
  /** How many it prepares at once; 40 unless told. */
  readonly batch?: number;
  prepare(plans: readonly Plan[]): Promise<readonly Prepared[]>;
  /** To the prepared connection of this number. Undefined if the stack has crashed, now or on a message before. */
  apply(message: Message, which: number): Promise<Outcome | undefined>;
}

/** How prediction and reality may differ; `agrees` is the rest. */
export const KINDS = ['missed', 'words', 'false refusal', 'false alarm', 'crashed'] as const;
export type Kind = 'agrees' | (typeof KINDS)[number];

export interface Case {
  readonly plan: Plan;
  readonly mutator: string;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly kind: Kind;
  /** What was heard, to look at it again. */
  readonly lines: readonly TranscriptLine[];
}

const CRASHED: Outcome = { applied: 'crashed', answered: 'ok' };
const SECTIONS: readonly (readonly string[])[] = [
  ['audio'],
  ['data'],
  ['audio', 'video'],
  ['audio', 'video', 'data'],
  ['audio', 'video', 'data'],
  ['video', 'audio', 'video'],
  ['audio', 'simulcast'],
];
const MOMENTS: readonly Moment[] = ['offer', 'offer', 'answer', 'answer', 'reoffer', 'reanswer', 'candidate'];
const CHANGES = ['nothing', 'restart', 'add', 'stop', 'direction'] as const;

/** Tries this many mutations. `offers` are recorded ones that stand in for fresh first offers now and then. */
export async function ask(
  oracle: Oracle,
  count: number,
  random: Random,
  offers: readonly string[],
  only = /^/,
): Promise<Case[]> {
  const cases: Case[] = [];
  while (cases.length < count) {
    const plans = Array.from({ length: Math.min(oracle.batch ?? 40, count - cases.length) }, () =>
      plan(random, offers),
    );
    const prepared = await oracle.prepare(plans);
    const mutations = prepared.map((one, i) => mutated(plans[i] as Plan, one, random, only));
    for (const [i, { mutator, message }] of mutations.entries()) {
      const lines = conversation(prepared[i] as Prepared, message);
      const findings = withFolded(hear(lines).findings).filter(({ event }) => event === lines.length);
      const outcome = (await oracle.apply(message, i)) ?? CRASHED;
      const kind = judge(oracle.name, mutator, outcome, findings);
      cases.push({ plan: plans[i] as Plan, mutator, outcome, findings, kind, lines });
      if (outcome === CRASHED) break;
    }
  }
  return cases;
}

function plan(random: Random, offers: readonly string[]): Plan {
  const moment = pick(random, MOMENTS);
  const recorded = moment === 'offer' && random(3) === 0 ? { offer: pick(random, offers) } : {};
  return { moment, sections: pick(random, SECTIONS), change: pick(random, CHANGES), ...recorded };
}

interface Mutation {
  readonly mutator: string;
  readonly message: Message;
}

const DESCRIPTION = Object.entries(descriptionMutators);
const CANDIDATE = Object.entries(candidateMutators);

/** A mutation that changes something; 'nothing' where none of those asked for does. */
function mutated({ moment }: Plan, { message }: Prepared, random: Random, only: RegExp): Mutation {
  if (moment === 'candidate') {
    const fit = CANDIDATE.filter(([name]) => only.test(name));
    const [mutator, mutate] = fit.length > 0 ? pick(random, fit) : (['nothing', candidateMutators.nothing] as const);
    const init = candidateOf(message.sdp);
    return { mutator, message: { init: mutate?.(init, random) ?? init } };
  }
  const fit = DESCRIPTION.filter(([name]) => only.test(name));
  for (let tries = 0; fit.length > 0 && tries < 50; tries++) {
    const [mutator, mutate] = pick(random, fit);
    const sdp = mutate(message.sdp, random);
    if (sdp !== undefined) return { mutator, message: { type: message.type, sdp } };
  }
  return { mutator: 'nothing', message };
}

/** A candidate as Chromium trickles it for the first section. */
function candidateOf(sdp: string): CandidateInit {
  const ufrag = /^a=ice-ufrag:(.*)\r$/m.exec(sdp)?.[1] ?? '';
  const mid = /^a=mid:(.*)\r$/m.exec(sdp)?.[1] ?? '';
  return {
    candidate: `candidate:842163049 1 udp 2122260223 192.0.2.7 50000 typ host generation 0 ufrag ${ufrag} network-id 1`,
    sdpMid: mid,
    sdpMLineIndex: 0,
    usernameFragment: ufrag,
  };
}

function conversation({ context, message }: Prepared, last: Message): TranscriptLine[] {
  const to = { local: 'remote', remote: 'local' } as const;
  const before = [...context, ...('init' in last ? [message] : [])];
  const said = before.map((one): TranscriptLine => ({ ...one, to: to[one.from] }));
  const body = 'init' in last ? { candidate: last.init as CandidateInit } : last;
  return [...said, { from: 'remote', to: 'local', ...body }];
}

function judge(name: Oracle['name'], mutator: string, { applied, answered }: Outcome, found: readonly Finding[]): Kind {
  const errors = found.filter(({ severity }) => severity === 'error');
  // No description should be able to do that: the browser's bug, shown in the table and not counted.
  if (applied === CRASHED.applied) return 'crashed';
  if (applied !== 'ok') {
    if (errors.length === 0) return 'missed';
    if (name === 'engine') return 'agrees';
    const quotes = errors.flatMap(({ refusedBy }) => refusedBy[SAYS[name]]?.trimEnd() ?? []);
    return quotes.includes(applied.trimEnd()) ? 'agrees' : 'words';
  }
  if (mutator === 'nothing' && errors.length > 0) return 'false alarm';
  if (name === 'engine') return 'agrees';
  const foreseen = errors.flatMap(({ refusedBy }) => refusedBy[SAYS[name]] ?? []);
  // Only Chromium's sentences tell which call they come from: some are about the answer.
  const late = (sentence: string) => answered !== 'ok' && !sentence.includes("'setRemoteDescription'");
  return foreseen.every(late) ? 'agrees' : 'false refusal';
}

const SAYS = { chromium: 'chrome', firefox: 'firefox' } as const;

/** What went apart, by kind, moment and mutator, with the sentences. */
export function table(cases: readonly Case[]): string {
  const apart = cases.filter(({ kind }) => kind !== 'agrees');
  const text = apart.map(({ kind, plan: { moment, change }, mutator, outcome, findings }) => {
    const again = moment.startsWith('re') ? ` (${change})` : '';
    const quotes = findings.map(({ severity, rule, message, refusedBy: { chrome, firefox } }) => {
      return `      ${severity} ${rule}: ${chrome ?? message}${firefox === undefined ? '' : `\n        Firefox: ${firefox}`}`;
    });
    return [`  ${kind.padEnd(13)} ${moment}${again}: ${mutator}\n      said ${outcome.applied}`, ...quotes].join('\n');
  });
  return text.sort().join('\n');
}

/** The share of cases of these kinds, 0 to 1. */
export function share(cases: readonly Case[], kinds: readonly Kind[]): number {
  return cases.filter(({ kind }) => kinds.includes(kind)).length / cases.length;
}
